(module
    (func (export "acme:f/api@1.0.0#plan") (param f64) (result f64) (local.get 0))
    (table 11 funcref)
)
