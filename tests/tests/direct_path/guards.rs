//! Tags on aliases, cases, lists, options, tuples and functions, both ways, through a slot.

use linchpin_host::CallError;

use crate::bindings::tags::{self, Hour, Inputs, Plain};
use crate::guests::{ALLOCATOR, component, engine, running};

/// `plan` answers `ok` with the case that `plain` names, and `now` as its payload.
fn code() -> String {
    format!(
        r#"(module {ALLOCATOR}
        (func (export "test:tags/control@1.0.0#plan")
            (param $temp f64) (param i32 i32) (param i32 f64) (param i32 i32) (param f64 i32 i32)
            (param $plain i32) (param $now f64) (result i32)
            (i32.store8 (i32.const 0) (i32.const 0))
            (i32.store8 (i32.const 8) (local.get $plain))
            (if (i32.eq (local.get $plain) (i32.const 1))
                (then (f64.store (i32.const 16) (local.get $now)))
                (else (i32.store (i32.const 16) (i32.trunc_f64_s (local.get $now)))))
            (i32.const 0))
        (func (export "test:tags/control@1.0.0#percent") (param $x i32) (result i32)
            (i32.store8 (i32.const 0) (i32.const 0))
            (i32.store8 (i32.const 1) (local.get $x))
            (i32.const 0))
        (func (export "test:tags/control@1.0.0#free") (param i32) (result i32) (local.get 0)))"#
    )
}

fn slot() -> tags::Slot {
    let component = component("macros/codegen/tests/host/tags.wit", "tags", &code());
    running(tags::Slot::builder(&engine()), &tags::WORLD, component)
}

fn inputs(plain: u8) -> Inputs {
    let pair = (20.0, "any text".to_owned());
    let hours = vec![Hour { hour: 23, price: 1e9 }];
    Inputs { temp: 20.0, prices: vec![1.0, 2.0], share: Some(0.5), hours, pair, plain }
}

/// What the slot says to one call of `plan`, as a path and its refusal.
fn said(inputs: &Inputs, now: f64) -> String {
    match slot().plan(inputs, now) {
        Ok(outcome) => format!("{:?}", outcome.into_value()),
        Err(CallError::Input(violation)) => format!("argument: {violation}"),
        Err(CallError::Guard(violation)) => format!("result: {violation}"),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn arguments_are_held_against_their_ranges_wherever_they_are() {
    let with = |change: fn(&mut Inputs)| {
        let mut inputs = inputs(0);
        change(&mut inputs);
        said(&inputs, 20.0)
    };
    assert_eq!(with(|_| ()), "Ok(Idle)");
    let refused = [
        (with(|it| it.temp = 99.6), "`inputs.temp` is 99.6, outside its range 0..=99.5"),
        (with(|it| it.temp = -30.0), "`inputs.temp` is -30, outside its range 0..=99.5"),
        (with(|it| it.prices[1] = 4001.0), "`inputs.prices[1]` is 4001, outside its range -500..=4000"),
        (with(|it| it.share = Some(1.5)), "`inputs.share` is 1.5, outside its range 0..=1"),
        (with(|it| it.hours[0].hour = 24), "`inputs.hours[0].hour` is 24, outside its range 0..=23"),
        (with(|it| it.pair.0 = 121.0), "`inputs.pair.0` is 121, outside its range -20..=120"),
    ];
    for (said, expected) in refused {
        assert_eq!(said, format!("argument: {expected}"));
    }
    assert_eq!(with(|it| it.share = None), "Ok(Idle)");
    assert_eq!(said(&inputs(0), 150.0), "argument: `now` is 150, outside its range -20..=120");
}

#[test]
fn results_are_held_against_ranges_and_steps() {
    assert_eq!(said(&inputs(1), 20.5), "Ok(Setpoint(20.5))");
    assert_eq!(said(&inputs(1), 90.0), "result: `ok.setpoint` is 90, outside its range 5..=80");
    assert_eq!(said(&inputs(1), 20.3), "result: `ok.setpoint` is 20.3, not on its steps of 0.5");
    assert_eq!(said(&inputs(2), 30.0), "Ok(Minutes(30))");
    assert_eq!(said(&inputs(2), 40.0), "result: `ok.minutes` is 40, not on its steps of 15");
    assert_eq!(said(&inputs(3), 24.0), "result: `ok.at.hour` is 24, outside its range 0..=23");
}

#[test]
fn a_tag_on_a_function_speaks_of_its_result() {
    let slot = slot();
    assert_eq!(slot.percent(&Plain { a: 100 }).map(linchpin_host::Outcome::into_value), Ok(Ok(100)));
    let error = slot.percent(&Plain { a: 0 }).unwrap_err();
    assert_eq!(error.to_string(), "the result was refused: `ok` is 0, outside its range 1..=100");
}

#[test]
fn what_has_no_tag_is_not_held_against_any() {
    let plain = Plain { a: u32::MAX };
    assert_eq!(slot().free(&plain).map(linchpin_host::Outcome::into_value), Ok(plain));
}
