//! What is no pure component is refused by a name of its own, before any compile.

use crate::guests::{constant, dummy};
use linchpin_host::abi::Instance as _;
use linchpin_host::{Component, Engine, EngineConfig, Error, Limits, Loaded};

fn refusal(bytes: &[u8]) -> Error {
    Component::read(bytes, &Limits::default()).expect_err("it must be refused")
}

fn refusal_of_text(text: &str) -> Error {
    refusal(&wat::parse_str(text).expect("the text is WebAssembly"))
}

#[test]
fn each_kind_of_wrong_file_has_its_error() {
    let whole = constant(1);
    let cases: &[(&str, &[u8], &str)] = &[
        ("empty", b"", "not-webassembly"),
        ("zeros", &[0; 4096], "not-webassembly"),
        ("prose", b"dear device, please heat", "not-webassembly"),
        ("noise", &[0x7f, b'E', b'L', b'F', 0xff, 0xfe, 1, 2], "not-webassembly"),
        ("text format", b"  (component)", "text-format"),
        ("core module", b"\0asm\x01\0\0\0", "core-module"),
        ("other version", b"\0asm\x0e\0\x01\0", "not-webassembly"),
        ("four bytes", b"\0asm", "truncated"),
        ("half", &whole[..whole.len() / 2], "truncated"),
        ("too large", &vec![0; (1 << 20) + 1], "component-too-large"),
    ];
    for (name, bytes, code) in cases {
        assert_eq!(refusal(bytes).code(), *code, "{name}");
    }
}

#[test]
fn no_prefix_and_no_flipped_byte_brings_it_down() {
    let whole = constant(1);
    let functions = Component::read(&whole, &Limits::default()).unwrap().functions;
    let mut refused = 0;
    for end in 0..whole.len() {
        match Component::read(&whole[..end], &Limits::default()) {
            // Only the sections for people, at the very end, can be missing without harm.
            Ok(component) => assert_eq!(component.functions, functions, "cut after {end} bytes"),
            Err(_) => refused += 1,
        }
    }
    assert!(refused > whole.len() / 2, "{refused} of {} prefixes were refused", whole.len());
    for index in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[index] ^= 0xff;
        // A changed constant or custom section is still a component; what matters is that nothing panics.
        let _ = Component::read(&damaged, &Limits::default());
    }
}

#[test]
fn an_import_is_named() {
    let clock = dummy("package t:t; world w { import now: func() -> u64; export f: func() -> u64; }");
    let error = refusal(&clock);
    assert_eq!(error.code(), "import-present");
    assert!(error.to_string().contains("`now`"), "{error}");

    let interface = dummy(
        "package t:t@1.0.0; interface clock { now: func() -> u64; }
         world w { import clock; export f: func() -> u64; }",
    );
    let error = refusal(&interface);
    assert!(error.to_string().contains("`t:t/clock@1.0.0`"), "{error}");

    let core = refusal_of_text(r#"(component (core module (import "env" "log" (func))))"#);
    assert_eq!(core.code(), "import-present");
    assert!(core.to_string().contains("`env.log`"), "{core}");
}

#[test]
fn structures_that_are_no_pure_function_are_refused() {
    let cases = [
        ("nothing", "(component)", "unsupported-structure"),
        ("two modules", "(component (core module) (core module))", "unsupported-structure"),
        (
            "two instances",
            "(component (core module $m) (core instance (instantiate $m)) (core instance (instantiate $m)))",
            "unsupported-structure",
        ),
        ("start", "(component (core module (func $s) (start $s)))", "start-function"),
        ("two memories", "(component (core module (memory 1) (memory 1)))", "invalid-component"),
        ("64-bit memory", "(component (core module (memory i64 1)))", "invalid-component"),
        ("shared memory", "(component (core module (memory 1 1 shared)))", "invalid-component"),
        (
            "exported module",
            r#"(component (core module $m) (export "m" (core module $m)))"#,
            "unsupported-structure",
        ),
        ("large memory", "(component (core module (memory 33)))", "memory-too-large"),
        ("large table", "(component (core module (table 100000 funcref)))", "table-too-large"),
        (
            "second module with code",
            r#"(component (core module $m (func (export "x")))
            (core instance $i (instantiate $m))
            (core module $n (import "" "" (func)) (func) (start 0))
            (core instance $e (export "" (func $i "x")))
            (core instance (instantiate $n (with "" (instance $e)))))"#,
            "unsupported-structure",
        ),
        ("nested module", "(component (component (core module)))", "unsupported-structure"),
        ("garbage collection", "(component (core module (type (struct))))", "invalid-component"),
        ("external reference", "(component (core module (func (param externref))))", "invalid-component"),
    ];
    for (name, text, code) in cases {
        let error = refusal_of_text(text);
        assert_eq!(error.code(), code, "{name}: {error}");
    }
}

/// A component with one function for each `(name, lift)`, over core functions whose names follow no convention.
fn lifted(lifts: &[(&str, &str)]) -> Vec<u8> {
    let functions: Vec<_> = lifts
        .iter()
        .map(|(name, lift)| {
            format!(
                r#"(func ${name} (param "a" string) (result u32) {lift}) (export "{name}" (func ${name}))"#
            )
        })
        .collect();
    wat::parse_str(format!(
        r#"(component
            (core module $m (memory (export "mem") 1)
                (func (export "seven") (param i32 i32) (result i32) (i32.const 7))
                (func (export "f") (param i32 i32) (result i32) unreachable)
                (func (export "r") (param i32 i32 i32 i32) (result i32) (i32.const 64))
                (func (export "q") (param i32 i32 i32 i32) (result i32) (i32.const 64)))
            (core instance $i (instantiate $m))
            (alias core export $i "mem" (core memory $memory))
            {})"#,
        functions.join("\n")
    ))
    .unwrap()
}

