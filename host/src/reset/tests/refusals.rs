//! What cannot be put back is refused by name; what can is not.

use crate::reset::{Unresettable, resettable};

fn refusal(text: &str) -> Unresettable {
    resettable(&wat::parse_str(text).unwrap()).unwrap_err()
}

#[test]
fn each_kind_of_state_that_no_reset_puts_back_has_its_refusal() {
    let cases = [
        (r#"(module (import "a" "b" (global (mut i32))))"#, "unresettable-import", "imports `a.b`"),
        ("(module (memory 1) (memory 1))", "unresettable-memory", "more than one memory"),
        ("(module (memory 1 2 shared))", "unresettable-memory", "shared memory"),
        ("(module (memory i64 1))", "unresettable-memory", "a 64-bit memory"),
        ("(module (memory 1 (pagesize 1)))", "unresettable-memory", "pages of its own size"),
        (
            "(module (global i32 (i32.const 0)) (global (mut funcref) (ref.null func)))",
            "unresettable-reference-global",
            "global number 1",
        ),
        (
            r#"(module (memory 1) (export "linchpin:reset/memory" (memory 0)))"#,
            "unresettable-reserved-export",
            "`linchpin:reset/memory`",
        ),
    ];
    for (text, code, words) in cases {
        let refusal = refusal(text);
        assert_eq!(refusal.code(), code, "{refusal}");
        assert!(refusal.to_string().contains(words), "{refusal}");
    }
}

#[test]
fn each_instruction_that_no_reset_puts_back_is_refused_with_its_function() {
    let cases = [
        ("(table.set (i32.const 0) (ref.null func))", "table.set", "table-write"),
        ("(drop (table.grow (ref.null func) (i32.const 1)))", "table.grow", "table-write"),
        ("(table.fill (i32.const 0) (ref.null func) (i32.const 1))", "table.fill", "table-write"),
        ("(table.copy (i32.const 0) (i32.const 1) (i32.const 1))", "table.copy", "table-write"),
        ("(table.init $e (i32.const 0) (i32.const 0) (i32.const 1))", "table.init", "table-write"),
        ("(memory.init $d (i32.const 0) (i32.const 0) (i32.const 1))", "memory.init", "passive-segment"),
        ("(data.drop $d)", "data.drop", "passive-segment"),
        ("(elem.drop $e)", "elem.drop", "passive-segment"),
    ];
    for (instruction, name, code) in cases {
        for (function, said) in [("$culprit", "`culprit`"), ("", "number 1")] {
            let text = format!(
                "(module (memory 1) (table 2 funcref) (elem $e func 0) (data $d \"x\")
                    (func) (func {function} (block {instruction})))"
            );
            let refusal = refusal(&text);
            assert_eq!(refusal.code(), format!("unresettable-{code}"));
            let message = refusal.to_string();
            assert!(message.starts_with(&format!("function {said} ")), "{message}");
            assert!(message.contains(&format!("`{name}` at byte ")), "{message}");
        }
    }
}

#[test]
fn mutable_globals_are_counted() {
    let globals = |count: usize| format!("(module {})", "(global (mut i32) (i32.const 1))".repeat(count));
    assert!(resettable(&wat::parse_str(globals(64)).unwrap()).is_ok());
    assert_eq!(refusal(&globals(65)), Unresettable::TooManyGlobals { limit: 64 });
}

#[test]
fn bytes_that_end_too_early_are_refused_with_the_place() {
    let module = wat::parse_str(r#"(module (memory 1) (func (export "run") (nop)))"#).unwrap();
    for length in 0..module.len() {
        // A module may end after any section, and then it is another module.
        if let Err(refusal) = resettable(&module[..length]) {
            let Unresettable::Invalid { offset, .. } = refusal else { panic!("{refusal}") };
            assert!(offset <= length, "{offset} of {length}");
        }
    }
}

#[test]
fn what_a_reset_puts_back_is_let_through_and_stays_valid() {
    let cases = [
        "(module)",
        "(module (memory 1))",
        "(module (global (mut i64) (i64.const 1)) (func (export \"f\")) (export \"g\" (func 0)))",
        "(module (global (mut i64) (i64.const 1)) (table 1 funcref) (elem (i32.const 0) $f) (func $f))",
        "(module (memory 1) (data (i32.const 0) \"x\") (data \"passive and unused\"))",
        "(module (func (result funcref) (ref.func 0)) (elem declare func 0) (global funcref (ref.func 0)))",
        "(module (memory 1 2) (func (drop (memory.grow (i32.const 1))) (memory.fill (i32.const 0) (i32.const 0) (i32.const 1))))",
    ];
    for text in cases {
        let resettable = resettable(&wat::parse_str(text).unwrap()).unwrap();
        wasmparser::Validator::new_with_features(crate::features::CORE)
            .validate_all(&resettable.core_module)
            .unwrap_or_else(|error| panic!("{text}: {error}"));
    }
}

#[test]
fn a_module_without_state_keeps_its_bytes() {
    let module = wat::parse_str(r#"(module (func (export "f") (nop)) (@custom "note" "text"))"#).unwrap();
    assert_eq!(resettable(&module).unwrap().core_module, module);
}
