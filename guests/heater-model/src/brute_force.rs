//! The search against exhaustive enumeration, on cases small enough for it.
//!
//! One enumeration keeps the grid and tries every temperature a step can end at, which checks the claim
//! that one level is best for all temperatures. The other one forgets the grid and follows whole plans in
//! the heat balance itself, which checks what the grid costs.

use std::vec::Vec;

use proptest::prelude::{Strategy, prop, prop_assert, proptest};

use crate::schedule::{COLD_PRICE, LOWEST_CELSIUS, POINTS, STEP_KELVIN};
use crate::{Balance, Comfort, Step, Surroundings, Tank, cheapest};

const AROUND: Surroundings = Surroundings { mains_celsius: 7.0, room_celsius: 20.0 };

fn tank(power_watts: f64) -> Tank {
    Tank { volume_litres: 200.0, power_watts, loss_watts_per_kelvin: 1.8 }
}

fn comfort(steps: &[Step]) -> Comfort {
    let leftover_price = steps.iter().map(|step| step.price_eur_per_mwh).fold(f64::INFINITY, f64::min);
    Comfort { floor_celsius: 45.0, ceiling_celsius: 70.0, leftover_price }
}

fn cold(balance: &Balance, comfort: &Comfort, step: &Step, celsius: f64) -> f64 {
    let lacking = comfort.floor_celsius - balance.unheated(celsius, step.reserve_litres);
    COLD_PRICE * step.hours * lacking.max(0.0)
}

fn leftover(tank: &Tank, comfort: &Comfort, last: &Step, celsius: f64) -> f64 {
    let balance = Balance::new(tank, &AROUND, last.hours);
    let kept = celsius.min(comfort.ceiling_celsius);
    cold(&balance, comfort, last, celsius) - comfort.leftover_price * kept
}

/// Least cost over the grid: at each point, every point in reach and both ends of the reach.
fn over_grid(tank: &Tank, comfort: &Comfort, steps: &[Step], last: &Step, celsius: f64) -> f64 {
    let at_point = |index: usize| {
        let celsius = LOWEST_CELSIUS + STEP_KELVIN * index as f64;
        let Some((step, later)) = steps.split_first() else { return leftover(tank, comfort, last, celsius) };
        let balance = Balance::new(tank, &AROUND, step.hours);
        let idle = balance.unheated(celsius, step.draw_litres);
        let full = idle + balance.reach_kelvin;
        let points = (0..POINTS).map(|point| LOWEST_CELSIUS + STEP_KELVIN * point as f64);
        let allowed = points.filter(|point| (idle..=full.min(comfort.ceiling_celsius)).contains(point));
        let best = allowed
            .chain([idle, full.min(comfort.ceiling_celsius).max(idle)])
            .map(|heated| {
                let heat = (heated - idle) * balance.kelvin_in_per_kelvin;
                step.price_eur_per_mwh * heat + over_grid(tank, comfort, later, last, heated)
            })
            .fold(f64::INFINITY, f64::min);
        cold(&balance, comfort, step, celsius) + best
    };
    let position = (celsius - LOWEST_CELSIUS) / STEP_KELVIN;
    let index = (position as usize).min(POINTS - 2);
    let share = position - index as f64;
    if share == 0.0 { at_point(index) } else { at_point(index) * (1.0 - share) + at_point(index + 1) * share }
}

/// Cost of following `shares` of full power through the heat balance, without a grid.
fn follow(
    tank: &Tank,
    comfort: &Comfort,
    steps: &[Step],
    celsius: f64,
    mut share: impl FnMut(usize, f64) -> f64,
) -> f64 {
    let (mut celsius, mut cost) = (celsius, 0.0);
    for (index, step) in steps.iter().enumerate() {
        let balance = Balance::new(tank, &AROUND, step.hours);
        cost += cold(&balance, comfort, step, celsius);
        let idle = balance.unheated(celsius, step.draw_litres);
        let most = (comfort.ceiling_celsius - idle).clamp(0.0, balance.reach_kelvin);
        let gain =
            share(index, celsius).clamp(0.0, 1.0).min(most / balance.reach_kelvin) * balance.reach_kelvin;
        cost += step.price_eur_per_mwh * gain * balance.kelvin_in_per_kelvin;
        celsius = idle + gain;
    }
    steps.last().map_or(cost, |last| cost + leftover(tank, comfort, last, celsius))
}

/// Cost of doing in each step what a new plan from there says, which is what a device does.
fn follow_levels(tank: &Tank, comfort: &Comfort, steps: &[Step], celsius: f64) -> f64 {
    follow(tank, comfort, steps, celsius, |index, celsius| {
        let later = &steps[index..];
        let plan = cheapest(tank, &AROUND, comfort, later.len(), &|at| later[at]);
        let balance = Balance::new(tank, &AROUND, later[0].hours);
        (plan.level_celsius - balance.unheated(celsius, later[0].draw_litres)) / balance.reach_kelvin
    })
}

fn steps(count: usize) -> impl Strategy<Value = Vec<Step>> {
    let step = (0.2..=1.0_f64, -100.0..400.0_f64, 0.0..30.0_f64, 0.0..40.0_f64).prop_map(
        |(hours, price_eur_per_mwh, draw_litres, reserve_litres)| Step {
            hours,
            price_eur_per_mwh,
            draw_litres,
            reserve_litres,
        },
    );
    prop::collection::vec(step, count)
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]

    #[test]
    fn the_grid_s_best_plan_is_found(steps in steps(4), celsius in 35.0..75.0_f64) {
        // 400 W reach under 2 K an hour, so that every choice of four steps can be tried.
        let (tank, comfort) = (tank(400.0), comfort(&steps));
        let found = cheapest(&tank, &AROUND, &comfort, steps.len(), &|at| steps[at]).cost(celsius);
        let best = over_grid(&tank, &comfort, &steps, &steps[3], celsius);
        prop_assert!((found - best).abs() <= 1e-6 * best.abs().max(1.0), "{found} {best}");
    }

    #[test]
    fn no_plan_in_fifths_of_power_is_cheaper(steps in steps(6), celsius in 40.0..72.0_f64) {
        let (tank, comfort) = (tank(3000.0), comfort(&steps));
        let found = follow_levels(&tank, &comfort, &steps, celsius);
        let best = (0..6_usize.pow(6))
            .map(|plan| {
                let share = |index: usize, _| (plan / 6_usize.pow(index as u32) % 6) as f64 / 5.0;
                follow(&tank, &comfort, &steps, celsius, share)
            })
            .fold(f64::INFINITY, f64::min);
        // One grid point too warm, at the widest spread of prices, is what the grid may cost.
        let allowed = 500.0 * STEP_KELVIN;
        prop_assert!(found <= best + allowed, "{found} {best}");
    }
}
