//! The heater's real `plan`, over a day of prices.

use crate::bindings::ours::heater::control::{Inputs, Mode, Sensors, Tank};
use crate::bindings::ours::heater::{Slot, WORLD, call_plan};
use crate::bindings::theirs::heater::Heater;
use crate::bindings::theirs::heater::exports::acme::water_heater::control as theirs;
use crate::component::{DEFAULT, Running, TUNED};
use crate::engines::Limited;
use crate::guests::Guests;
use crate::measure::Subject;
use crate::{Failure, ours};
use std::hint::black_box;
use wasmtime::Engine;

pub(super) fn subjects(guests: &Guests, limited: Limited) -> Result<Vec<Subject>, Failure> {
    let component = &guests.schedule;
    let native = native_inputs();
    let plan = || heater_schedule::Heater::plan(native_inputs()).map(|decision| decision.setpoint);
    let expected = plan().map_err(|_| "the inputs are right")?;
    let mut plain = ours::instance(component, &WORLD, limited)?;
    let mut reset = ours::instance(component, &WORLD, limited)?;
    let slot: Slot = ours::slot(Slot::builder, &WORLD, component, limited)?;
    let (a, b, c) = (inputs(), inputs(), inputs());
    Ok(vec![
        Subject::new("native", &Some(expected), move || {
            heater_schedule::Heater::plan(black_box(&native).clone()).ok().map(|decision| decision.setpoint)
        }),
        Subject::new(ours::PLAIN, &Some(expected), move || {
            let called = ours::plain(&mut plain, |it| call_plan(it, black_box(&a)));
            called.ok().map(|decision| decision.setpoint)
        }),
        Subject::new(ours::RESET, &Some(expected), move || {
            let called = ours::reset(&mut reset, |it| call_plan(it, black_box(&b)));
            called.ok().map(|decision| decision.setpoint)
        }),
        Subject::new(ours::SLOT, &Some(expected), move || {
            let called = slot.plan(black_box(&c)).expect("the guest returns");
            called.into_value().ok().map(|decision| decision.setpoint)
        }),
        bound(TUNED, &limited.tuned_engine()?, component, limited, expected)?,
        bound(DEFAULT, &limited.default_engine()?, component, limited, expected)?,
    ])
}

fn bound(
    name: &'static str,
    engine: &Engine,
    component: &[u8],
    limited: Limited,
    expected: f64,
) -> Result<Subject, Failure> {
    let (mut running, heater) =
        Running::bound(engine, component, limited, |store, instance| Heater::new(store, instance))?;
    let inputs = their_inputs();
    Ok(Subject::new(name, &Some(expected), move || {
        limited.arm(&mut running.store);
        let called = heater.acme_water_heater_control().call_plan(&mut running.store, black_box(&inputs));
        called.expect("the guest returns").ok().map(|decision| decision.setpoint)
    }))
}

fn prices() -> Vec<f64> {
    (0..24).map(|hour| 60.0 + 50.0 * (f64::from(hour) * 0.7).sin()).collect()
}

fn draws() -> Vec<f64> {
    (0..24).map(|hour| if hour % 7 == 6 { 35.0 } else { 2.0 }).collect()
}

fn inputs() -> Inputs {
    Inputs {
        minute_of_day: 700,
        prices: prices(),
        draws: Some(draws()),
        tank_temp: 52.0,
        mains_temp: 9.0,
        room_temp: 19.0,
        mode: Mode::Eco,
        sensors: Sensors { tank_top: true, tank_bottom: true, mains_inlet: true },
        tank: Tank { volume: 200.0, power: 2000.0, loss: 1.8 },
    }
}

fn their_inputs() -> theirs::Inputs {
    theirs::Inputs {
        minute_of_day: 700,
        prices: prices(),
        draws: Some(draws()),
        tank_temp: 52.0,
        mains_temp: 9.0,
        room_temp: 19.0,
        mode: theirs::Mode::Eco,
        sensors: theirs::Sensors::all(),
        tank: theirs::Tank { volume: 200.0, power: 2000.0, loss: 1.8 },
    }
}

fn native_inputs() -> heater_schedule::Inputs {
    heater_schedule::Inputs {
        minute_of_day: 700,
        prices: prices(),
        draws: Some(draws()),
        tank_temp: 52.0,
        mains_temp: 9.0,
        room_temp: 19.0,
        mode: heater_schedule::Mode::Eco,
        sensors: heater_schedule::Sensors { tank_top: true, tank_bottom: true, mains_inlet: true },
        tank: heater_schedule::Tank { volume: 200.0, power: 2000.0, loss: 1.8 },
    }
}
