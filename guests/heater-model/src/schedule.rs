//! The cheapest way to heat, by dynamic programming from the last known price back to now.
//!
//! # The problem
//! Let `x` be the temperature at the start of a step and `idle(x)` the temperature at its end without
//! heating. The element can bring it to any `y` in `idle(x) ..= idle(x) + reach`. The least cost from a
//! step on is
//!
//! ```text
//! V(x) = cold(x) + min over y of  price * (y - idle(x)) * kelvin_in_per_kelvin + Vnext(y)
//! ```
//!
//! in EUR/MWh times kelvin: the tank's heat capacity is a common factor and drops out. `cold(x)` charges
//! [`COLD_PRICE`] for each kelvin and hour that the tank would be below the comfort floor if the step's
//! reserve were drawn at once: dearer than any price of the contract, so that comfort is bought first
//! wherever it can be had, and a cold tank that cannot be helped is no special case.
//!
//! # After the last step
//! Heat left in the tank is worth [`Comfort::leftover_price`] up to the ceiling, and a tank that could
//! not serve the last step's reserve again is charged as above. So the plan neither drains the tank at
//! the end nor fills it for its own sake.
//!
//! # Why one number is the answer
//! `V` is convex: it starts so, `idle` is affine, and both `cold` and the cost are convex. So
//! `price * y + Vnext(y)` has one minimum `level`, wherever the tank is now, and the best `y` is the
//! `level`, or as near to it as the step can come. "Heat up to `level`" is what a device's regulator
//! does with a setpoint: the first step's level *is* the setpoint, at any temperature.
//!
//! # The grid
//! `V` is kept at [`POINTS`] temperatures, [`STEP_KELVIN`] apart, and is straight between and beyond
//! them, which keeps it convex. A plan of `n` steps costs `n * POINTS` evaluations.

use crate::thermal::{Balance, Surroundings, Tank};

/// Lowest temperature of the grid.
pub(crate) const LOWEST_CELSIUS: f64 = 5.0;

/// Distance of the grid's temperatures.
pub(crate) const STEP_KELVIN: f64 = 0.5;

/// Temperatures of the grid: 5 to 80 °C.
pub(crate) const POINTS: usize = 151;

/// Charge for a kelvin below comfort over an hour, in EUR/MWh: five times the dearest price allowed.
pub(crate) const COLD_PRICE: f64 = 20_000.0;

/// Cost differences below this are rounding, in EUR/MWh times kelvin.
const COST_TOLERANCE: f64 = 1e-6;

/// One step of the plan, an hour or what is left of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// How long the step lasts; more than zero.
    pub hours: f64,
    /// What heating costs in it.
    pub price_eur_per_mwh: f64,
    /// Water that will be drawn, in litres at the tap.
    pub draw_litres: f64,
    /// Water that the tank must be able to give at the start without getting too cold.
    pub reserve_litres: f64,
}

/// What the plan has to keep.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comfort {
    /// The tank should not be colder.
    pub floor_celsius: f64,
    /// The plan heats no further.
    pub ceiling_celsius: f64,
    /// What a kelvin left in the tank after the last step is worth, in EUR/MWh.
    pub leftover_price: f64,
}

/// The cheapest plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// Temperature to heat to in the first step; at or below the tank's own, nothing is heated.
    pub level_celsius: f64,
    /// Steps from now that share this level.
    pub steps: u8,
    value: Value,
}

impl Plan {
    /// Least cost from now on for a tank at `celsius`, in EUR/MWh times kelvin.
    #[must_use]
    pub fn cost(&self, celsius: f64) -> f64 {
        self.value.at(celsius)
    }
}

/// Plans `count` steps; `step(0)` is the one that begins now.
#[must_use]
pub fn cheapest(
    tank: &Tank,
    around: &Surroundings,
    comfort: &Comfort,
    count: usize,
    step: &dyn Fn(usize) -> Step,
) -> Plan {
    let mut plan = Plan { level_celsius: LOWEST_CELSIUS, steps: 0, value: Value([0.0; POINTS]) };
    for index in (0..count).rev() {
        let step = step(index);
        let balance = Balance::new(tank, around, step.hours);
        if plan.steps == 0 {
            plan.value = Value::at_end(&balance, comfort, &step);
        }
        let level = plan.value.level(step.price_eur_per_mwh * balance.kelvin_in_per_kelvin, comfort);
        plan.steps = if level == plan.level_celsius { plan.steps.saturating_add(1) } else { 1 };
        plan.level_celsius = level;
        plan.value = plan.value.before(&balance, comfort, &step, level);
    }
    plan
}

/// The least cost from some step on, at each temperature of the grid.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Value([f64; POINTS]);

impl Value {
    /// The value after the last step.
    fn at_end(balance: &Balance, comfort: &Comfort, last: &Step) -> Self {
        Self::over_grid(|celsius| {
            cold(balance, comfort, last, celsius)
                - comfort.leftover_price * celsius.min(comfort.ceiling_celsius)
        })
    }

    /// The value before a step in which the tank is heated towards `level`.
    fn before(&self, balance: &Balance, comfort: &Comfort, step: &Step, level: f64) -> Self {
        Self::over_grid(|celsius| {
            let idle = balance.unheated(celsius, step.draw_litres);
            let heated = level.min(idle + balance.reach_kelvin).max(idle);
            let heat = (heated - idle) * balance.kelvin_in_per_kelvin;
            cold(balance, comfort, step, celsius) + step.price_eur_per_mwh * heat + self.at(heated)
        })
    }

    /// The temperature at which heating on at `price` stops to pay.
    fn level(&self, price: f64, comfort: &Comfort) -> f64 {
        let mut best = (f64::INFINITY, LOWEST_CELSIUS);
        for (index, value) in self.0.iter().enumerate() {
            let celsius = grid(index);
            let cost = price * celsius + value;
            if celsius <= comfort.ceiling_celsius && cost < best.0 - COST_TOLERANCE {
                best = (cost, celsius);
            }
        }
        best.1
    }

    /// The value at any temperature: straight between the grid's points and beyond its ends.
    fn at(&self, celsius: f64) -> f64 {
        let position = (celsius - LOWEST_CELSIUS) / STEP_KELVIN;
        let index = (position as usize).min(POINTS - 2);
        match self.0.get(index..) {
            Some([here, next, ..]) => here + (next - here) * (position - index as f64),
            // No index reaches past the grid; an infinite cost would show if one did.
            _ => f64::INFINITY,
        }
    }

    fn over_grid(cost: impl Fn(f64) -> f64) -> Self {
        let mut values = [0.0; POINTS];
        for (index, value) in values.iter_mut().enumerate() {
            *value = cost(grid(index));
        }
        Self(values)
    }
}

/// The charge for a step that starts too cold to give its reserve.
fn cold(balance: &Balance, comfort: &Comfort, step: &Step, celsius: f64) -> f64 {
    let lowest = balance.unheated(celsius, step.reserve_litres);
    COLD_PRICE * step.hours * (comfort.floor_celsius - lowest).max(0.0)
}

fn grid(index: usize) -> f64 {
    LOWEST_CELSIUS + STEP_KELVIN * index as f64
}
