(component
    (core module $m
        (func (export "plan") (param f64) (result f64) (local.get 0))
    )
    (core module $library
        (func (export "help"))
    )
    (core instance $i (instantiate $m))
    (func $plan (param "price" f64) (result f64) (canon lift (core func $i "plan")))
    (instance $api (export "plan" (func $plan)))
    (export "acme:f/api@1.0.0" (instance $api))
)
