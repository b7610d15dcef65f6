//! Every fault, by the input that causes it, and what needs no input at all.

use heater_schedule_1_0::{Decision, Fault, Heater, Inputs, Mode, Reason, Sensors, Tank};

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

#[test]
fn every_number_outside_its_range_is_named() {
    type Change = fn(&mut Inputs, f64);
    let fields: [(&str, f64, f64, Change); 8] = [
        ("prices", -500.0, 4000.0, |inputs, value| inputs.prices[3] = value),
        ("draws", 0.0, 500.0, |inputs, value| inputs.draws = Some(vec![value; 24])),
        ("tank-temp", 0.0, 99.0, |inputs, value| inputs.tank_temp = value),
        ("mains-temp", 0.0, 40.0, |inputs, value| inputs.mains_temp = value),
        ("room-temp", -20.0, 50.0, |inputs, value| inputs.room_temp = value),
        ("tank.volume", 10.0, 1000.0, |inputs, value| inputs.tank.volume = value),
        ("tank.power", 100.0, 20_000.0, |inputs, value| inputs.tank.power = value),
        ("tank.loss", 0.0, 20.0, |inputs, value| inputs.tank.loss = value),
    ];
    for (field, lowest, highest, change) in fields {
        let plan = |value: f64| {
            let mut inputs = inputs();
            change(&mut inputs, value);
            Heater::plan(inputs)
        };
        let wrong = [lowest - 0.001, highest + 0.001, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX];
        for value in wrong {
            assert_eq!(plan(value), Err(Fault::OutOfRange(field.to_owned())), "{field} = {value}");
        }
        for value in [lowest, highest] {
            assert!(plan(value).is_ok(), "{field} = {value}");
        }
    }
}

#[test]
fn a_minute_past_the_day_is_named() {
    let late = |minute_of_day| Heater::plan(Inputs { minute_of_day, ..inputs() });
    assert!(late(1439).is_ok());
    assert_eq!(late(1440), Err(Fault::OutOfRange("minute-of-day".to_owned())));
    assert_eq!(late(u16::MAX), Err(Fault::OutOfRange("minute-of-day".to_owned())));
}

#[test]
fn twelve_prices_are_enough_and_eleven_are_not() {
    for count in [0, 1, 11] {
        let short = Inputs { prices: vec![30.0; count], ..inputs() };
        assert_eq!(Heater::plan(short), Err(Fault::TooFewPrices(count as u32)));
    }
    for count in [12, 48, 49, 10_000] {
        assert!(Heater::plan(Inputs { prices: vec![30.0; count], ..inputs() }).is_ok(), "{count}");
    }
}

#[test]
fn draws_for_other_hours_than_the_prices_are_refused() {
    for count in [0, 23, 25] {
        let other = Inputs { draws: Some(vec![5.0; count]), ..inputs() };
        assert_eq!(Heater::plan(other), Err(Fault::DrawsMismatch(count as u32)));
    }
}

#[test]
fn a_needed_sensor_that_is_silent_is_reported_with_the_others() {
    for (tank_top, mains_inlet) in [(false, true), (true, false), (false, false)] {
        let sensors = Sensors { tank_top, tank_bottom: true, mains_inlet };
        // What a silent sensor leaves in its field does not matter.
        let silent = Inputs { sensors, tank_temp: f64::NAN, ..inputs() };
        assert_eq!(Heater::plan(silent), Err(Fault::SensorSilent(sensors)));
    }
    let sensors = Sensors { tank_top: true, tank_bottom: false, mains_inlet: true };
    assert!(Heater::plan(Inputs { sensors, ..inputs() }).is_ok());
}

#[test]
fn off_and_boost_need_no_reading() {
    let sensors = Sensors { tank_top: false, tank_bottom: false, mains_inlet: false };
    let blind = Inputs { prices: vec![], tank_temp: f64::NAN, sensors, ..inputs() };
    let off = Decision { setpoint: 5.0, hold_hours: 1, reason: Reason::SwitchedOff };
    assert_eq!(Heater::plan(Inputs { mode: Mode::Off, ..blind.clone() }), Ok(off));
    let boost = Decision { setpoint: 80.0, hold_hours: 1, reason: Reason::Boost };
    assert_eq!(Heater::plan(Inputs { mode: Mode::Boost, ..blind }), Ok(boost));
}
