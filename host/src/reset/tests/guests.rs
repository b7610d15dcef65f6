//! Guests that change whatever they can. Each exports `run: (i32, i32, i64) -> i64`.

/// Name and text of every guest.
pub(super) const ALL: [(&str, &str); 9] = [
    ("counter", COUNTER),
    ("writer", WRITER),
    ("filler", FILLER),
    ("grower", GROWER),
    ("table-user", TABLE_USER),
    ("trapper", TRAPPER),
    ("spinner", SPINNER),
    ("straddler", STRADDLER),
    ("stateless", STATELESS),
];

/// Counts in globals of every type and in a memory, none of which it exports.
const COUNTER: &str = r#"(module
    (memory 1)
    (data (i32.const 65530) "edge")
    (global $constant i32 (i32.const 5))
    (global $a (mut i32) (i32.const 7))
    (global $b (mut i64) (i64.const -1))
    (global $c (mut f32) (f32.const nan:0x200001))
    (global $d (export "own name") (mut f64) (f64.const -0))
    (global $e (mut v128) (v128.const i64x2 1 2))
    (func (export "run") (param i32 i32 i64) (result i64)
        (global.set $a (i32.add (global.get $a) (i32.add (local.get 0) (global.get $constant))))
        (global.set $b (i64.xor (global.get $b) (local.get 2)))
        (global.set $c (f32.reinterpret_i32 (local.get 1)))
        (global.set $d (f64.reinterpret_i64 (local.get 2)))
        (global.set $e (i64x2.add (global.get $e) (i64x2.splat (local.get 2))))
        (i32.store (i32.const 65528) (i32.add (i32.load (i32.const 65528)) (i32.const 1)))
        (i64.add
            (i64.add (i64.extend_i32_u (global.get $a)) (global.get $b))
            (i64.add (i64x2.extract_lane 1 (global.get $e)) (i64.load32_u (i32.const 65528))))))"#;

/// Writes a value of some width anywhere, at times past the end, and returns what was there.
const WRITER: &str = r#"(module
    (memory (export "memory") 2)
    (data (i32.const 4090) "over the edge of a page")
    (func (export "run") (param i32 i32 i64) (result i64) (local $at i32)
        (local.set $at (i32.rem_u (local.get 0) (i32.const 0x20100)))
        (i64.load8_u (local.get $at))
        (block $done
            (block $vector (block $double (block $word (block $byte
                (br_table $byte $word $double $vector (i32.and (local.get 1) (i32.const 3))))
                (i64.store8 (local.get $at) (local.get 2)) (br $done))
                (i64.store32 (local.get $at) (local.get 2)) (br $done))
                (i64.store (local.get $at) (local.get 2)) (br $done))
            (v128.store (local.get $at) (i64x2.splat (local.get 2))))))"#;

/// Fills and copies with bulk instructions, which the engine itself carries out.
const FILLER: &str = r#"(module
    (memory (export "memory") 3)
    (data (i32.const 70000) "something to copy")
    (func (export "run") (param i32 i32 i64) (result i64) (local $length i32)
        (local.set $length (i32.rem_u (i32.wrap_i64 (local.get 2)) (i32.const 0x9000)))
        (memory.fill
            (i32.rem_u (local.get 0) (i32.const 0x28000)) (local.get 1) (local.get $length))
        (memory.copy
            (i32.rem_u (local.get 1) (i32.const 0x28000)) (i32.const 69990) (local.get $length))
        (i64.load (i32.rem_u (local.get 0) (i32.const 0x2fff8)))))"#;

/// Lets memory grow, reads what it got, and writes to it and to the old part.
const GROWER: &str = r#"(module
    (memory (export "memory") 1 8)
    (func (export "run") (param i32 i32 i64) (result i64) (local $at i32)
        (local.set $at (i32.shl
            (memory.grow (i32.add (i32.const 1) (i32.and (local.get 0) (i32.const 1))))
            (i32.const 16)))
        (if (i32.lt_s (local.get $at) (i32.const 0)) (then (return (i64.const -1000))))
        (local.set $at (i32.add (local.get $at) (i32.and (local.get 1) (i32.const 0xfff8))))
        (i64.store (i32.and (local.get 1) (i32.const 0xfff8)) (local.get 2))
        (i64.load (local.get $at))
        (i64.store (local.get $at) (i64.or (local.get 2) (i64.const 1)))
        (i64.extend_i32_u (memory.size))
        i64.add))"#;

