//! The heater's week on two engines and by two paths: native Rust, wasmtime and wasmi, generated and dynamic calls give
//! the same bits, hour for hour.

use heater_schedule::{Fault, Inputs, Mode, Sensors, Tank};
use host::heater::{WORLD, call_plan};
use linchpin::build::{BuildOptions, build};
use linchpin_demo::household::Household;
use linchpin_demo::series::{DRAWS_CSV, PRICES_CSV, draws, prices};
use linchpin_demo::tank::Build;
use linchpin_demo::week::{Config, Decision, HourInputs, run_week};
use linchpin_engines::WasmiGuest;
use linchpin_host::abi::Instance;
use linchpin_host::dynamic::{DynamicFunction, Value};
use linchpin_host::wit::{WitEnum, WitFlags};
use linchpin_host::{Engine, EngineConfig, Limits, Loaded};
use std::path::Path;

/// The guest's own types are the host's too.
mod host {
    linchpin_host::bindings!({ world: "heater", types: heater_schedule });
}

/// What a plan is, bit for bit: setpoint, hours and reason.
type Bits = (u64, u8, u32);

fn component() -> Vec<u8> {
    let report = build(&BuildOptions {
        package: Some("heater-schedule".to_owned()),
        manifest_path: Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.toml")),
        out: Some(Path::new(env!("CARGO_TARGET_TMPDIR")).join("week")),
        quiet: true,
        ..BuildOptions::default()
    });
    std::fs::read(report.expect("the guest is built").output).expect("the component is there")
}

fn inputs(hour: &HourInputs) -> Inputs {
    Inputs {
        minute_of_day: hour.minute_of_day,
        prices: hour.prices.clone(),
        draws: hour.draws.clone(),
        tank_temp: hour.tank_temp,
        mains_temp: hour.mains_temp,
        room_temp: hour.room_temp,
        mode: Mode::Eco,
        sensors: Sensors { tank_top: true, tank_bottom: true, mains_inlet: true },
        tank: Tank {
            volume: hour.build.volume_litres,
            power: hour.build.power_watts,
            loss: hour.build.loss_watts_per_kelvin,
        },
    }
}

fn bits(plan: Result<heater_schedule::Decision, Fault>) -> Bits {
    let plan = plan.expect("the week is within the contract");
    (plan.setpoint.to_bits(), plan.hold_hours, plan.reason.index())
}

/// The inputs without their types.
fn value(inputs: &Inputs) -> Value {
    let list = |numbers: &[f64]| Value::List(numbers.iter().map(|number| Value::F64(*number)).collect());
    let sensors = inputs.sensors.to_bits();
    Value::Record(vec![
        Value::U16(inputs.minute_of_day),
        list(&inputs.prices),
        Value::Option(inputs.draws.as_deref().map(|draws| Box::new(list(draws)))),
        Value::F64(inputs.tank_temp),
        Value::F64(inputs.mains_temp),
        Value::F64(inputs.room_temp),
        Value::Enum(inputs.mode.index()),
        Value::Flags((0..3).map(|flag| sensors >> flag & 1 == 1).collect()),
        Value::Record([inputs.tank.volume, inputs.tank.power, inputs.tank.loss].map(Value::F64).to_vec()),
    ])
}

fn generated(instance: &mut impl Instance, inputs: &Inputs) -> Bits {
    bits(call_plan(instance, inputs).expect("the guest returns"))
}

fn dynamic(function: &DynamicFunction, instance: &mut impl Instance, inputs: &Inputs) -> Bits {
    let called = function.call(instance, 0, &[value(inputs)]).expect("the guest returns");
    let Some(Value::Result(Ok(Some(decision)))) = called else { panic!("no decision: {called:?}") };
    let Value::Record(fields) = *decision else { panic!("no record: {decision:?}") };
    let [Value::F64(setpoint), Value::U8(hours), Value::Enum(reason)] = fields[..] else {
        panic!("another record: {fields:?}")
    };
    (setpoint.to_bits(), hours, reason)
}

#[test]
fn a_week_is_the_same_on_both_engines_and_by_both_paths() {
    let component = component();
    let engine = Engine::new(EngineConfig::deterministic()).expect("the engine starts");
    let loaded = Loaded::for_world(&engine, &component, &WORLD, &Limits::default()).expect("it loads");
    let mut wasmi = WasmiGuest::new(&component, &Limits::default()).expect("wasmi takes it");
    let [function] = wasmi.functions() else { panic!("the world has one function") };
    let types = function.parameters.iter().map(|(_, ty)| ty);
    let function = DynamicFunction::new(types, function.result.as_ref()).expect("the types are small");

    let mut hours = 0;
    let mut plan = |hour: &HourInputs| {
        let inputs = inputs(hour);
        let native = heater_schedule::Heater::plan(inputs.clone());
        let expected = bits(native);
        let compiled = loaded.call(|instance| generated(instance, &inputs)).expect("there is memory");
        assert_eq!(compiled, expected, "wasmtime, generated, hour {}", hour.hour_of_week);
        let compiled =
            loaded.call(|instance| dynamic(&function, instance, &inputs)).expect("there is memory");
        assert_eq!(compiled, expected, "wasmtime, dynamic, hour {}", hour.hour_of_week);
        assert_eq!(generated(&mut wasmi, &inputs), expected, "wasmi, generated, hour {}", hour.hour_of_week);
        wasmi.reset().expect("there is memory");
        assert_eq!(
            dynamic(&function, &mut wasmi, &inputs),
            expected,
            "wasmi, dynamic, hour {}",
            hour.hour_of_week
        );
        wasmi.reset().expect("there is memory");
        hours += 1;
        Decision { setpoint_celsius: f64::from_bits(expected.0) }
    };
    let config = Config {
        build: Build::COMMON,
        start_celsius: 55.0,
        prices: prices("prices.csv", PRICES_CSV, "Denmark 1").expect("the demo's prices are whole"),
        pattern: draws("draws.csv", DRAWS_CSV).expect("the demo's draws are whole"),
        household: Household::VARIED,
    };
    run_week(&config, &mut plan).expect("the week is complete");
    assert_eq!(hours, 7 * 24);
}
