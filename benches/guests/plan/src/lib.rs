//! A plan over two lists: what such a component weighs.
#![cfg_attr(target_family = "wasm", no_std)]
#![forbid(unsafe_code)]

use linchpin_guest::prelude::*;

/// What the owner asks for.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// No heating.
    Off,
    /// The cheapest.
    Eco,
    /// As hot as allowed.
    Boost,
}

/// Why there is no plan.
#[derive(Variant, Debug, Clone, Copy, PartialEq)]
pub enum Fault {
    /// There was no price.
    NoPrices,
    /// The water is this cold, which cannot be.
    TooCold(f32),
}

/// All that the function may know.
#[derive(Record, Debug, Clone, PartialEq)]
pub struct Inputs {
    /// The hour.
    pub now: u32,
    /// Temperature of the water.
    pub tank_temp: f32,
    /// One an hour.
    pub prices: Vec<f64>,
    /// Hot water expected, one value an hour.
    pub draws: Vec<f64>,
    /// What the owner asks for.
    pub mode: Mode,
}

/// What the heater should hold.
#[derive(Record, Debug, Clone, Copy, PartialEq)]
pub struct Setpoint {
    /// Temperature.
    pub temp: f32,
    /// When it ends.
    pub until: u32,
}

/// The guest.
#[derive(Debug)]
pub struct Planner;

#[linchpin_guest::export(world = "planner")]
impl Planner {
    /// Heats in the cheapest hour for what is drawn.
    ///
    /// # Errors
    /// When there is no price to go by, or the water is colder than ice.
    pub fn plan(inputs: Inputs) -> Result<Setpoint, Fault> {
        if inputs.tank_temp < 0.0 {
            return Err(Fault::TooCold(inputs.tank_temp));
        }
        let mut cheapest = None;
        for (hour, price) in (inputs.now..).zip(&inputs.prices) {
            if cheapest.is_none_or(|(_, least)| *price < least) {
                cheapest = Some((hour, *price));
            }
        }
        let Some((hour, _)) = cheapest else { return Err(Fault::NoPrices) };
        let drawn: f64 = inputs.draws.iter().sum();
        let temp = match inputs.mode {
            Mode::Off => 5.0,
            Mode::Eco if drawn < 100.0 => 50.0,
            Mode::Eco => 60.0,
            Mode::Boost => 80.0,
        };
        Ok(Setpoint { temp, until: hour + 1 })
    }
}

linchpin_guest::runtime!();
