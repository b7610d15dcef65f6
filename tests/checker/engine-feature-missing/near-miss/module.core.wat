(module
    (func (export "acme:f/api@1.0.0#plan") (param f64) (result f64) (local.get 0))
    (func (result v128) (i8x16.relaxed_swizzle (v128.const i64x2 1 2) (v128.const i64x2 3 4)))
)
