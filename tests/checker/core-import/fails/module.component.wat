(component
    (core module $m
        (import "env" "scale" (global f64))
        (func (export "plan") (param f64) (result f64) (f64.mul (local.get 0) (global.get 0)))
    )
    (core module $env
        (global (export "scale") f64 (f64.const 2))
    )
    (core instance $e (instantiate $env))
    (core instance $i (instantiate $m (with "env" (instance $e))))
    (func $plan (param "price" f64) (result f64) (canon lift (core func $i "plan")))
    (instance $api (export "plan" (func $plan)))
    (export "acme:f/api@1.0.0" (instance $api))
)
