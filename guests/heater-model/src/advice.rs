//! From a plan to what a device is told, and why.

use crate::schedule::{Comfort, Step, cheapest};
use crate::thermal::{Balance, Surroundings, Tank};

/// A regulator that holds a temperature lets it fall by up to this much before it heats.
pub const REGULATOR_BAND_KELVIN: f64 = 2.0;

/// Longest that advice stands, in hours.
const LONGEST_HOURS: u8 = 24;

/// What the device should hold, for how long, and why.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Advice {
    /// Temperature for the regulator.
    pub setpoint_celsius: f64,
    /// Hours that it stands, 1 to 24.
    pub hours: u8,
    /// Why.
    pub cause: Cause,
}

/// Why a setpoint is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// Heating now is cheaper than heating later.
    Cheapest,
    /// Heating now is needed, whatever it costs.
    Floor,
    /// Warm enough: no heating in this hour.
    Coasting,
}

/// Plans the steps and turns the first one into a setpoint.
///
/// A plan may let the tank fall to the floor exactly. The setpoint stays [`REGULATOR_BAND_KELVIN`] above
/// it, so that the regulator's own lower edge is the floor.
#[must_use]
pub fn advise(
    tank: &Tank,
    around: &Surroundings,
    comfort: &Comfort,
    tank_celsius: f64,
    count: usize,
    step: &dyn Fn(usize) -> Step,
) -> Advice {
    let plan = cheapest(tank, around, comfort, count, step);
    let setpoint_celsius = plan.level_celsius.max(comfort.floor_celsius + REGULATOR_BAND_KELVIN);
    let now = step(0);
    let idle = Balance::new(tank, around, now.hours).unheated(tank_celsius, now.draw_litres);
    let cause = if idle > setpoint_celsius - REGULATOR_BAND_KELVIN {
        Cause::Coasting
    } else if is_needed(tank, around, comfort, setpoint_celsius, &step(1)) {
        Cause::Floor
    } else {
        Cause::Cheapest
    };
    Advice { setpoint_celsius, hours: plan.steps.clamp(1, LONGEST_HOURS), cause }
}

/// Whether a tank a regulator's band colder could not give what the next step may ask for.
fn is_needed(tank: &Tank, around: &Surroundings, comfort: &Comfort, setpoint: f64, next: &Step) -> bool {
    let balance = Balance::new(tank, around, next.hours);
    balance.unheated(setpoint - REGULATOR_BAND_KELVIN, next.reserve_litres) <= comfort.floor_celsius
}