/// A lift from this core function with these options.
fn lift(core: &str, realloc: &str, more: &str) -> String {
    format!(r#"(canon lift (core func $i "{core}") (memory $memory) (realloc (func $i "{realloc}")) {more})"#)
}

#[test]
fn a_call_follows_the_lift_and_no_convention_of_names() {
    let engine = Engine::new(EngineConfig::deterministic()).unwrap();
    let bytes = lifted(&[("f", &lift("seven", "r", ""))]);
    let loaded = Loaded::standalone(&engine, &bytes, &Limits::default()).unwrap();
    let mut instance = loaded.instantiate().unwrap();
    assert_eq!(instance.allocate(1, 3), Ok(64));
    let mut slots = [64, 3];
    instance.call(0, &mut slots).unwrap();
    assert_eq!(slots[0], 7);
}

#[test]
fn a_lift_with_other_text_or_a_second_allocator_is_refused() {
    let plain = lift("f", "r", "");
    let cases = [
        (lifted(&[("f", &lift("f", "r", "string-encoding=utf16"))]), "UTF-16"),
        (lifted(&[("f", &lift("f", "r", "string-encoding=latin1+utf16"))]), "Latin-1"),
        (lifted(&[("f", &plain), ("g", &lift("seven", "q", ""))]), "`q`"),
    ];
    for (bytes, says) in cases {
        let error = refusal(&bytes);
        assert_eq!(error.code(), "lift-mismatch", "{error}");
        assert!(error.to_string().contains(says), "{error}");
    }
}

#[test]
fn what_is_no_plain_value_is_refused() {
    let impure = |items: &str| {
        refusal(&dummy(&format!("package t:t; interface i {{ {items} }} world w {{ export i; }}")))
    };
    for (items, says) in [
        ("f: func(a: stream<u8>);", "a `stream`"),
        ("f: func() -> future<u8>;", "a `future`"),
        ("f: func() -> list<option<future>>;", "a `future`"),
    ] {
        let error = impure(items);
        assert!(error.to_string().contains(says), "{error}");
    }
    // A resource needs built-ins of its own, which show before its type does.
    let error = impure("resource r { constructor(); } f: func() -> r;");
    assert!(["unsupported-structure", "import-present"].contains(&error.code()), "{error}");
}

#[test]
fn types_that_explode_are_refused_before_they_are_expanded() {
    use std::fmt::Write as _;
    let mut types = format!("record t0 {{ {}: u8, b: u8 }}", "long-name-".repeat(10) + "end");
    for level in 1..15 {
        write!(types, "type t{level} = tuple<t{0}, t{0}>;", level - 1).unwrap();
    }
    let wit = |top: u32| {
        dummy(&format!(
            "package t:t; interface i {{ {types} f: func() -> list<t{top}>; }} world w {{ export i; }}"
        ))
    };
    let large = Component::read(&wit(12), &Limits::default()).unwrap();
    assert!((1 << 19..1 << 20).contains(&large.functions[0].text.len()));
    let error = refusal(&wit(14));
    assert_eq!(error.code(), "type-too-large", "{error}");
}

#[test]
fn types_that_are_nested_too_deep_are_refused() {
    use std::fmt::Write as _;
    let mut text = "(component (type (list u8))".to_owned();
    for level in 0..200 {
        write!(text, "(type (list {level}))").unwrap();
    }
    let error = refusal_of_text(&(text + ")"));
    assert_eq!(error.code(), "invalid-component", "{error}");
    assert!(error.to_string().contains("deep"), "{error}");
}

#[test]
fn every_type_is_read_back_with_the_core_signature_of_its_lift() {
    use linchpin_host::world::CoreType::{F64, I32, I64};
    let wit = "package t:t; world w {
        export small: func(a: string, b: option<s64>) -> f64;
        export large: func(a: tuple<u64, u64, u64, u64, u64, u64, u64, u64, u64, u64, u64, u64, u64, u64, u64, u64, u64>)
            -> tuple<u8, u8>;
    }";
    let component = Component::read(&dummy(wit), &Limits::default()).unwrap();
    let find = |name: &str| component.functions.iter().find(|it| it.name.name == name).unwrap();
    assert_eq!(find("small").core_parameters, [I32, I32, I32, I64]);
    assert_eq!(find("small").core_result, Some(F64));
    assert_eq!(find("large").core_parameters, [I32]);
    assert_eq!(find("large").core_result, Some(I32));
}

#[test]
fn a_memory_up_to_the_limit_is_let_in() {
    let exact = Limits { memory_bytes: 1 << 16, ..Limits::default() };
    assert!(Component::read(&constant(1), &exact).is_ok());
    let short = Limits { memory_bytes: (1 << 16) - 1, ..Limits::default() };
    assert_eq!(Component::read(&constant(1), &short).unwrap_err().code(), "memory-too-large");
}
