//! The water heater's world: typed inputs, a real component in a slot, a typed decision.

use linchpin_host::{CallError, Fallback, GuardViolation, Loaded, Outcome};

use crate::bindings::heater::{self, Decision, Fault, Inputs, Mode, Reason, Sensors, Tank};
use crate::guests::{ALLOCATOR, component, engine, running};

/// Holds the tank's own temperature, for as many hours as there are prices; `off` is a fault with the sensors.
fn code() -> String {
    format!(
        r#"(module {ALLOCATOR}
        (func (export "acme:water-heater/control@1.1.0#plan")
            (param $minute i32) (param $prices i32) (param $count i32)
            (param $has-draws i32) (param $draws i32) (param $draw-count i32)
            (param $tank f64) (param $mains f64) (param $room f64)
            (param $mode i32) (param $sensors i32)
            (param $volume f64) (param $power f64) (param $loss f64) (result i32)
            (if (i32.eqz (local.get $mode))
                (then ;; err(sensor-silent(sensors))
                    (i32.store8 (i32.const 32) (i32.const 1))
                    (i32.store8 (i32.const 40) (i32.const 3))
                    (i32.store8 (i32.const 44) (local.get $sensors))
                    (return (i32.const 32))))
            (i32.store8 (i32.const 32) (i32.const 0))
            (f64.store (i32.const 40) (local.get $tank))
            (i32.store8 (i32.const 48) (local.get $count))
            (i32.store8 (i32.const 49) (i32.const 4))
            (i32.const 32)))"#
    )
}

pub(crate) fn guest() -> Vec<u8> {
    component("wit/water-heater", "heater", &code())
}

fn inputs() -> Inputs {
    Inputs {
        minute_of_day: 600,
        prices: vec![30.0; 24],
        draws: Some(vec![0.0; 24]),
        tank_temp: 55.0,
        mains_temp: 10.0,
        room_temp: 20.0,
        mode: Mode::Eco,
        sensors: Sensors { tank_top: true, mains_inlet: true, ..Sensors::default() },
        tank: Tank { volume: 150.0, power: 3000.0, loss: 1.5 },
    }
}

fn decision(setpoint: f64) -> Decision {
    Decision { setpoint, hold_hours: 24, reason: Reason::Coasting }
}

fn slot() -> heater::Slot {
    let builder = heater::Slot::builder(&engine()).fallback(Fallback::Constant);
    running(builder, &heater::WORLD, guest())
}

#[test]
fn an_instance_is_called_directly() {
    let loaded = Loaded::for_world(&engine(), &guest(), &heater::WORLD, &Default::default()).unwrap();
    let mut instance = loaded.instantiate().unwrap();
    assert_eq!(heater::call_plan(&mut instance, &inputs()), Ok(Ok(decision(55.0))));
}

#[test]
fn a_slot_is_called_with_types() {
    assert_eq!(slot().plan(&inputs()), Ok(Outcome::Value(Ok(decision(55.0)))));
}

#[test]
fn a_fault_of_the_guest_is_a_value() {
    let inputs = Inputs { mode: Mode::Off, ..inputs() };
    let sensors = inputs.sensors;
    assert_eq!(slot().plan(&inputs), Ok(Outcome::Value(Err(Fault::SensorSilent(sensors)))));
}

#[test]
fn a_result_out_of_range_is_not_used() {
    let slot = slot();
    let hot = Inputs { tank_temp: 90.0, ..inputs() };
    let refused = CallError::Guard(GuardViolation::Range {
        path: "ok.setpoint".to_owned(),
        value: "90".to_owned(),
        range: "5..=80",
    });
    assert_eq!(slot.plan(&hot), Err(refused.clone()));
    slot.plan_fallback(Ok(decision(40.0))).unwrap();
    assert_eq!(slot.plan(&hot), Ok(Outcome::Fallback { value: Ok(decision(40.0)), why: refused }));
}

#[test]
fn an_argument_out_of_range_does_not_reach_the_guest() {
    let mut inputs = inputs();
    inputs.prices[3] = 5000.0;
    let error = slot().plan(&inputs).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the argument is outside its contract: `inputs.prices[3]` is 5000, outside its range -500..=4000"
    );
    assert!(error.is_callers_fault());
    inputs.prices[3] = f64::NAN;
    assert_eq!(slot().plan(&inputs).unwrap_err().code(), "input-out-of-range");
}

#[test]
fn the_firmware_has_the_last_word() {
    let slot = slot();
    let polite = |plan: &Result<Decision, Fault>| match plan {
        Ok(plan) if plan.setpoint > 50.0 => Err(GuardViolation::firmware("hotter than this house allows")),
        Ok(_) | Err(_) => Ok(()),
    };
    slot.plan_guard(polite).unwrap();
    assert_eq!(slot.plan(&inputs()).unwrap_err().code(), "guard-firmware");
    assert!(slot.plan(&Inputs { tank_temp: 49.0, ..inputs() }).is_ok());
    assert_eq!(slot.stats().calls, 2, "what a slot can do is there through the wrapper");
}
