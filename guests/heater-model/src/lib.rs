//! What two generations of the heating schedule share: the physics of a hot-water tank and the search
//! for the cheapest way to heat it.
//!
//! [`check`] refuses inputs that no plan can be made of. [`Balance`] is the heat balance of one step, and
//! [`cheapest`] a dynamic programme over it, from the last known price back to now. [`advise`] makes the
//! plan's first step a setpoint with a reason. A guest says what it expects of each hour (a [`Step`]: the
//! price, the water expected, the water to be ready for); [`typical_litres`] stands in for what it does
//! not know.
//!
//! Everything is plain arithmetic over `f64` in `core`: no allocation, no function whose result may differ
//! between machines, no panic. Temperatures are in degrees Celsius, volumes in litres at the tap (mixed to
//! 40 °C), powers in watts and prices in EUR/MWh.
//!
//! Out of scope: hygiene. A tank of this size has to be heated through at 60 °C or more from time to
//! time because of legionella; that programme belongs to the firmware, which keeps the last word.
#![no_std]
#![forbid(unsafe_code)]

#[cfg(test)]
extern crate std;

mod advice;
#[cfg(test)]
mod brute_force;
mod check;
mod schedule;
mod thermal;
mod typical;

pub use advice::{Advice, Cause, REGULATOR_BAND_KELVIN, advise};
pub use check::{FEWEST_PRICES, Invalid, MOST_PRICES, Reading, check};
pub use schedule::{Comfort, Plan, Step, cheapest};
pub use thermal::{Balance, Surroundings, TAP_CELSIUS, Tank};
pub use typical::typical_litres;
