//! What version 1.0 expects of the hours to come: a typical day, and a large draw at any time.

use heater_model::{Advice, Comfort, MOST_PRICES, Reading, Step, Surroundings, Tank, advise, typical_litres};

/// What an owner's mode asks of the plan.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wish {
    /// The tank should not be colder, in degrees Celsius.
    floor: f64,
    /// Share of the tank that may be drawn at any time, counted at the tap.
    ready: f64,
}

/// Cheapest heating that keeps the water comfortable.
pub(crate) const ECO: Wish = Wish { floor: 45.0, ready: 0.3 };

/// Comfortable at all times, price second.
pub(crate) const COMFORT: Wish = Wish { floor: 50.0, ready: 0.45 };

/// Hottest that heat is stored, in degrees Celsius: above, lime settles fast and losses grow.
const CEILING: f64 = 70.0;

/// Plans the hours that have a price.
pub(crate) fn advice(reading: &Reading<'_>, wish: &Wish) -> Advice {
    let tank = Tank {
        volume_litres: reading.volume,
        power_watts: reading.power,
        loss_watts_per_kelvin: reading.loss,
    };
    let around = Surroundings { mains_celsius: reading.mains_temp, room_celsius: reading.room_temp };
    let prices = reading.prices.get(..MOST_PRICES).unwrap_or(reading.prices);
    let comfort = Comfort {
        floor_celsius: wish.floor,
        ceiling_celsius: CEILING,
        leftover_price: prices.iter().copied().fold(f64::INFINITY, f64::min),
    };
    let (hour, minute) = (reading.minute_of_day / 60, reading.minute_of_day % 60);
    let step = |index: usize| {
        let hours = if index == 0 { 1.0 - f64::from(minute) / 60.0 } else { 1.0 };
        Step {
            hours,
            price_eur_per_mwh: prices.get(index).copied().unwrap_or(0.0),
            draw_litres: hours * typical_litres(usize::from(hour) + index, tank.volume_litres),
            reserve_litres: wish.ready * tank.volume_litres,
        }
    };
    advise(&tank, &around, &comfort, reading.tank_temp, prices.len(), &step)
}
