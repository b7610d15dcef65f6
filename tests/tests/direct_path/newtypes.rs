//! Newtypes for WIT aliases: one crate of types on both sides of a real component, and a guest that lies.

use std::path::Path;
use std::sync::LazyLock;

use linchpin_host::{CallError, Fallback, GuardViolation, LiftError, Loaded, Outcome};
use mixing_valve::{Celsius, Decision, Fault, HotWater, Inputs, Opening, Part, Seconds, ValveId};

use crate::guests::{component, engine, running};
use crate::program::{LINCHPIN, in_crate};

/// The guest's own types: those of records and variants by themselves, those of parameters by name.
mod shared {
    linchpin_host::bindings!({
        world: "valve",
        path: "newtypes/wit",
        types: mixing_valve,
        with: { "units/celsius": mixing_valve::Celsius, "control/valve-id": mixing_valve::ValveId },
    });
}

/// Plain numbers, so that anything can be sent.
mod plain {
    linchpin_host::bindings!({ world: "valve", path: "newtypes/wit" });
}

/// Newtypes of the firmware's own inside generated types.
mod probe {
    linchpin_host::bindings!({
        world: "prober",
        path: "newtypes/wit",
        with: { "units/celsius": mixing_valve::Celsius, "hot-water": mixing_valve::HotWater },
    });
}

/// The guest, built as its author builds it.
static GUEST: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("newtypes");
    let out = tempfile::tempdir().unwrap();
    let path = out.path().to_str().unwrap();
    let built = in_crate(&folder, LINCHPIN, &["build", "mixing-valve", "--quiet", "--out", path]);
    assert_eq!(built.code, 0, "{built:?}");
    std::fs::read(out.path().join("mixing-valve.wasm")).unwrap()
});

fn celsius(value: f64) -> Celsius {
    Celsius::new(value).unwrap()
}

fn inputs() -> Inputs {
    Inputs {
        hot: HotWater::new(60.0).unwrap(),
        cold: celsius(10.0),
        target: celsius(35.0),
        past: vec![celsius(30.0), celsius(31.0)],
        trims: Some(vec![Opening::new(7).unwrap()]),
        valve: ValveId::new("north".to_owned()),
    }
}

#[test]
fn one_crate_of_types_serves_the_guest_and_its_host() {
    let world = &shared::valve::WORLD;
    let loaded = Loaded::for_world(&engine(), &GUEST, world, &Default::default()).unwrap();
    let mut instance = loaded.instantiate().unwrap();
    let decision: Decision = shared::valve::call_mix(&mut instance, &inputs()).unwrap().unwrap();
    let expected = Decision {
        opening: Opening::new(50).unwrap(),
        part: Part::new(0.5).unwrap(),
        hold: Seconds::new(60),
        mixed: (celsius(35.0), 2),
    };
    assert_eq!(decision, expected);
    assert_eq!(Ok(decision), mixing_valve::Valve::mix(inputs()), "natively too");

    instance.reset().unwrap();
    let unsteady = Inputs { past: vec![celsius(30.0), Celsius::MAX], ..inputs() };
    let fault = shared::valve::call_mix(&mut instance, &unsteady).unwrap();
    assert_eq!(fault, Err(Fault::Unsteady(unsteady.past)));

    instance.reset().unwrap();
    let warmest: Celsius =
        shared::valve::call_warmest(&mut instance, &[celsius(3.0), celsius(77.0)], celsius(50.0)).unwrap();
    assert_eq!(warmest, celsius(77.0));

    instance.reset().unwrap();
    let name: ValveId = shared::valve::call_name(&mut instance, &ValveId::new("südlich".to_owned())).unwrap();
    assert_eq!(name.get(), "südlich");
}

