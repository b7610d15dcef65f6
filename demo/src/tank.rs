//! The simulated tank: water, element, regulator and safety cut-out, minute by minute.
//!
//! The water is fully mixed. In a minute (`dt = 60 s`), with `C = volume * 1 kg/l * 4186 J/(kg K)`:
//!
//! ```text
//! C * change = power * dt                          while the element is on
//!            - loss * (water - room) * dt          through the insulation
//!            - litres * 4186 * (tap - mains)       litres at the tap, where
//!                                                  tap = min(40 °C, water): the mixing valve adds
//!                                                  mains water above, and cannot help below
//! ```
//!
//! This is the device's side: it trusts no setpoint. Whatever the plan says, the setpoint is clamped to
//! [`LOWEST_SETPOINT_CELSIUS`] to [`HIGHEST_SETPOINT_CELSIUS`], and the element is cut off at [`CUT_OUT_CELSIUS`].

use crate::series::DrawMinute;

/// Water at the tap is mixed to this temperature.
pub const TAP_CELSIUS: f64 = 40.0;

/// A tank below this is too cold.
pub const COMFORT_CELSIUS: f64 = 45.0;

/// No setpoint is held below this: pipes must not freeze.
pub const LOWEST_SETPOINT_CELSIUS: f64 = 5.0;

/// No setpoint is held above this.
pub const HIGHEST_SETPOINT_CELSIUS: f64 = 80.0;

/// The element is off at this temperature, whatever the setpoint.
pub const CUT_OUT_CELSIUS: f64 = 85.0;

/// Held when a plan's setpoint is not a number.
pub const FALLBACK_SETPOINT_CELSIUS: f64 = 55.0;

/// The regulator heats once the water is this much below the setpoint.
pub const BAND_KELVIN: f64 = 2.0;

/// Heat capacity of a litre of water, in joules per kelvin.
const JOULE_PER_LITRE_KELVIN: f64 = 4186.0;

/// Joules in a kilowatt-hour.
const JOULE_PER_KWH: f64 = 3.6e6;

/// Seconds in a step.
const SECONDS: f64 = 60.0;

/// Constants of the device.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Build {
    /// Water held.
    pub volume_litres: f64,
    /// Electric power of the element.
    pub power_watts: f64,
    /// Heat lost for each kelvin between water and room.
    pub loss_watts_per_kelvin: f64,
}

impl Build {
    /// A common size: 200 litres, 3 kW, and 1.8 W/K (1.5 kWh a day at 35 K).
    pub const COMMON: Self = Self { volume_litres: 200.0, power_watts: 3000.0, loss_watts_per_kelvin: 1.8 };
}

/// The tank and the state of its regulator.
#[derive(Debug, Clone, PartialEq)]
pub struct Tank {
    /// What it is built like.
    pub build: Build,
    /// Temperature of the water.
    pub celsius: f64,
    /// Whether the regulator has the element on.
    pub heating: bool,
}

impl Tank {
    /// A tank at rest.
    #[must_use]
    pub fn new(build: Build, celsius: f64) -> Self {
        Self { build, celsius, heating: false }
    }

    /// Lets one minute pass and returns the electricity used, in kWh.
    pub fn minute(&mut self, setpoint_celsius: f64, draw: &DrawMinute) -> f64 {
        self.regulate(safe_setpoint(setpoint_celsius));
        let electric = if self.heating { self.build.power_watts * SECONDS } else { 0.0 };
        let lost = self.build.loss_watts_per_kelvin * (self.celsius - draw.room_celsius) * SECONDS;
        let tap = self.celsius.min(TAP_CELSIUS);
        let drawn = draw.litres * JOULE_PER_LITRE_KELVIN * (tap - draw.mains_celsius).max(0.0);
        self.celsius += (electric - lost - drawn) / self.joule_per_kelvin();
        electric / JOULE_PER_KWH
    }

    /// Heat stored above 0 °C, in kWh.
    #[must_use]
    pub fn stored_kwh(&self) -> f64 {
        self.celsius * self.joule_per_kelvin() / JOULE_PER_KWH
    }

    fn regulate(&mut self, setpoint_celsius: f64) {
        if self.celsius >= setpoint_celsius || self.celsius >= CUT_OUT_CELSIUS {
            self.heating = false;
        } else if self.celsius <= setpoint_celsius - BAND_KELVIN {
            self.heating = true;
        }
    }

    fn joule_per_kelvin(&self) -> f64 {
        self.build.volume_litres * JOULE_PER_LITRE_KELVIN
    }
}

/// The setpoint that is really held: within the device's own limits, whatever was asked.
#[must_use]
pub fn safe_setpoint(celsius: f64) -> f64 {
    if celsius.is_nan() {
        return FALLBACK_SETPOINT_CELSIUS;
    }
    celsius.clamp(LOWEST_SETPOINT_CELSIUS, HIGHEST_SETPOINT_CELSIUS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDLE: DrawMinute = DrawMinute { litres: 0.0, mains_celsius: 7.0, room_celsius: 20.0 };

    #[test]
    fn energy_is_conserved() {
        let lossless = Build { loss_watts_per_kelvin: 0.0, ..Build::COMMON };
        let mut tank = Tank::new(lossless, 50.0);
        let before = tank.stored_kwh();
        let used: f64 = (0..600).map(|_| tank.minute(70.0, &IDLE)).sum();
        assert!(used > 4.0);
        assert!((tank.stored_kwh() - before - used).abs() < 1e-9);
    }

    #[test]
    fn a_draw_takes_the_same_heat_from_a_hot_tank_and_less_from_a_cold_one() {
        let lossless = Build { loss_watts_per_kelvin: 0.0, ..Build::COMMON };
        let draw = DrawMinute { litres: 10.0, ..IDLE };
        let drop = |celsius: f64| {
            let mut tank = Tank::new(lossless, celsius);
            tank.minute(5.0, &draw);
            celsius - tank.celsius
        };
        assert!((drop(70.0) - 10.0 * 33.0 / 200.0).abs() < 1e-9);
        assert!((drop(50.0) - drop(70.0)).abs() < 1e-9);
        assert!((drop(30.0) - 10.0 * 23.0 / 200.0).abs() < 1e-9);
        assert!(drop(7.0).abs() < 1e-9);
    }

    #[test]
    fn the_regulator_stays_within_its_band() {
        let mut tank = Tank::new(Build::COMMON, 60.0);
        for minute in 0..3 * 1440 {
            tank.minute(55.0, &IDLE);
            let warmed_up = minute > 1000;
            assert!(!warmed_up || (52.9..55.3).contains(&tank.celsius), "{}", tank.celsius);
        }
    }

    #[test]
    fn no_setpoint_boils_or_freezes_the_tank() {
        for wild in [f64::INFINITY, 1e300, 100.0, f64::NAN, -1e300, f64::NEG_INFINITY] {
            let mut tank = Tank::new(Build::COMMON, 50.0);
            for _ in 0..2 * 1440 {
                tank.minute(wild, &IDLE);
            }
            assert!((5.0..80.5).contains(&tank.celsius), "{wild}: {}", tank.celsius);
        }
    }

    #[test]
    fn the_cut_out_ends_heating_above_any_setpoint() {
        let mut tank = Tank { build: Build::COMMON, celsius: 86.0, heating: true };
        assert_eq!(tank.minute(80.0, &IDLE), 0.0);
        assert!(!tank.heating);
    }
}
