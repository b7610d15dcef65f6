//! WebAssembly features that bytes need, held against the validator, the host and the engine that plug-in hosts use.

use std::collections::BTreeSet;

use linchpin_checker::profile::{Profile, missing_features};
use linchpin_checker::system::Runtime;
use linchpin_host::{Engine, EngineConfig, Limits, Loaded};
use wasmparser::{Validator, WasmFeatures};

/// A feature, and what needs it: items of a core module, or of the component around it.
enum Needs {
    Core(&'static str),
    Component(&'static str),
}
use Needs::{Component, Core};

const CASES: &[(&str, Needs)] = &[
    ("mutable-global", Core(r#"(global (export "g") (mut i32) (i32.const 0))"#)),
    ("sign-extension", Core("(func (result i32) (i32.extend8_s (i32.const 1)))")),
    ("saturating-float-to-int", Core("(func (result i32) (i32.trunc_sat_f64_s (f64.const 1)))")),
    ("multi-value", Core("(func (result i32 i32) (i32.const 1) (i32.const 2))")),
    ("bulk-memory-opt", Core("(memory 1 1) (func (memory.fill (i32.const 0) (i32.const 0) (i32.const 0)))")),
    ("bulk-memory", Core(r#"(memory 1 1) (data "x")"#)),
    ("reference-types", Core("(table 1 1 funcref) (func (result funcref) (table.get 0 (i32.const 0)))")),
    ("extended-const", Core("(global i32 (i32.add (i32.const 1) (i32.const 2)))")),
    ("simd", Core("(func (result v128) (v128.const i64x2 0 0))")),
    ("simd", Core("(func (local v128))")),
    (
        "relaxed-simd",
        Core("(func (result v128) (i8x16.relaxed_swizzle (v128.const i64x2 0 0) (v128.const i64x2 0 0)))"),
    ),
    ("tail-call", Core("(func $f (return_call $f))")),
    ("multi-memory", Core("(memory 1 1) (memory 1 1)")),
    ("memory64", Core("(memory i64 1 1)")),
    ("memory64", Core("(table i64 1 1 funcref)")),
    ("threads", Core("(memory 1 1 shared)")),
    ("threads", Core("(func (atomic.fence))")),
    ("exceptions", Core("(tag)")),
    ("legacy-exceptions", Core("(func try catch_all end)")),
    ("function-references", Core("(type $f (func)) (func (param (ref $f)))")),
    ("gc-types", Core("(func (param externref))")),
    ("gc", Core("(type (struct (field i32)))")),
    ("wide-arithmetic", Core("(func (result i64 i64) (i64.mul_wide_u (i64.const 1) (i64.const 2)))")),
    ("custom-page-sizes", Core("(memory 1 1 (pagesize 1))")),
    ("stack-switching", Core("(type $f (func)) (type (cont $f))")),
    ("shared-everything-threads", Core("(global (shared i32) (i32.const 0))")),
    (
        "custom-descriptors",
        Core("(rec (type $a (descriptor $b) (struct)) (type $b (describes $a) (struct)))"),
    ),
    ("memory-control", Core("(memory 1 1) (func (memory.discard (i32.const 0) (i32.const 0)))")),
    ("cm-async", Component("(type (stream u8))")),
    ("cm-async", Component("(core func (canon task.cancel))")),
    ("cm-async-stackful", Component(r#"(func async (canon lift (core func $i "no-result") async))"#)),
    (
        "cm-more-async-builtins",
        Component("(type $s (stream u8)) (core func (canon stream.cancel-read $s async))"),
    ),
    ("cm-threading", Component("(core func (canon thread.index))")),
    ("cm-error-context", Component("(type error-context)")),
    ("cm-fixed-length-lists", Component("(type (list u8 4))")),
    ("cm-map", Component("(type (map string u32))")),
    ("cm-values", Component(r#"(import "v" (value $v string)) (export "w" (value $v))"#)),
    ("cm-nested-names", Component(r#"(import "a:b:c/d" (func))"#)),
    (
        "cm-gc",
        Component(
            "(core type $t (func (result i32))) (core func (canon lower (func $lifted) gc (core-type $t)))",
        ),
    ),
    ("cm64", Component("(core func (canon context.get i64 0))")),
    ("cm-implements", Component(r#"(import "x" (implements "a:b/c@1.0.0") (instance))"#)),
    ("cm-canon-names", Component(r#"(import "a:b/c@1" (versionsuffix ".0.0") (instance))"#)),
];

fn bytes(needs: &Needs) -> Vec<u8> {
    let (core, component) = match needs {
        Core(items) => (*items, ""),
        Component(items) => ("", *items),
    };
    wat::parse_str(format!(
        r#"(component
            (core module $m (func (export "f") (result i32) (i32.const 7)) (func (export "no-result")) {core})
            (core instance $i (instantiate $m))
            (func $lifted (result u32) (canon lift (core func $i "f")))
            (export "f" (func $lifted))
            {component})"#
    ))
    .unwrap()
}

fn of_names(names: &BTreeSet<String>) -> WasmFeatures {
    let flag = |name: &String| WasmFeatures::from_name(&name.to_uppercase().replace('-', "_")).unwrap();
    names.iter().map(flag).fold(WasmFeatures::FLOATS, WasmFeatures::union)
}

#[test]
fn the_features_of_a_profile_are_enough_and_none_is_too_many() {
    for (feature, needs) in CASES {
        let bytes = bytes(needs);
        let features = Profile::of(&bytes).unwrap().features;
        assert!(features.contains(*feature), "{feature}: {features:?}");
        let valid = |features: WasmFeatures| Validator::new_with_features(features).validate_all(&bytes);
        let whole = of_names(&features);
        assert!(valid(whole).is_ok(), "{feature}: {features:?} are not enough");
        for one in &features {
            let without = whole.difference(of_names(&BTreeSet::from([one.clone()]))) | WasmFeatures::FLOATS;
            assert!(valid(without).is_err(), "{feature}: `{one}` is not needed");
        }
    }
}

#[test]
fn the_host_refuses_exactly_the_features_that_it_is_said_to_lack() {
    let engine = Engine::new(EngineConfig::deterministic()).unwrap();
    for (feature, needs) in CASES {
        let bytes = bytes(needs);
        let missing = missing_features(&Profile::of(&bytes).unwrap().features, Runtime::Linchpin);
        match Loaded::standalone(&engine, &bytes, &Limits::default()) {
            Ok(_) => assert_eq!(missing, [""; 0], "{feature}: the host loads it"),
            // What it reads only to refuse it by name is no matter of features.
            Err(error) if missing.is_empty() => {
                assert!(
                    ["unsupported-structure", "import-present"].contains(&error.code()),
                    "{feature}: {error}"
                );
            }
            Err(error) => assert_eq!(error.code(), "invalid-component", "{feature}: {error}"),
        }
    }
}

/// Crate features of wasmtime that this workspace builds it without, and the WebAssembly features that go with them.
const NOT_BUILT_IN: [&str; 4] = ["threads", "exceptions", "gc-types", "gc"];

#[test]
fn wasmtime_refuses_exactly_the_features_that_its_default_engine_is_said_to_lack() {
    let engine = wasmtime::Engine::new(&wasmtime::Config::new()).unwrap();
    let (mut compiled, mut refused) = (0, 0);
    for (feature, needs) in CASES {
        let bytes = bytes(needs);
        let features = Profile::of(&bytes).unwrap().features;
        let missing = missing_features(&features, Runtime::Wasmtime48);
        let built_in = features.iter().all(|feature| !NOT_BUILT_IN.contains(&feature.as_str()));
        match wasmtime::component::Component::new(&engine, &bytes) {
            Ok(_) => {
                assert_eq!(missing, [""; 0], "{feature}: wasmtime compiles it");
                assert!(built_in, "{feature}: wasmtime is built with it after all");
                compiled += 1;
            }
            Err(error) => {
                assert!(!missing.is_empty() || !built_in, "{feature}: {error:#}");
                refused += 1;
            }
        }
    }
    assert!(compiled >= 16 && refused >= 20, "{compiled} compiled, {refused} refused");
}
