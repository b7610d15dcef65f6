//! Days of hot water, made from the test pattern.
//!
//! The pattern is a laboratory's: two equal days that begin at 0:00 with the largest draw. Three things
//! are done to it, and none of them is measured:
//! - it begins when the household gets up, not at midnight;
//! - its litres are taken as litres at the tap, mixed to 40 °C. The test draws them at about 52 °C;
//!   at 40 °C a day takes 8 kWh, which suits a tank of 200 litres with an element of 3 kW;
//! - in [`Household::VARIED`] no two days of the working week are quite alike and the weekend is later
//!   and larger, so that what a device learns from earlier days is an expectation and not foresight.

use crate::error::Error;
use crate::series::{DrawMinute, MINUTES};

/// When each day begins and how much is drawn, Monday first.
#[derive(Debug, Clone, PartialEq)]
pub struct Household {
    /// Hour at which the pattern's first minute falls.
    pub rises_hour: [u8; 7],
    /// Factor on the pattern's litres.
    pub factor: [f64; 7],
}

impl Household {
    /// Every day the same: learning from one day is then perfect foresight of the next.
    pub const REGULAR: Self = Self { rises_hour: [6; 7], factor: [1.0; 7] };

    /// Days that differ.
    pub const VARIED: Self =
        Self { rises_hour: [6, 6, 6, 6, 6, 8, 8], factor: [1.0, 0.9, 1.1, 0.9, 1.1, 1.2, 1.2] };

    /// The minutes of a week from Monday 0:00; the pattern's days take turns.
    ///
    /// What a late day draws after midnight falls into the next day. Nothing is drawn before the first
    /// day begins, and what the last one draws after its midnight is left out.
    ///
    /// # Errors
    /// [`Error::PatternEmpty`] when there is no minute to repeat.
    pub fn week(&self, pattern: &[DrawMinute]) -> Result<Vec<DrawMinute>, Error> {
        let days = self.rises_hour.len();
        let first = *pattern.first().ok_or(Error::PatternEmpty)?;
        let mut minutes = vec![DrawMinute { litres: 0.0, ..first }; days * MINUTES];
        let mut recorded = pattern.iter().cycle();
        for (day, (rises_hour, factor)) in self.rises_hour.iter().zip(self.factor).enumerate() {
            let begin = day * MINUTES + usize::from(*rises_hour) * 60;
            for (at, minute) in (begin..).zip(recorded.by_ref().take(MINUTES)) {
                if let Some(into) = minutes.get_mut(at) {
                    into.litres += minute.litres * factor;
                    into.mains_celsius = minute.mains_celsius;
                    into.room_celsius = minute.room_celsius;
                }
            }
        }
        Ok(minutes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series;

    #[test]
    fn a_regular_week_is_the_pattern_from_six_o_clock() {
        let pattern = series::draws("draws.csv", series::DRAWS_CSV).unwrap();
        let week = Household::REGULAR.week(&pattern).unwrap();
        assert_eq!(week.len(), 7 * MINUTES);
        assert!(week[..360].iter().all(|minute| minute.litres == 0.0));
        assert_eq!(week[360..MINUTES], pattern[..MINUTES - 360]);
    }

    #[test]
    fn a_late_day_reaches_into_the_next() {
        let pattern = series::draws("draws.csv", series::DRAWS_CSV).unwrap();
        let week = Household::VARIED.week(&pattern).unwrap();
        let sunday_night: f64 = week[6 * MINUTES..6 * MINUTES + 120].iter().map(|m| m.litres).sum();
        assert!((sunday_night - 1.2 * 45.4).abs() < 0.1, "{sunday_night}");
    }

    #[test]
    fn an_empty_pattern_is_refused() {
        assert_eq!(Household::REGULAR.week(&[]).unwrap_err().code(), "pattern-empty");
    }
}
