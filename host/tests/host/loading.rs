//! A module is only loaded for the very functions that the firmware was compiled for.

use crate::guests::{constant, contract_of, dummy};
use linchpin_host::world::{CoreType, FunctionContract, WorldContract};
use linchpin_host::{Engine, EngineConfig, Error, Limits, Loaded};

fn load(component: &[u8], contract: &WorldContract) -> Result<Loaded, Error> {
    let engine = Engine::new(EngineConfig::deterministic()).unwrap();
    Loaded::for_world(&engine, component, contract, &Limits::default())
}

/// A component that exports `f: func(a: u32) -> u32` of `control` at each of the versions.
fn versions(versions: &[&str], result: &str) -> Vec<u8> {
    use std::fmt::Write as _;
    let mut wit = "package test:root;\n".to_owned();
    let mut exports = String::new();
    for version in versions {
        writeln!(wit, "package t:t@{version} {{ interface control {{ f: func(a: u32) -> {result}; }} }}")
            .unwrap();
        write!(exports, "export t:t/control@{version};").unwrap();
    }
    write!(wit, "world w {{ {exports} }}").unwrap();
    dummy(&wit)
}

#[test]
fn the_right_functions_load_whatever_their_order() {
    let both = dummy("package t:t; interface i { f: func() -> u8; g: func() -> s64; } world w { export i; }");
    let swapped =
        dummy("package t:t; interface i { g: func() -> s64; f: func() -> u8; } world w { export i; }");
    let contract = contract_of(&both);
    let loaded = load(&swapped, contract).unwrap();
    let names: Vec<_> = loaded.functions().iter().map(|function| function.name.name.as_str()).collect();
    assert_eq!(names, ["f", "g"]);
}

#[test]
fn another_type_is_a_digest_mismatch_that_says_everything() {
    let contract = contract_of(&versions(&["1.0.0"], "u32"));
    let error = load(&versions(&["1.2.0"], "u64"), contract).unwrap_err();
    assert_eq!(error.code(), "digest-mismatch");
    let Error::DigestMismatch(mismatch) = &error else { panic!("{error}") };
    assert_eq!(mismatch.expected_digest.0, contract.functions[0].digest);
    assert_eq!(mismatch.found_text, "func(a: u32) -> u64");
    let message = error.to_string();
    for part in [
        "t:t/control@1.0.0#f",
        "t:t/control@1.2.0#f",
        &mismatch.expected_digest.to_string(),
        &mismatch.found_digest.to_string(),
    ] {
        assert!(message.contains(part), "{part} is not in: {message}");
    }
}

#[test]
fn a_version_on_the_same_track_stands_in_and_the_greatest_counts() {
    let contract = contract_of(&versions(&["1.1.0"], "u32"));
    for exported in [&["1.1.0"][..], &["1.0.0"], &["1.7.3"], &["1.2.0", "1.3.0", "2.0.0"]] {
        assert!(load(&versions(exported, "u32"), contract).is_ok(), "{exported:?}");
    }
    for exported in [&["2.0.0"][..], &["0.1.1"], &["1.1.0-rc.1"]] {
        let error = load(&versions(exported, "u32"), contract).unwrap_err();
        assert_eq!(error.code(), "function-missing", "{exported:?}");
        assert!(error.to_string().contains(exported[0]), "the message names what is there: {error}");
    }
    let loaded = load(&versions(&["1.2.0", "1.10.0"], "u32"), contract).unwrap();
    assert_eq!(loaded.functions()[0].name.interface.as_deref(), Some("t:t/control@1.10.0"));
}

#[test]
fn the_very_version_counts_even_without_functions() {
    let contract = contract_of(&versions(&["1.1.0"], "u32"));
    let component = dummy(
        "package test:root;
        package t:t@1.0.0 { interface control { f: func(a: u32) -> u32; } }
        package t:t@1.1.0 { interface control { record r { a: u32 } } }
        world w { export t:t/control@1.0.0; export t:t/control@1.1.0; }",
    );
    assert_eq!(load(&component, contract).unwrap_err().code(), "function-missing");
}

#[test]
fn a_missing_function_is_named_with_what_is_there() {
    let contract = contract_of(&dummy("package t:t; interface i { f: func(); } world w { export i; }"));
    let other = dummy("package t:t; interface i { g: func(); } world w { export i; }");
    let error = load(&other, contract).unwrap_err();
    assert_eq!(error.code(), "function-missing");
    assert!(error.to_string().contains("`t:t/i#f`"), "{error}");
    assert!(error.to_string().contains("(it has `g`)"), "{error}");
}

#[test]
fn generated_code_with_another_signature_is_refused() {
    let component = constant(1);
    let functions = contract_of(&component).functions;
    let changed = FunctionContract { parameters: &[CoreType::I64], ..functions[0].clone() };
    let contract = WorldContract { name: "w", functions: vec![changed].leak() };
    let error = load(&component, &contract).unwrap_err();
    assert_eq!(error.code(), "signature-mismatch");
    assert!(
        error.to_string().contains("`() -> i32`") && error.to_string().contains("`(i64) -> i32`"),
        "{error}"
    );
}

#[test]
fn instructions_that_could_differ_between_machines_or_block_do_not_load() {
    for (name, text) in [
        ("threads", "(component (core module (memory 1) (func (drop (i32.atomic.load (i32.const 0))))))"),
        ("tail calls", "(component (core module (func $f (return_call $f))))"),
        ("exceptions", "(component (core module (tag)))"),
    ] {
        let error = load(&wat::parse_str(text).unwrap(), contract_of(&constant(1))).unwrap_err();
        assert_eq!(error.code(), "invalid-component", "{name}: {error}");
    }
}
