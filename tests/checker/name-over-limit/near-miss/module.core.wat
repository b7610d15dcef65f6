(module
    (func (export "acme:f/api@1.0.0#plan") (param f64) (result f64) (local.get 0))
    (func (export "a-long-name-a-long-name-a-long-name-a-long-name-a-long-name-a-long-name-a-long-name-a-long-name-a-long-name-a-long-name-12345678"))
)
