//! A plan over two lists, with a type of every kind: what such a component weighs.
#![cfg_attr(target_family = "wasm", no_std)]
#![forbid(unsafe_code)]

use linchpin_guest::prelude::*;

/// One hour and its price.
#[derive(Record, Debug, Clone, Copy, PartialEq)]
pub struct Quote {
    /// When it begins.
    pub start: u32,
    /// What it is.
    pub price: f64,
}

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

/// The sensors that answered.
#[derive(Flags, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sensors {
    /// At the top.
    pub top: bool,
    /// At the bottom.
    pub bottom: bool,
    /// In the pipe.
    pub flow: bool,
}

/// Why there is no plan.
#[derive(Variant, Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// There was no price.
    NoQuotes,
    /// The last price is this old.
    Stale(u32),
    /// Only these sensors answered.
    Silent(Sensors),
}

/// All that the function may know.
#[derive(Record, Debug, Clone, PartialEq)]
pub struct Inputs {
    /// The hour.
    pub now: u32,
    /// Temperature of the water.
    pub tank_temp: f32,
    /// Prices.
    pub quotes: Vec<Quote>,
    /// Hot water expected, one value an hour.
    pub draws: Vec<f64>,
    /// What the owner asks for.
    pub mode: Mode,
    /// A temperature that the owner wants.
    pub wanted: Option<f32>,
}

/// What the heater should hold.
#[derive(Record, Debug, Clone, PartialEq)]
pub struct Setpoint {
    /// Temperature.
    pub temp: f32,
    /// When it ends.
    pub until: u32,
    /// Why.
    pub reason: String,
}

/// The guest.
#[derive(Debug)]
pub struct Planner;

#[linchpin_guest::export(world = "planner")]
impl Planner {
    /// Chooses the tank's setpoint.
    ///
    /// # Errors
    /// When there is no price to go by, or nothing is known of the tank.
    pub fn plan(inputs: Inputs) -> Result<Setpoint, Fault> {
        if inputs.mode == Mode::Off {
            return Err(Fault::Silent(Sensors { top: true, ..Sensors::default() }));
        }
        let best = inputs.quotes.iter().min_by(|a, b| a.price.total_cmp(&b.price));
        let Some(best) = best else { return Err(Fault::NoQuotes) };
        if best.start + 100 < inputs.now {
            return Err(Fault::Stale(best.start));
        }
        let drawn: f64 = inputs.draws.iter().sum();
        let reason = if drawn > 100.0 { "much water is drawn" } else { "the cheapest hour" };
        Ok(Setpoint {
            temp: inputs.wanted.unwrap_or(55.0).max(inputs.tank_temp),
            until: best.start + 1,
            reason: reason.to_owned(),
        })
    }
}

linchpin_guest::runtime!();
