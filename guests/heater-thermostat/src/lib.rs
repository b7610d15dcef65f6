//! The plain thermostat that the schedules replace.
//!
//! One fixed setpoint for each mode, whatever electricity costs. The device's regulator does the
//! switching; this function only says what to hold and whether that means heating now. It has no state:
//! inside the regulator's band, where a switch would remember which way it came, it says coasting.
//! It reads the mode, the tank's temperature and its sensor, and ignores the rest.
#![cfg_attr(target_family = "wasm", no_std)]
#![forbid(unsafe_code)]

use linchpin_guest::prelude::*;

/// Setpoint that keeps the pipes from freezing, in degrees Celsius.
const FROST_SETPOINT: f64 = 5.0;

/// The usual setting of a domestic tank, in degrees Celsius.
const ECO_SETPOINT: f64 = 55.0;

/// Enough for a second bath, in degrees Celsius.
const COMFORT_SETPOINT: f64 = 60.0;

/// As hot as the contract allows, in degrees Celsius.
const HOTTEST_SETPOINT: f64 = 80.0;

/// A regulator lets the water cool by this much before it heats, in kelvin.
const BAND: f64 = 2.0;

/// The business logic of one water heater.
#[derive(Debug)]
pub struct Heater;

#[linchpin_guest::export(world = "heater")]
impl Heater {
    /// Says what to hold for the next hour.
    ///
    /// # Errors
    /// A [`Fault`] when the mode needs the tank's temperature and that is missing or cannot be right.
    pub fn plan(inputs: Inputs) -> Result<Decision, Fault> {
        match inputs.mode {
            Mode::Off => Ok(Decision::hold(FROST_SETPOINT, Reason::SwitchedOff)),
            Mode::Boost => Ok(Decision::hold(HOTTEST_SETPOINT, Reason::Boost)),
            Mode::Eco => keep(ECO_SETPOINT, &inputs),
            Mode::Comfort => keep(COMFORT_SETPOINT, &inputs),
        }
    }
}

fn keep(setpoint: f64, inputs: &Inputs) -> Result<Decision, Fault> {
    if !inputs.sensors.tank_top {
        return Err(Fault::SensorSilent(inputs.sensors));
    }
    // A NaN is in no range.
    if !(0.0..=99.0).contains(&inputs.tank_temp) {
        return Err(Fault::OutOfRange(String::from("tank-temp")));
    }
    let cold = inputs.tank_temp <= setpoint - BAND;
    Ok(Decision::hold(setpoint, if cold { Reason::ComfortFloor } else { Reason::Coasting }))
}

impl Decision {
    fn hold(setpoint: f64, reason: Reason) -> Self {
        Self { setpoint, hold_hours: 1, reason }
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

linchpin_guest::runtime!();
