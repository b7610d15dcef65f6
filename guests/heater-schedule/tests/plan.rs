//! What the schedule decides, on hand-made days and on any inputs the contract allows.

use heater_schedule::{Decision, Heater, Inputs, Mode, Reason, Sensors, Tank};
use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};

/// A winter evening: 24 hours, dear until midnight, cheap before dawn.
fn inputs() -> Inputs {
    let dear_then_cheap = |hour: usize| if (6..12).contains(&hour) { 10.0 } else { 60.0 };
    Inputs {
        minute_of_day: 18 * 60,
        prices: (0..24).map(dear_then_cheap).collect(),
        draws: None,
        tank_temp: 60.0,
        mains_temp: 7.0,
        room_temp: 20.0,
        mode: Mode::Eco,
        sensors: Sensors { tank_top: true, tank_bottom: true, mains_inlet: true },
        tank: Tank { volume: 200.0, power: 3000.0, loss: 1.8 },
    }
}

fn decide(inputs: &Inputs) -> Decision {
    Heater::plan(inputs.clone()).expect("the inputs are within the contract")
}

#[test]
fn a_warm_tank_coasts_until_electricity_is_cheap() {
    let evening = decide(&inputs());
    assert_eq!((evening.setpoint, evening.reason), (55.5, Reason::Coasting));
    // The last cheap hour: any earlier one would only lose heat for longer.
    let mut cheap = inputs();
    cheap.minute_of_day = 5 * 60;
    cheap.prices.rotate_left(11);
    let night = decide(&cheap);
    assert_eq!(night.reason, Reason::CheapestHours);
    assert!(night.setpoint > evening.setpoint + 5.0, "{night:?}");
}

#[test]
fn a_cold_tank_is_heated_at_any_price() {
    let cold = decide(&Inputs { tank_temp: 30.0, ..inputs() });
    assert_eq!(cold.reason, Reason::ComfortFloor);
}

#[test]
fn being_paid_to_heat_fills_the_tank() {
    let paid = Inputs { prices: vec![-50.0; 24], ..inputs() };
    assert_eq!(decide(&paid).setpoint, 70.0);
}

#[test]
fn comfort_keeps_more_ready_than_eco() {
    let comfort = decide(&Inputs { mode: Mode::Comfort, ..inputs() });
    assert!(comfort.setpoint > decide(&inputs()).setpoint + 4.0, "{comfort:?}");
}

#[test]
fn a_decision_stands_as_long_as_its_level() {
    let flat = Inputs { prices: vec![40.0; 36], tank_temp: 65.0, ..inputs() };
    let decision = decide(&flat);
    assert!((2..=24).contains(&decision.hold_hours), "{decision:?}");
}

#[test]
fn less_is_kept_ready_once_the_draws_are_known() {
    let quiet = decide(&Inputs { draws: Some(vec![0.0; 24]), ..inputs() });
    assert!(quiet.setpoint < decide(&inputs()).setpoint, "{quiet:?}");
}

#[test]
fn the_tank_is_hot_an_hour_before_a_large_draw_and_not_much_earlier() {
    let setpoint_before = |hours: usize| {
        let mut draws = vec![0.0; 24];
        draws[hours] = 60.0;
        decide(&Inputs { draws: Some(draws), prices: vec![40.0; 24], ..inputs() }).setpoint
    };
    assert!(setpoint_before(1) >= 59.0, "{}", setpoint_before(1));
    assert!(setpoint_before(2) >= 59.0, "{}", setpoint_before(2));
    assert!(setpoint_before(12) < 54.0, "{}", setpoint_before(12));
}

#[test]
fn before_the_draws_are_known_it_decides_as_version_1_0_does() {
    let (new, old) =
        (decide(&inputs()), heater_schedule_1_0::Heater::plan(as_version_1_0(inputs())).unwrap());
    assert_eq!((new.setpoint, new.hold_hours), (old.setpoint, old.hold_hours));
}

fn as_version_1_0(inputs: Inputs) -> heater_schedule_1_0::Inputs {
    heater_schedule_1_0::Inputs {
        minute_of_day: inputs.minute_of_day,
        prices: inputs.prices,
        draws: inputs.draws,
        tank_temp: inputs.tank_temp,
        mains_temp: inputs.mains_temp,
        room_temp: inputs.room_temp,
        mode: heater_schedule_1_0::Mode::Eco,
        sensors: heater_schedule_1_0::Sensors { tank_top: true, tank_bottom: true, mains_inlet: true },
        tank: heater_schedule_1_0::Tank {
            volume: inputs.tank.volume,
            power: inputs.tank.power,
            loss: inputs.tank.loss,
        },
    }
}

fn any_inputs() -> impl Strategy<Value = Inputs> {
    let tank = (10.0..=1000.0_f64, 100.0..=20_000.0_f64, 0.0..=20.0_f64)
        .prop_map(|(volume, power, loss)| Tank { volume, power, loss });
    let prices = prop::collection::vec((-500.0..=4000.0_f64, 0.0..=500.0_f64), 12..49);
    let temperatures = (0.0..=99.0_f64, 0.0..=40.0_f64, -20.0..=50.0_f64);
    let mode = prop_oneof![Just(Mode::Eco), Just(Mode::Comfort)];
    (0..1440_u16, prices, any::<bool>(), temperatures, mode, tank).prop_map(
        |(minute_of_day, hours, learned, (tank_temp, mains_temp, room_temp), mode, tank)| {
            let (prices, draws): (Vec<f64>, Vec<f64>) = hours.into_iter().unzip();
            let draws = learned.then_some(draws);
            Inputs { minute_of_day, prices, draws, tank_temp, mains_temp, room_temp, mode, tank, ..inputs() }
        },
    )
}

/// Whether the device would switch its element on within the hour.
fn urgency(reason: Reason) -> u8 {
    match reason {
        Reason::SwitchedOff | Reason::Coasting => 0,
        Reason::CheapestHours | Reason::ComfortFloor | Reason::Boost => 1,
    }
}

proptest! {
    #[test]
    fn decisions_stay_in_the_contract_s_ranges(inputs in any_inputs()) {
        let decision = decide(&inputs);
        prop_assert!((47.0..=70.0).contains(&decision.setpoint), "{decision:?}");
        prop_assert!((1..=24).contains(&decision.hold_hours), "{decision:?}");
    }

    #[test]
    fn a_colder_tank_is_never_less_urgent(inputs in any_inputs(), colder in 0.0..=1.0_f64) {
        let warm = decide(&inputs);
        let cold = decide(&Inputs { tank_temp: inputs.tank_temp * colder, ..inputs });
        prop_assert_eq!(warm.setpoint, cold.setpoint);
        prop_assert!(urgency(cold.reason) >= urgency(warm.reason), "{warm:?} {cold:?}");
    }

    #[test]
    fn the_same_inputs_give_the_same_bits(inputs in any_inputs()) {
        let (once, again) = (decide(&inputs), decide(&inputs));
        prop_assert_eq!(once.setpoint.to_bits(), again.setpoint.to_bits());
        prop_assert_eq!(once, again);
    }

    #[test]
    fn expecting_more_water_never_lowers_the_setpoint_on_flat_prices(
        mut draws in prop::collection::vec(0.0..=60.0_f64, 24), hour in 1..24_usize, more in 0.0..=60.0_f64,
    ) {
        let flat = |draws: &[f64]| Inputs { prices: vec![40.0; 24], draws: Some(draws.to_vec()), ..inputs() };
        let before = decide(&flat(&draws));
        draws[hour] += more;
        prop_assert!(decide(&flat(&draws)).setpoint >= before.setpoint);
    }
}
