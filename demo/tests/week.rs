//! The week that comes with the demo: what each planner costs, and that the device minds itself.

use linchpin_demo::household::Household;
use linchpin_demo::series::{DRAWS_CSV, HOURS, PRICES_CSV, draws, prices};
use linchpin_demo::tank::Build;
use linchpin_demo::week::{Config, DAYS, Decision, HourInputs, WeekReport, run_week};

/// A guest as a planner: its own types, called as plain Rust.
macro_rules! plan_by {
    ($guest:ident, $hour:expr) => {{
        let hour: &HourInputs = $hour;
        let decision = $guest::Heater::plan($guest::Inputs {
            minute_of_day: hour.minute_of_day,
            prices: hour.prices.clone(),
            draws: hour.draws.clone(),
            tank_temp: hour.tank_temp,
            mains_temp: hour.mains_temp,
            room_temp: hour.room_temp,
            mode: $guest::Mode::Eco,
            sensors: $guest::Sensors { tank_top: true, tank_bottom: true, mains_inlet: true },
            tank: $guest::Tank {
                volume: hour.build.volume_litres,
                power: hour.build.power_watts,
                loss: hour.build.loss_watts_per_kelvin,
            },
        });
        Decision { setpoint_celsius: decision.expect("the week is within the contract").setpoint }
    }};
}

fn thermostat(hour: &HourInputs) -> Decision {
    plan_by!(heater_thermostat, hour)
}

fn schedule_1_0(hour: &HourInputs) -> Decision {
    plan_by!(heater_schedule_1_0, hour)
}

fn schedule_1_1(hour: &HourInputs) -> Decision {
    plan_by!(heater_schedule, hour)
}

fn config(household: Household) -> Config {
    Config {
        build: Build::COMMON,
        start_celsius: 55.0,
        prices: prices("prices.csv", PRICES_CSV, "Denmark 1").expect("the demo's prices are whole"),
        pattern: draws("draws.csv", DRAWS_CSV).expect("the demo's draws are whole"),
        household,
    }
}

fn run(config: &Config, mut plan: impl FnMut(&HourInputs) -> Decision) -> WeekReport {
    run_week(config, &mut plan).expect("the week is complete")
}

/// `better` costs less than `worse`, in the bill and with the stored heat settled, and is never colder.
fn assert_better(better: &WeekReport, worse: &WeekReport) {
    assert!(better.total.euro < worse.total.euro, "{better:?} {worse:?}");
    assert!(better.settled_euro < worse.settled_euro, "{better:?} {worse:?}");
    let minutes = |report: &WeekReport| report.total.minutes_below_comfort;
    assert!(minutes(better) <= minutes(worse), "{better:?} {worse:?}");
}

#[test]
fn each_generation_costs_less_and_is_no_colder() {
    for household in [Household::REGULAR, Household::VARIED] {
        let config = config(household);
        let old = run(&config, thermostat);
        let first = run(&config, schedule_1_0);
        let second = run(&config, schedule_1_1);
        assert_better(&first, &old);
        assert_better(&second, &first);
    }
}

#[test]
fn the_days_add_up_to_the_week() {
    let report = run(&config(Household::VARIED), schedule_1_1);
    assert_eq!(report.days.len(), DAYS);
    assert_eq!(report.days[0].date, "Jan 22, 2018");
    assert_eq!(report.days[6].date, "Jan 28, 2018");
    let sum = |of: fn(&WeekReport, usize) -> f64| (0..DAYS).map(|day| of(&report, day)).sum::<f64>();
    assert!((sum(|report, day| report.days[day].figures.kwh) - report.total.kwh).abs() < 1e-9);
    assert!((sum(|report, day| report.days[day].figures.euro) - report.total.euro).abs() < 1e-9);
}

#[test]
fn a_swap_in_mid_week_changes_nothing_before_it() {
    let config = config(Household::VARIED);
    let swap_hour = 3 * HOURS;
    let plan = |hour: &HourInputs| {
        if hour.hour_of_week < swap_hour { schedule_1_0(hour) } else { schedule_1_1(hour) }
    };
    let (swapped, first) = (run(&config, plan), run(&config, schedule_1_0));
    assert_eq!(swapped.days[..3], first.days[..3]);
    assert_ne!(swapped.days[3..], first.days[3..]);
}

#[test]
fn a_planner_knows_what_a_device_knows_and_no_more() {
    let mut hours = 0;
    let config = config(Household::VARIED);
    run(&config, |hour| {
        let of_day = hour.hour_of_week % HOURS;
        let known = if of_day < 13 { 24 - of_day } else { 48 - of_day };
        assert_eq!(hour.prices.len(), known);
        assert_eq!(hour.prices[0], config.prices[hour.hour_of_week / HOURS].eur_per_mwh[of_day]);
        assert_eq!(usize::from(hour.minute_of_day), of_day * 60);
        assert_eq!(hour.draws.as_ref().map(Vec::len), (hour.hour_of_week >= HOURS).then_some(known));
        hours += 1;
        thermostat(hour)
    });
    assert_eq!(hours, DAYS * HOURS);
}

#[test]
fn the_second_day_expects_what_the_first_one_drew() {
    run(&config(Household::REGULAR), |hour| {
        if hour.hour_of_week == HOURS + 6 {
            let draws = hour.draws.as_ref().expect("a day was seen");
            assert!((draws[0] - 64.4).abs() < 0.1, "{}", draws[0]);
        }
        thermostat(hour)
    });
}

#[test]
fn wild_setpoints_are_clamped_and_counted() {
    for wild in [f64::NAN, f64::INFINITY, 80.001, -1.0] {
        let report = run(&config(Household::REGULAR), |_| Decision { setpoint_celsius: wild });
        assert_eq!(report.clamped_hours, 168, "{wild}");
    }
    let calm = run(&config(Household::REGULAR), |_| Decision { setpoint_celsius: 80.0 });
    assert_eq!(calm.clamped_hours, 0);
}

#[test]
fn an_unheated_week_is_cold_and_free() {
    let report = run(&config(Household::REGULAR), |_| Decision { setpoint_celsius: 5.0 });
    assert_eq!((report.total.kwh, report.total.euro), (0.0, 0.0));
    assert!(report.total.minutes_below_comfort > 6 * 24 * 60, "{:?}", report.total);
    assert!(report.stored_kwh < -5.0 && report.settled_euro > 0.0, "{report:?}");
}

#[test]
fn a_week_without_the_day_after_it_is_refused() {
    let mut config = config(Household::REGULAR);
    config.prices.pop();
    let error = run_week(&config, &mut thermostat).unwrap_err();
    assert_eq!(error.code(), "week-incomplete");
    assert_eq!(
        error.to_string(),
        "prices: 7 days where 8 are needed; give the seven days and the one after them"
    );
}
