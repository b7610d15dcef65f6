(module
    (func (export "acme:f/api@1.0.0#plan") (param f64) (result f64) (local.get 0))
    (table 1 1 funcref)
    (func (param i32) (call_indirect (local.get 0)))
)
