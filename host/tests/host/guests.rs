//! Components for tests: typed by WIT, with hand-written code or none.

use linchpin_host::world::{FunctionContract, WorldContract};
use linchpin_host::{Component, ExportedFunction, Limits};
use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata};
use wit_parser::{LiftLowerAbi, ManglingAndAbi, Resolve, WorldId};

/// A component for the only world of `wit`, whose code is the WebAssembly text `core`.
pub(crate) fn component(wit: &str, core: &str) -> Vec<u8> {
    let (resolve, world) = parse(wit);
    encode(&resolve, world, wat::parse_str(core).expect("the text is WebAssembly"))
}

/// A component for the only world of `wit` with the right types and no code to speak of.
pub(crate) fn dummy(wit: &str) -> Vec<u8> {
    let (resolve, world) = parse(wit);
    let module = dummy_module(&resolve, world, ManglingAndAbi::Legacy(LiftLowerAbi::Sync));
    encode(&resolve, world, module)
}

fn parse(wit: &str) -> (Resolve, WorldId) {
    let mut resolve = Resolve { all_features: true, ..Resolve::default() };
    let package = resolve.push_str("test.wit", wit).expect("the WIT is right");
    let world = resolve.select_world(&[package], None).expect("there is one world");
    (resolve, world)
}

fn encode(resolve: &Resolve, world: WorldId, mut module: Vec<u8>) -> Vec<u8> {
    embed_component_metadata(&mut module, resolve, world, StringEncoding::UTF8).expect("metadata encode");
    let encoder = ComponentEncoder::default().validate(true).module(&module);
    encoder.and_then(|mut encoder| encoder.encode()).expect("the module fits its world")
}

/// The contract of a firmware that calls everything that `component` exports. It lives for the whole test run.
pub(crate) fn contract_of(component: &[u8]) -> &'static WorldContract {
    let component = Component::read(component, &Limits::default()).expect("a pure component");
    let functions: Vec<_> = component.functions.iter().map(function_contract).collect();
    leak(WorldContract { name: "test:device/world@1.0.0", functions: leak(functions) })
}

fn function_contract(function: &ExportedFunction) -> FunctionContract {
    FunctionContract {
        interface: function.name.interface.clone().map(|interface| &*interface.leak()),
        name: function.name.name.clone().leak(),
        digest: function.digest.0,
        parameters: function.core_parameters.clone().leak(),
        result: function.core_result,
    }
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// The world of [`misbehaving`].
pub(crate) const MISBEHAVING_WIT: &str = r"
    package test:device@1.0.0;
    interface control {
        count: func() -> u32;
        spin: func();
        grow: func(pages: u32) -> s32;
        deep: func(levels: u32) -> u32;
        stop: func();
        divide: func(by: u32) -> u32;
        scribble: func(value: u32) -> u32;
        sum: func(a: u8, b: s64, c: f32, d: f64) -> f64;
    }
    world device { export control; }
";

/// The functions of [`misbehaving`] by index.
pub(crate) mod function {
    pub(crate) const COUNT: usize = 0;
    pub(crate) const SPIN: usize = 1;
    pub(crate) const GROW: usize = 2;
    pub(crate) const DEEP: usize = 3;
    pub(crate) const STOP: usize = 4;
    pub(crate) const DIVIDE: usize = 5;
    pub(crate) const SCRIBBLE: usize = 6;
    pub(crate) const SUM: usize = 7;
}

/// A guest that does whatever a guest must not get away with.
pub(crate) fn misbehaving() -> Vec<u8> {
    component(
        MISBEHAVING_WIT,
        r#"(module
            (memory (export "memory") 1)
            (global $calls (mut i32) (i32.const 0))
            (func (export "test:device/control@1.0.0#count") (result i32)
                (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
                (global.get $calls))
            (func (export "test:device/control@1.0.0#spin") (loop (br 0)))
            (func (export "test:device/control@1.0.0#grow") (param i32) (result i32)
                (memory.grow (local.get 0)))
            (func $deep (export "test:device/control@1.0.0#deep") (param i32) (result i32)
                (if (result i32) (i32.eqz (local.get 0))
                    (then (i32.const 0))
                    (else (i32.add (i32.const 1)
                        (call $deep (i32.sub (local.get 0) (i32.const 1)))))))
            (func (export "test:device/control@1.0.0#stop") unreachable)
            (func (export "test:device/control@1.0.0#divide") (param i32) (result i32)
                (i32.div_u (i32.const 100) (local.get 0)))
            (func (export "test:device/control@1.0.0#scribble") (param i32) (result i32)
                (local $before i32)
                (local.set $before (i32.load (i32.const 1024)))
                (i32.store (i32.const 1024) (local.get 0))
                (local.get $before))
            (func (export "test:device/control@1.0.0#sum")
                (param i32 i64 f32 f64) (result f64)
                (f64.add (f64.add (f64.convert_i32_u (local.get 0)) (f64.convert_i64_s (local.get 1)))
                    (f64.add (f64.promote_f32 (local.get 2)) (local.get 3))))
        )"#,
    )
}

/// A guest whose `value` returns a constant, with as much code around it as makes each constant other bytes.
pub(crate) fn constant(value: u32) -> Vec<u8> {
    component(
        CONSTANT_WIT,
        &format!(
            r#"(module (memory (export "memory") 1)
                (func (export "test:device/control@1.0.0#value") (result i32) (i32.const {value})))"#
        ),
    )
}

/// A guest of the same world that always stops.
pub(crate) fn stopping() -> Vec<u8> {
    component(
        CONSTANT_WIT,
        r#"(module (memory (export "memory") 1)
            (func (export "test:device/control@1.0.0#value") (result i32) unreachable))"#,
    )
}

/// The world of [`constant`].
pub(crate) const CONSTANT_WIT: &str = r"
    package test:device@1.0.0;
    interface control { value: func() -> u32; }
    world device { export control; }
";
