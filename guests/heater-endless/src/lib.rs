//! A guest that never answers: it keeps looking for a better hour for ever. Devices must contain it.
#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

use alloc::{string::String, vec::Vec};
use linchpin_guest::prelude::*;

/// The business logic of one water heater, broken.
#[derive(Debug)]
pub struct Heater;

#[linchpin_guest::export(world = "heater")]
impl Heater {
    /// Searches without end.
    ///
    /// # Errors
    /// Never returns, so never.
    pub fn plan(inputs: Inputs) -> Result<Decision, Fault> {
        let mut hour = 0_usize;
        loop {
            hour = core::hint::black_box(hour + 1) % inputs.prices.len().max(1);
        }
    }
}

linchpin_guest::runtime!();

/// What the owner asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum Mode {
    /// No heating.
    Off,
    /// Cheapest.
    Eco,
    /// Comfortable.
    Comfort,
    /// Now.
    Boost,
}

/// The sensors that answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Flags)]
pub struct Sensors {
    /// At the top of the tank.
    pub tank_top: bool,
    /// At its bottom.
    pub tank_bottom: bool,
    /// In the pipe that refills it.
    pub mains_inlet: bool,
}

/// What the tank is.
#[derive(Debug, Clone, Copy, PartialEq, Record)]
pub struct Tank {
    /// Litres.
    pub volume: f64,
    /// Watts.
    pub power: f64,
    /// Watts per kelvin.
    pub loss: f64,
}

/// All that the function may know.
#[derive(Debug, Clone, PartialEq, Record)]
pub struct Inputs {
    /// Minutes since local midnight.
    pub minute_of_day: u16,
    /// EUR/MWh.
    pub prices: Vec<f64>,
    /// Litres.
    pub draws: Option<Vec<f64>>,
    /// Degrees Celsius.
    pub tank_temp: f64,
    /// Degrees Celsius.
    pub mains_temp: f64,
    /// Degrees Celsius.
    pub room_temp: f64,
    /// What the owner asks for.
    pub mode: Mode,
    /// The sensors that answered.
    pub sensors: Sensors,
    /// What the tank is.
    pub tank: Tank,
}

/// Why the plan is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum Reason {
    /// Cheap.
    CheapestHours,
    /// Cold.
    ComfortFloor,
    /// Asked for.
    Boost,
    /// Switched off.
    SwitchedOff,
    /// Warm enough.
    Coasting,
}

/// What the heater should do next.
#[derive(Debug, Clone, Copy, PartialEq, Record)]
pub struct Decision {
    /// Degrees Celsius.
    pub setpoint: f64,
    /// Hours.
    pub hold_hours: u8,
    /// Why.
    pub reason: Reason,
}

/// Why no plan could be made.
#[derive(Debug, Clone, PartialEq, Variant)]
pub enum Fault {
    /// Carries how many came.
    TooFewPrices(u32),
    /// Carries how many came.
    DrawsMismatch(u32),
    /// Carries the field.
    OutOfRange(String),
    /// Carries those that answered.
    SensorSilent(Sensors),
}
