//! Types that were there before the bindings: those of a guest's crate, and those of a firmware.

use linchpin_host::{CallError, Fallback, GuardViolation, Loaded, Outcome};

use crate::end_to_end::guest;
use crate::guests::{engine, running};

/// The world with the types of a guest's own crate, as a crate of types that both sides share would be.
mod shared {
    linchpin_host::bindings!({ world: "heater", types: heater_schedule });
}

/// The world with some types of the firmware's, under other names, in another order, and the rest generated.
mod mixed {
    linchpin_host::bindings!({
        world: "heater",
        with: {
            "control/decision": crate::own::Target,
            "reason": crate::own::Why,
            "acme:water-heater/control/fault": crate::own::Problem,
            "sensors": crate::own::Probes,
        },
    });
}

#[derive(linchpin_host::Record, Debug, Clone, PartialEq)]
#[wit("decision")]
pub(crate) struct Target {
    pub(crate) reason: Why,
    #[wit("hold-hours")]
    pub(crate) hours: u8,
    pub(crate) setpoint: f64,
}

#[derive(linchpin_host::Enum, Debug, Clone, Copy, PartialEq)]
#[wit("reason")]
pub(crate) enum Why {
    Coasting,
    Boost,
    #[wit("switched-off")]
    Off,
    ComfortFloor,
    CheapestHours,
}

#[derive(linchpin_host::Variant, Debug, Clone, PartialEq)]
#[wit("control/fault")]
pub(crate) enum Problem {
    #[wit("sensor-silent")]
    Probe(Probes),
    OutOfRange(String),
    DrawsMismatch(u32),
    TooFewPrices(u32),
}

#[derive(linchpin_host::Flags, Debug, Clone, Copy, PartialEq, Default)]
#[wit("sensors")]
pub(crate) struct Probes {
    #[wit("mains-inlet")]
    pub(crate) inlet: bool,
    pub(crate) tank_bottom: bool,
    pub(crate) tank_top: bool,
}

fn shared_inputs() -> heater_schedule::Inputs {
    heater_schedule::Inputs {
        minute_of_day: 600,
        prices: vec![30.0; 24],
        draws: Some(vec![0.0; 24]),
        tank_temp: 55.0,
        mains_temp: 10.0,
        room_temp: 20.0,
        mode: heater_schedule::Mode::Eco,
        sensors: heater_schedule::Sensors { tank_top: true, tank_bottom: false, mains_inlet: true },
        tank: heater_schedule::Tank { volume: 150.0, power: 3000.0, loss: 1.5 },
    }
}

fn mixed_inputs() -> mixed::heater::Inputs {
    mixed::heater::Inputs {
        minute_of_day: 600,
        prices: vec![30.0; 24],
        draws: None,
        tank_temp: 55.0,
        mains_temp: 10.0,
        room_temp: 20.0,
        mode: mixed::heater::Mode::Eco,
        sensors: Probes { inlet: true, tank_bottom: false, tank_top: true },
        tank: mixed::heater::Tank { volume: 150.0, power: 3000.0, loss: 1.5 },
    }
}

fn target(setpoint: f64) -> Target {
    Target { reason: Why::Coasting, hours: 24, setpoint }
}

#[test]
fn a_guests_own_types_serve_its_host() {
    let loaded = Loaded::for_world(&engine(), &guest(), &shared::heater::WORLD, &Default::default()).unwrap();
    let mut instance = loaded.instantiate().unwrap();
    let mut inputs = shared_inputs();
    let decision: heater_schedule::Decision =
        shared::heater::call_plan(&mut instance, &inputs).unwrap().unwrap();
    assert_eq!((decision.setpoint, decision.hold_hours), (55.0, 24));
    assert_eq!(decision.reason, heater_schedule::Reason::Coasting);
    instance.reset().unwrap();
    inputs.mode = heater_schedule::Mode::Off;
    let fault = shared::heater::call_plan(&mut instance, &inputs).unwrap();
    assert_eq!(fault, Err(heater_schedule::Fault::SensorSilent(inputs.sensors)));
}

#[test]
fn renamed_types_cross_in_the_order_of_the_contract() {
    let loaded = Loaded::for_world(&engine(), &guest(), &mixed::heater::WORLD, &Default::default()).unwrap();
    let mut instance = loaded.instantiate().unwrap();
    let mut inputs = mixed_inputs();
    assert_eq!(mixed::heater::call_plan(&mut instance, &inputs), Ok(Ok(target(55.0))));
    instance.reset().unwrap();
    inputs.mode = mixed::heater::Mode::Off;
    inputs.sensors = Probes { inlet: false, tank_bottom: true, tank_top: false };
    assert_eq!(mixed::heater::call_plan(&mut instance, &inputs), Ok(Err(Problem::Probe(inputs.sensors))));
}

#[test]
fn ranges_hold_for_own_types_too() {
    let builder = mixed::heater::Slot::builder(&engine()).fallback(Fallback::Constant);
    let slot: mixed::heater::Slot = running(builder, &mixed::heater::WORLD, guest());
    assert_eq!(slot.plan(&mixed_inputs()), Ok(Outcome::Value(Ok(target(55.0)))));
    let hot = mixed::heater::Inputs { tank_temp: 90.0, ..mixed_inputs() };
    let refused = CallError::Guard(GuardViolation::Range {
        path: "ok.setpoint".to_owned(),
        value: "90".to_owned(),
        range: "5..=80",
    });
    assert_eq!(slot.plan(&hot), Err(refused));

    let builder = shared::heater::Slot::builder(&engine()).fallback(Fallback::Constant);
    let slot: shared::heater::Slot = running(builder, &shared::heater::WORLD, guest());
    let dear = heater_schedule::Inputs { prices: vec![30.0, 5000.0], ..shared_inputs() };
    assert_eq!(
        slot.plan(&dear).unwrap_err().to_string(),
        "the argument is outside its contract: `inputs.prices[1]` is 5000, outside its range -500..=4000"
    );
}

#[test]
fn own_types_change_nothing_in_the_contract() {
    let digests = |world: &linchpin_host::world::WorldContract| {
        world.functions.iter().map(|function| function.digest).collect::<Vec<_>>()
    };
    assert_eq!(digests(&shared::heater::WORLD), digests(&crate::bindings::heater::WORLD));
    assert_eq!(digests(&mixed::heater::WORLD), digests(&crate::bindings::heater::WORLD));
}
