(module
    (func (export "acme:f/api@1.0.0#plan") (param f64) (result f64) (local.get 0))
    (table 1 1 funcref)
    (func (param i32) (table.set 0 (local.get 0) (ref.null func)))
)
