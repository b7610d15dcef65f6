//! A guest whose numbers have types of their own, and the crate of types that its device shares.
#![cfg_attr(target_family = "wasm", no_std)]

use linchpin_guest::prelude::*;

/// Temperature of water, in degrees Celsius.
#[derive(Alias, Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Celsius(f64);

/// Water from the tank: an alias of an alias.
#[derive(Alias, Debug, Clone, Copy, PartialEq)]
pub struct HotWater(f64);

/// A part of a whole, under another name than the WIT's.
#[derive(Alias, Debug, Clone, Copy, PartialEq)]
#[wit("units/share")]
pub struct Part(f32);

/// A time without an end.
#[derive(Alias, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seconds(u32);

/// How far the valve is open, in percent.
#[derive(Alias, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening(i8);

/// Which valve it is.
#[derive(Alias, Debug, Clone, PartialEq, Eq)]
pub struct ValveId(String);

/// What is measured.
#[derive(Record, Debug, Clone, PartialEq)]
pub struct Inputs {
    /// Water from the tank.
    pub hot: HotWater,
    /// Water from the mains.
    pub cold: Celsius,
    /// What is wanted at the tap.
    pub target: Celsius,
    /// Earlier temperatures at the tap.
    pub past: Vec<Celsius>,
    /// Corrections.
    pub trims: Option<Vec<Opening>>,
    /// Which valve it is.
    pub valve: ValveId,
}

/// What to do.
#[derive(Record, Debug, Clone, PartialEq)]
pub struct Decision {
    /// How far to open.
    pub opening: Opening,
    /// How much of the water is hot.
    pub part: Part,
    /// How long that stands.
    pub hold: Seconds,
    /// What comes out, and of how many readings.
    pub mixed: (Celsius, u8),
}

/// Why nothing can be done.
#[derive(Variant, Debug, Clone, PartialEq)]
pub enum Fault {
    /// The tank is too cold.
    TooCold(HotWater),
    /// The readings go up and down.
    Unsteady(Vec<Celsius>),
    /// The valve is not known.
    Of(ValveId),
}

/// The functions of the world `valve`.
#[derive(Debug)]
pub struct Valve;

/// A constant is checked when it is compiled.
const SCALDING: Celsius = match Celsius::new(55.0) {
    Ok(value) => value,
    Err(_) => panic!("the contract no longer has 55 degrees"),
};

#[linchpin_guest::export(world = "valve")]
impl Valve {
    /// Mixes hot and cold water so that the target comes out.
    ///
    /// # Errors
    /// Every [`Fault`].
    pub fn mix(inputs: Inputs) -> Result<Decision, Fault> {
        let (hot, cold, target) = (inputs.hot.get(), inputs.cold.get(), inputs.target.get());
        if inputs.valve.get().is_empty() {
            return Err(Fault::Of(inputs.valve));
        }
        if inputs.past.iter().any(|past| *past > SCALDING) {
            return Err(Fault::Unsteady(inputs.past));
        }
        if target > hot {
            return Err(Fault::TooCold(inputs.hot));
        }
        let part = ((target - cold) / (hot - cold)).clamp(0.1, 1.0);
        let mixed = Celsius::new(cold + part * (hot - cold)).unwrap_or(Celsius::MAX);
        let trim = inputs.trims.iter().flatten().map(|trim| trim.get()).max().unwrap_or(0);
        Ok(Decision {
            opening: Opening::new((part * 100.0) as i8).unwrap_or(Opening::MAX).max_with(trim),
            part: Part::new(part as f32).unwrap_or(Part::MIN),
            hold: Seconds::new(60),
            mixed: (mixed, inputs.past.len() as u8),
        })
    }

    /// The warmest water, of which hot water there is at least so much. `Celsius` stands for `hot-water` too.
    pub fn warmest(water: Vec<Celsius>, least: Celsius) -> Celsius {
        water.into_iter().fold(least, |a, b| if b > a { b } else { a })
    }

    /// The same name.
    pub fn name(valve: ValveId) -> ValveId {
        valve
    }
}

impl Opening {
    fn max_with(self, other: i8) -> Self {
        Self::new(self.get().max(other)).unwrap_or(self)
    }
}

linchpin_guest::runtime!();