#[test]
fn an_argument_outside_its_range_never_becomes_a_newtype() {
    let world = &plain::valve::WORLD;
    let loaded = Loaded::for_world(&engine(), &GUEST, world, &Default::default()).unwrap();
    let mut instance = loaded.instantiate().unwrap();
    let warmest = |instance: &mut _, water: &[f64], least| plain::valve::call_warmest(instance, water, least);
    assert_eq!(warmest(&mut instance, &[0.0, 100.0], 40.0), Ok(100.0), "the ends are in the range");
    for (water, least) in [
        (&[100.0_f64.next_up()][..], 40.0),
        (&[1.0, f64::NAN, 2.0], 40.0),
        (&[-1.0], 40.0),
        (&[], f64::INFINITY),
        (&[], -0.5),
    ] {
        let mut instance = loaded.instantiate().unwrap();
        let refused = warmest(&mut instance, water, least);
        assert!(matches!(refused, Err(CallError::Trap(_))), "{water:?} {least}: {refused:?}");
    }

    // A slot has looked at the range before, so that the guest is not even called.
    let builder = plain::valve::Slot::builder(&engine()).fallback(Fallback::Constant);
    let slot: plain::valve::Slot = running(builder, world, GUEST.clone());
    let refused = CallError::Input(GuardViolation::Range {
        path: "water[1]".to_owned(),
        value: "100.5".to_owned(),
        range: "0..=100",
    });
    assert_eq!(slot.warmest(&[1.0, 100.5], 40.0), Err(refused));
}

/// Gives back what it is given, whatever the contract says: `hot` as `some` unless it is 0.
const LIAR: &str = r#"(module
    (memory (export "memory") 1)
    (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) unreachable)
    (func (export "acme:mixing-valve/probe@1.0.0#read") (param f64) (result f64) (local.get 0))
    (func (export "acme:mixing-valve/probe@1.0.0#hot") (param f64) (result i32)
        (i32.store8 (i32.const 64) (f64.ne (local.get 0) (f64.const 0)))
        (f64.store (i32.const 72) (local.get 0))
        (i32.const 64)))"#;

#[test]
fn a_result_outside_its_range_is_a_malformed_result() {
    let world = &probe::prober::WORLD;
    let liar = component("tests/newtypes/wit", "prober", LIAR);
    let loaded = Loaded::for_world(&engine(), &liar, world, &Default::default()).unwrap();
    let mut instance = loaded.instantiate().unwrap();
    assert_eq!(probe::prober::call_read(&mut instance, 100.0), Ok(Celsius::MAX));
    assert_eq!(probe::prober::call_hot(&mut instance, 0.0), Ok(None));
    assert_eq!(probe::prober::call_hot(&mut instance, 85.0), Ok(Some(HotWater::MAX)));

    let refused = probe::prober::call_hot(&mut instance, 90.0).unwrap_err();
    let expected =
        LiftError::OutOfRange { alias: "units/hot-water", value: "90".to_owned(), range: "40..=85" };
    assert_eq!(refused, CallError::Lift(expected));
    assert_eq!(refused.code(), "lift-out-of-range");
    assert_eq!(
        refused.to_string(),
        "the guest's result is malformed: `units/hot-water` is 90, outside its range 40..=85"
    );
    for value in [f64::NAN, -1.0, 100.5] {
        let refused = probe::prober::call_read(&mut instance, value);
        assert!(
            matches!(refused, Err(CallError::Lift(LiftError::OutOfRange { .. }))),
            "{value}: {refused:?}"
        );
    }
}

#[test]
fn a_fallback_stands_in_for_a_result_outside_its_range() {
    let world = &probe::prober::WORLD;
    let builder = probe::prober::Slot::builder(&engine()).fallback(Fallback::Constant);
    let slot: probe::prober::Slot = running(builder, world, component("tests/newtypes/wit", "prober", LIAR));
    slot.read_fallback(celsius(20.0)).unwrap();
    assert_eq!(slot.read(21.5), Ok(Outcome::Value(celsius(21.5))));
    let outcome = slot.read(1000.0).unwrap();
    assert!(matches!(outcome, Outcome::Fallback { .. }), "{outcome:?}");
    assert_eq!(outcome.into_value(), celsius(20.0));
}

#[test]
fn a_newtype_changes_nothing_in_the_contract() {
    let digests = |world: &linchpin_host::world::WorldContract| {
        world.functions.iter().map(|function| function.digest).collect::<Vec<_>>()
    };
    assert_eq!(digests(&shared::valve::WORLD), digests(&plain::valve::WORLD));
}
