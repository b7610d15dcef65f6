//! What a guest could tell engines apart by is the same on both: the bits of a NaN, and what has run before a call. Both
//! follow the component's own wiring and no convention of names.

use linchpin_engines::WasmiGuest;
use linchpin_host::abi::Instance;
use linchpin_host::{Engine, EngineConfig, Limits, Loaded};
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

/// Calls of the only function, with slots in and the first slot out, on both engines.
struct Both {
    loaded: Loaded,
    wasmi: WasmiGuest,
}

impl Both {
    fn load(component: &[u8]) -> Self {
        let engine = Engine::new(EngineConfig::deterministic()).expect("the engine starts");
        let loaded = Loaded::standalone(&engine, component, &Limits::default()).expect("it loads");
        let wasmi = WasmiGuest::new(component, &Limits::default()).expect("wasmi takes it");
        Self { loaded, wasmi }
    }

    fn call(&mut self, slots: &[u64]) -> u64 {
        let compiled = self.loaded.call(|instance| first(instance, slots)).expect("there is memory");
        let interpreted = first(&mut self.wasmi, slots);
        self.wasmi.reset().expect("there is memory");
        assert_eq!(compiled, interpreted, "wasmtime and wasmi, of {slots:x?}");
        compiled
    }
}

fn first(instance: &mut impl Instance, slots: &[u64]) -> u64 {
    let mut slots = slots.to_vec();
    instance.call(0, &mut slots).expect("the guest returns");
    slots[0]
}

/// A component for the only world of `wit`, whose code is the WebAssembly text `core`.
fn component(wit: &str, core: &str) -> Vec<u8> {
    let mut resolve = Resolve::default();
    let package = resolve.push_str("test.wit", wit).expect("the WIT is right");
    let world = resolve.select_world(&[package], None).expect("there is one world");
    let mut module = wat::parse_str(core).expect("the text is WebAssembly");
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).expect("metadata encode");
    let encoder = ComponentEncoder::default().validate(true).module(&module);
    encoder.and_then(|mut encoder| encoder.encode()).expect("the module fits its world")
}

#[test]
fn every_way_to_compute_a_nan_gives_the_same_bits() {
    let payload = 0x7ff4_dead_beef_0001_u64;
    let ways = [
        ("f64.div", 0.0_f64.to_bits(), 0.0_f64.to_bits()),
        ("f64.sub", f64::INFINITY.to_bits(), f64::INFINITY.to_bits()),
        ("f64.mul", f64::INFINITY.to_bits(), (-0.0_f64).to_bits()),
        ("f64.add", payload, 1.0_f64.to_bits()),
        ("f64.min", 1.0_f64.to_bits(), payload | 1 << 63),
        ("f64.max", payload, payload),
    ];
    for (instruction, a, b) in ways {
        let mut both = Both::load(&component(
            "package t:t; world w { export f: func(a: f64, b: f64) -> u64; }",
            &format!(
                r#"(module (func (export "f") (param f64 f64) (result i64)
                    (i64.reinterpret_f64 ({instruction} (local.get 0) (local.get 1)))))"#
            ),
        ));
        assert_eq!(both.call(&[a, b]), 0x7ff8_0000_0000_0000, "{instruction}");
    }
    for (conversion, a) in [("f64.sqrt", (-1.0_f64).to_bits()), ("f64.ceil", payload | 1 << 63)] {
        let mut both = Both::load(&component(
            "package t:t; world w { export f: func(a: f64) -> u64; }",
            &format!(
                r#"(module (func (export "f") (param f64) (result i64)
                    (i64.reinterpret_f64 ({conversion} (local.get 0)))))"#
            ),
        ));
        assert_eq!(both.call(&[a]), 0x7ff8_0000_0000_0000, "{conversion}");
    }
    let mut both = Both::load(&component(
        "package t:t; world w { export f: func(a: f64) -> u32; }",
        r#"(module (func (export "f") (param f64) (result i32)
            (i32.reinterpret_f32 (f32.demote_f64 (local.get 0)))))"#,
    ));
    assert_eq!(both.call(&[payload]), 0x7fc0_0000, "f32.demote_f64");
}

#[test]
fn a_nan_that_is_only_passed_on_keeps_its_bits() {
    let mut both = Both::load(&component(
        "package t:t; world w { export f: func(a: f64) -> f64; }",
        r#"(module (func (export "f") (param f64) (result f64) (f64.neg (local.get 0))))"#,
    ));
    assert_eq!(both.call(&[0x7ff4_dead_beef_0001]), 0xfff4_dead_beef_0001);
}

#[test]
fn an_initialiser_runs_before_every_call_on_both() {
    let mut both = Both::load(&component(
        "package t:t; world w { export f: func() -> u32; }",
        r#"(module (global $ready (mut i32) (i32.const 0))
            (func (export "_initialize") (global.set $ready (i32.add (global.get $ready) (i32.const 7))))
            (func (export "f") (result i32)
                (global.set $ready (i32.add (global.get $ready) (i32.const 1)))
                (global.get $ready)))"#,
    ));
    for _ in 0..3 {
        assert_eq!(both.call(&[0]), 8);
    }
}

#[test]
fn a_call_follows_the_lift_and_no_convention_of_names() {
    let text = r#"(component
        (core module $m
            (func (export "f") (result i32) (i32.const 1))
            (func (export "seven") (result i32) (i32.const 7)))
        (core instance $i (instantiate $m))
        (func (export "f") (result u32) (canon lift (core func $i "seven"))))"#;
    assert_eq!(Both::load(&wat::parse_str(text).expect("the text is WebAssembly")).call(&[0]), 7);
}