/// Calls through a table, past its end at times.
const TABLE_USER: &str = r#"(module
    (type $step (func (param i64) (result i64)))
    (memory 1)
    (global $calls (mut i32) (i32.const 0))
    (table (export "table") 6 10 funcref)
    (elem (i32.const 0) $add $store $count $load)
    (elem declare func $add)
    (func $add (type $step) (i64.add (local.get 0) (i64.const 1)))
    (func $store (type $step) (i64.store (i32.const 8192) (local.get 0)) (local.get 0))
    (func $count (type $step)
        (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
        (i64.extend_i32_u (global.get $calls)))
    (func $load (type $step) (i64.load (i32.const 8192)))
    (func (export "run") (param i32 i32 i64) (result i64)
        (i64.add
            (call_indirect (type $step) (local.get 2) (i32.and (local.get 0) (i32.const 7)))
            (call_indirect (type $step) (local.get 2) (i32.and (local.get 1) (i32.const 3))))))"#;

/// Writes to every page and to a global, and stops in the middle for odd numbers.
const TRAPPER: &str = r#"(module
    (memory (export "memory") 2)
    (global $runs (mut i64) (i64.const 0))
    (func (export "run") (param i32 i32 i64) (result i64) (local $at i32)
        (global.set $runs (i64.add (global.get $runs) (i64.const 1)))
        (loop $next
            (i64.store (local.get $at) (i64.add (i64.load (local.get $at)) (local.get 2)))
            (local.set $at (i32.add (local.get $at) (i32.const 4096)))
            (if (i32.and
                    (i32.and (local.get 0) (i32.const 1))
                    (i32.gt_u (local.get $at) (i32.and (local.get 1) (i32.const 0x1ffff))))
                (then unreachable))
            (br_if $next (i32.lt_u (local.get $at) (i32.const 0x20000))))
        (i64.add (global.get $runs) (i64.load (i32.const 4096)))))"#;

/// Writes on and on, until its instructions end if the second number is odd.
const SPINNER: &str = r#"(module
    (memory (export "memory") 1)
    (global $rounds (mut i32) (i32.const 0))
    (func (export "run") (param i32 i32 i64) (result i64) (local $left i32)
        (local.set $left (i32.and (local.get 1) (i32.const 0xff)))
        (loop $next
            (global.set $rounds (i32.add (global.get $rounds) (i32.const 1)))
            (i64.store
                (i32.and (i32.mul (global.get $rounds) (local.get 0)) (i32.const 0xfff8))
                (local.get 2))
            (local.set $left (i32.sub (local.get $left) (i32.const 2)))
            (br_if $next (i32.ne (local.get $left) (i32.const 0))))
        (i64.extend_i32_u (global.get $rounds))))"#;

/// Writes across the border of two pages, in one instruction.
const STRADDLER: &str = r#"(module
    (memory (export "memory") 2)
    (data (i32.const 0) "start")
    (func (export "run") (param i32 i32 i64) (result i64) (local $at i32)
        (local.set $at (i32.add
            (i32.shl (i32.and (local.get 0) (i32.const 30)) (i32.const 12))
            (i32.const 4084)))
        (v128.store offset=4 (local.get $at) (i64x2.splat (local.get 2)))
        (i64.store (i32.add (local.get $at) (i32.and (local.get 1) (i32.const 7))) (local.get 2))
        (i64.xor (i64.load (local.get $at)) (i64.load (i32.const 0)))))"#;

/// Has nothing to reset.
const STATELESS: &str = r#"(module
    (func (export "run") (param i32 i32 i64) (result i64)
        (i64.add (local.get 2) (i64.extend_i32_s (i32.div_s (local.get 0) (local.get 1))))))"#;
