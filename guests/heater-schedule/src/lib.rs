//! A water heater that heats when electricity is cheap: version 1.1.
//!
//! It knows the day-ahead prices and, once the device has learned them, the draws to expect. So it heats
//! for those and keeps less ready in between than version 1.0, which expected a typical day.
//! `optimise` says what it expects; the search for the cheapest plan and its equations are in
//! `heater-model`.
#![cfg_attr(target_family = "wasm", no_std)]
#![forbid(unsafe_code)]

mod optimise;

use heater_model::{Advice, Cause, Invalid, Reading};
use linchpin_guest::prelude::*;

/// Setpoint that keeps the pipes from freezing, in degrees Celsius.
const FROST_SETPOINT: f64 = 5.0;

/// As hot as the contract allows, in degrees Celsius.
const HOTTEST_SETPOINT: f64 = 80.0;

/// The business logic of one water heater.
#[derive(Debug)]
pub struct Heater;

#[linchpin_guest::export(world = "heater")]
impl Heater {
    /// Plans the next hours of heating.
    ///
    /// Switched off and boost need no reading, and none is looked at: a broken sensor must not keep the
    /// owner from switching the heater off.
    ///
    /// # Errors
    /// A [`Fault`] when a plan would rest on a silent sensor or on a value that cannot be right.
    pub fn plan(inputs: Inputs) -> Result<Decision, Fault> {
        let comfort = match inputs.mode {
            Mode::Off => return Ok(Decision::lasting(FROST_SETPOINT, Reason::SwitchedOff)),
            Mode::Boost => return Ok(Decision::lasting(HOTTEST_SETPOINT, Reason::Boost)),
            Mode::Eco => optimise::ECO,
            Mode::Comfort => optimise::COMFORT,
        };
        if !(inputs.sensors.tank_top && inputs.sensors.mains_inlet) {
            return Err(Fault::SensorSilent(inputs.sensors));
        }
        let reading = inputs.reading();
        heater_model::check(&reading)?;
        Ok(optimise::advice(&reading, &comfort).into())
    }
}

/// What the owner asks for.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// No heating, except to keep the pipes from freezing.
    Off,
    /// Cheapest heating that keeps the water comfortable.
    Eco,
    /// Comfortable at all times, price second.
    Comfort,
    /// As hot as allowed, now.
    Boost,
}

/// The sensors that answered at the last reading.
#[derive(Flags, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sensors {
    /// At the top of the tank.
    pub tank_top: bool,
    /// At the bottom of the tank.
    pub tank_bottom: bool,
    /// In the pipe that refills it.
    pub mains_inlet: bool,
}

/// What the tank is: constants of the device, not of the hour.
#[derive(Record, Debug, Clone, Copy, PartialEq)]
pub struct Tank {
    /// Water held, in litres (10 to 1000).
    pub volume: f64,
    /// Power of the element, in watts (100 to 20000).
    pub power: f64,
    /// Heat lost to the room, in watts per kelvin (0 to 20).
    pub loss: f64,
}

/// All that the function may know.
#[derive(Record, Debug, Clone, PartialEq)]
pub struct Inputs {
    /// Minutes since local midnight (0 to 1439).
    pub minute_of_day: u16,
    /// Day-ahead prices in EUR/MWh (-500 to 4000), one an hour, from the hour now running.
    pub prices: Vec<f64>,
    /// Litres at the tap (0 to 500) expected in the same hours, once the device has learned them.
    pub draws: Option<Vec<f64>>,
    /// Water in the tank, in degrees Celsius (0 to 99).
    pub tank_temp: f64,
    /// Water that refills the tank, in degrees Celsius (0 to 40).
    pub mains_temp: f64,
    /// Air around the tank, in degrees Celsius (-20 to 50).
    pub room_temp: f64,
    /// What the owner asks for.
    pub mode: Mode,
    /// The sensors that answered.
    pub sensors: Sensors,
    /// What the tank is.
    pub tank: Tank,
}

/// Why the plan is what it is; shown to the owner.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// These hours are the cheapest that keep the water comfortable.
    CheapestHours,
    /// The water would otherwise get too cold.
    ComfortFloor,
    /// The owner asked for hot water now.
    Boost,
    /// The owner switched heating off.
    SwitchedOff,
    /// Nothing to do: warm enough for now.
    Coasting,
}

/// What the heater should do next.
#[derive(Record, Debug, Clone, Copy, PartialEq)]
pub struct Decision {
    /// Temperature that the heater's own regulator holds, in degrees Celsius (5 to 80).
    pub setpoint: f64,
    /// Hours for which the decision stands (1 to 24), unless a new one comes sooner.
    pub hold_hours: u8,
    /// Why.
    pub reason: Reason,
}

/// Why no plan could be made. The device then uses its own fallback.
#[derive(Variant, Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Fewer prices than needed; carries how many came.
    TooFewPrices(u32),
    /// The number of draws differs from that of the prices; carries how many came.
    DrawsMismatch(u32),
    /// A value is not a number, or outside its range; carries its field.
    OutOfRange(String),
    /// A needed sensor is silent; carries those that did answer.
    SensorSilent(Sensors),
}

impl Inputs {
    fn reading(&self) -> Reading<'_> {
        Reading {
            minute_of_day: self.minute_of_day,
            prices: &self.prices,
            draws: self.draws.as_deref(),
            tank_temp: self.tank_temp,
            mains_temp: self.mains_temp,
            room_temp: self.room_temp,
            volume: self.tank.volume,
            power: self.tank.power,
            loss: self.tank.loss,
        }
    }
}

impl Decision {
    /// A decision that the owner took and only the owner ends: it is only asked for again in an hour.
    fn lasting(setpoint: f64, reason: Reason) -> Self {
        Self { setpoint, hold_hours: 1, reason }
    }
}

impl From<Advice> for Decision {
    fn from(advice: Advice) -> Self {
        let reason = match advice.cause {
            Cause::Cheapest => Reason::CheapestHours,
            Cause::Floor => Reason::ComfortFloor,
            Cause::Coasting => Reason::Coasting,
        };
        Self { setpoint: advice.setpoint_celsius, hold_hours: advice.hours, reason }
    }
}

impl From<Invalid> for Fault {
    fn from(invalid: Invalid) -> Self {
        match invalid {
            Invalid::TooFewPrices(count) => Self::TooFewPrices(count),
            Invalid::DrawsMismatch(count) => Self::DrawsMismatch(count),
            Invalid::OutOfRange(field) => Self::OutOfRange(String::from(field)),
        }
    }
}

linchpin_guest::runtime!();
