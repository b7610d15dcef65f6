//! What the thermostat holds in each mode, and its two faults.

use heater_thermostat::{Decision, Fault, Heater, Inputs, Mode, Reason, Sensors, Tank};
use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

fn inputs(mode: Mode, tank_temp: f64) -> Inputs {
    Inputs {
        minute_of_day: 0,
        prices: vec![],
        draws: None,
        tank_temp,
        mains_temp: 7.0,
        room_temp: 20.0,
        mode,
        sensors: Sensors { tank_top: true, tank_bottom: false, mains_inlet: false },
        tank: Tank { volume: 200.0, power: 3000.0, loss: 1.8 },
    }
}

#[test]
fn each_mode_has_its_setpoint() {
    let at = |mode| Heater::plan(inputs(mode, 40.0)).unwrap();
    let hold = |setpoint, reason| Decision { setpoint, hold_hours: 1, reason };
    assert_eq!(at(Mode::Off), hold(5.0, Reason::SwitchedOff));
    assert_eq!(at(Mode::Eco), hold(55.0, Reason::ComfortFloor));
    assert_eq!(at(Mode::Comfort), hold(60.0, Reason::ComfortFloor));
    assert_eq!(at(Mode::Boost), hold(80.0, Reason::Boost));
}

#[test]
fn it_heats_from_the_lower_edge_of_the_band() {
    let reason = |tank_temp| Heater::plan(inputs(Mode::Eco, tank_temp)).unwrap().reason;
    assert_eq!(reason(53.0), Reason::ComfortFloor);
    assert_eq!(reason(53.001), Reason::Coasting);
    assert_eq!(reason(99.0), Reason::Coasting);
    assert_eq!(reason(0.0), Reason::ComfortFloor);
}

#[test]
fn a_temperature_that_cannot_be_right_is_a_fault() {
    for tank_temp in [-0.001, 99.001, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let fault = Err(Fault::OutOfRange("tank-temp".to_owned()));
        assert_eq!(Heater::plan(inputs(Mode::Eco, tank_temp)), fault, "{tank_temp}");
        assert_eq!(Heater::plan(inputs(Mode::Comfort, tank_temp)), fault, "{tank_temp}");
    }
}

#[test]
fn a_silent_sensor_matters_only_where_the_temperature_does() {
    let sensors = Sensors { tank_top: false, tank_bottom: true, mains_inlet: true };
    let plan = |mode| Heater::plan(Inputs { sensors, ..inputs(mode, f64::NAN) });
    assert_eq!(plan(Mode::Eco), Err(Fault::SensorSilent(sensors)));
    assert_eq!(plan(Mode::Comfort), Err(Fault::SensorSilent(sensors)));
    assert!(plan(Mode::Off).is_ok());
    assert!(plan(Mode::Boost).is_ok());
}

proptest! {
    #[test]
    fn prices_and_draws_change_nothing(
        prices in any::<Vec<f64>>(), draws in any::<Option<Vec<f64>>>(), tank_temp in 0.0..=99.0_f64,
    ) {
        let priced = Inputs { prices, draws, ..inputs(Mode::Eco, tank_temp) };
        prop_assert_eq!(Heater::plan(priced), Heater::plan(inputs(Mode::Eco, tank_temp)));
    }

    #[test]
    fn a_colder_tank_never_stops_the_heating(tank_temp in 0.0..=99.0_f64, share in 0.0..=1.0_f64) {
        let heats = |celsius| Heater::plan(inputs(Mode::Eco, celsius)).unwrap().reason == Reason::ComfortFloor;
        prop_assert!(!heats(tank_temp) || heats(tank_temp * share));
    }
}
