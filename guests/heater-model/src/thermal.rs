//! The heat balance of a fully mixed tank over one step.
//!
//! With the heat capacity `C = volume * 1 kg/l * 4186 J/(kg K)` and a step of `dt` seconds,
//!
//! ```text
//! C * (next - now) = power * on * dt              the element, on for a share of the step
//!                  - loss * (next - room) * dt    through the insulation
//!                  - litres * 4186 * (tap - mains)   hot water used
//! ```
//!
//! Two choices are behind it. Litres are counted at the tap, mixed with mains water to 40 °C (what
//! EN 16147 calls V40), so that a draw takes the same heat from a hot tank as from a warm one. The loss
//! is taken at the step's *end*: that keeps the balance stable for any tank and any step (a step of an
//! hour is longer than the time constant of the smallest, worst insulated tank allowed).

/// Temperature at which drawn litres are counted.
pub const TAP_CELSIUS: f64 = 40.0;

/// Heat capacity of a litre of water, in joules per kelvin.
const JOULE_PER_LITRE_KELVIN: f64 = 4186.0;

/// Seconds in an hour.
const SECONDS_PER_HOUR: f64 = 3600.0;

/// Constants of the device.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tank {
    /// Water held, in litres; more than zero.
    pub volume_litres: f64,
    /// Electric power of the element.
    pub power_watts: f64,
    /// Heat lost for each kelvin between water and room.
    pub loss_watts_per_kelvin: f64,
}

/// What is around the tank.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Surroundings {
    /// Water that refills the tank.
    pub mains_celsius: f64,
    /// Air around the tank.
    pub room_celsius: f64,
}

/// The heat balance of one step, solved for the temperature at its end.
///
/// It is affine in the temperature at the start, which is what makes the search in `schedule` exact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Balance {
    /// `1 + loss * dt / C`: heat put in, per kelvin gained at the step's end.
    pub kelvin_in_per_kelvin: f64,
    /// Kelvin that full power over the whole step adds at the step's end.
    pub reach_kelvin: f64,
    /// Kelvin that one litre at the tap takes from the tank.
    kelvin_per_litre: f64,
    /// `loss * dt / C * room`.
    room_kelvin: f64,
}

impl Balance {
    /// The balance of a step that lasts `hours`.
    #[must_use]
    pub fn new(tank: &Tank, around: &Surroundings, hours: f64) -> Self {
        let seconds_per_capacity = hours * SECONDS_PER_HOUR / (tank.volume_litres * JOULE_PER_LITRE_KELVIN);
        let loss_share = tank.loss_watts_per_kelvin * seconds_per_capacity;
        let kelvin_in_per_kelvin = 1.0 + loss_share;
        Self {
            kelvin_in_per_kelvin,
            reach_kelvin: tank.power_watts * seconds_per_capacity / kelvin_in_per_kelvin,
            kelvin_per_litre: (TAP_CELSIUS - around.mains_celsius).max(0.0) / tank.volume_litres,
            room_kelvin: loss_share * around.room_celsius,
        }
    }

    /// Temperature at the step's end when `litres` are drawn and nothing is heated.
    #[must_use]
    pub fn unheated(&self, celsius: f64, litres: f64) -> f64 {
        (celsius - litres * self.kelvin_per_litre + self.room_kelvin) / self.kelvin_in_per_kelvin
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TANK: Tank = Tank { volume_litres: 200.0, power_watts: 3000.0, loss_watts_per_kelvin: 2.0 };
    const AROUND: Surroundings = Surroundings { mains_celsius: 10.0, room_celsius: 20.0 };

    #[test]
    fn full_power_without_loss_is_power_over_capacity() {
        let tank = Tank { loss_watts_per_kelvin: 0.0, ..TANK };
        let balance = Balance::new(&tank, &AROUND, 1.0);
        let expected = 3000.0 * 3600.0 / (200.0 * 4186.0);
        assert!((balance.reach_kelvin - expected).abs() < 1e-12);
        assert!((balance.unheated(55.0, 0.0) - 55.0).abs() < 1e-12);
    }

    #[test]
    fn a_draw_takes_the_heat_of_its_litres() {
        let tank = Tank { loss_watts_per_kelvin: 0.0, ..TANK };
        let balance = Balance::new(&tank, &AROUND, 1.0);
        // 20 l from 10 to 40 degrees are 600 l K; in 200 l that is 3 K.
        assert!((balance.unheated(55.0, 20.0) - 52.0).abs() < 1e-12);
        assert!((balance.unheated(65.0, 20.0) - 62.0).abs() < 1e-12);
    }

    #[test]
    fn an_idle_tank_falls_towards_the_room_and_never_past_it() {
        let worst = Tank { volume_litres: 10.0, power_watts: 100.0, loss_watts_per_kelvin: 20.0 };
        let balance = Balance::new(&worst, &AROUND, 1.0);
        let mut celsius = 90.0;
        for _ in 0..12 {
            let next = balance.unheated(celsius, 0.0);
            assert!(next < celsius && next > 20.0, "{celsius} -> {next}");
            celsius = next;
        }
    }

    #[test]
    fn an_idle_hour_agrees_with_minutes() {
        let hour = Balance::new(&TANK, &AROUND, 1.0).unheated(60.0, 0.0);
        let minute = Balance::new(&TANK, &AROUND, 1.0 / 60.0);
        let minutes = (0..60).fold(60.0, |celsius, _| minute.unheated(celsius, 0.0));
        assert!((hour - minutes).abs() < 0.01, "{hour} {minutes}");
    }

    #[test]
    fn warm_mains_water_takes_no_heat() {
        let around = Surroundings { mains_celsius: 40.0, room_celsius: 20.0 };
        let tank = Tank { loss_watts_per_kelvin: 0.0, ..TANK };
        assert!((Balance::new(&tank, &around, 1.0).unheated(50.0, 100.0) - 50.0).abs() < 1e-12);
    }
}
