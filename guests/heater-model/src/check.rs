//! Whether the inputs are ones that a plan can be made of.
//!
//! Ranges are those of the `@range` tags in the contract. A guest is called with whatever a device
//! reads, so nothing is taken on trust; the search behind this check can then do without any.

/// Fewest prices to plan with.
///
/// Day-ahead prices come out before 13:00 for the whole next day, so in the hour from 12:00 a device
/// knows the twelve of today that are left, and never fewer.
pub const FEWEST_PRICES: usize = 12;

/// Most prices looked at; further ones are ignored.
pub const MOST_PRICES: usize = 48;

/// The numbers of the contract's inputs.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// Minutes since local midnight.
    pub minute_of_day: u16,
    /// One price an hour, in EUR/MWh.
    pub prices: &'a [f64],
    /// Litres expected in the same hours.
    pub draws: Option<&'a [f64]>,
    /// Water in the tank, in degrees Celsius.
    pub tank_temp: f64,
    /// Water that refills it.
    pub mains_temp: f64,
    /// Air around it.
    pub room_temp: f64,
    /// Litres held.
    pub volume: f64,
    /// Watts of the element.
    pub power: f64,
    /// Watts lost for each kelvin.
    pub loss: f64,
}

/// What is wrong with a [`Reading`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invalid {
    /// Fewer than [`FEWEST_PRICES`]; how many came.
    TooFewPrices(u32),
    /// Not one draw a price; how many draws came.
    DrawsMismatch(u32),
    /// Not a number or outside the contract's range; the field as the contract spells it.
    OutOfRange(&'static str),
}

/// Checks every number, in the contract's order.
///
/// # Errors
/// The first thing that is wrong.
pub fn check(reading: &Reading<'_>) -> Result<(), Invalid> {
    in_range("minute-of-day", f64::from(reading.minute_of_day), 0.0, 1439.0)?;
    if reading.prices.len() < FEWEST_PRICES {
        return Err(Invalid::TooFewPrices(count(reading.prices)));
    }
    for price in reading.prices {
        in_range("prices", *price, -500.0, 4000.0)?;
    }
    if let Some(draws) = reading.draws {
        if draws.len() != reading.prices.len() {
            return Err(Invalid::DrawsMismatch(count(draws)));
        }
        for draw in draws {
            in_range("draws", *draw, 0.0, 500.0)?;
        }
    }
    in_range("tank-temp", reading.tank_temp, 0.0, 99.0)?;
    in_range("mains-temp", reading.mains_temp, 0.0, 40.0)?;
    in_range("room-temp", reading.room_temp, -20.0, 50.0)?;
    in_range("tank.volume", reading.volume, 10.0, 1000.0)?;
    in_range("tank.power", reading.power, 100.0, 20_000.0)?;
    in_range("tank.loss", reading.loss, 0.0, 20.0)
}

fn in_range(field: &'static str, value: f64, lowest: f64, highest: f64) -> Result<(), Invalid> {
    // A NaN is in no range.
    if (lowest..=highest).contains(&value) { Ok(()) } else { Err(Invalid::OutOfRange(field)) }
}

fn count(values: &[f64]) -> u32 {
    u32::try_from(values.len()).unwrap_or(u32::MAX)
}
