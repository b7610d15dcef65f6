(module
    (func (export "acme:f/api@1.0.0#plan") (param f64) (result f64) (local.get 0))
    (func
        ;; repeat 512: (local i32)
    )
)
