//! The hot water a household draws when nothing is known of it.
//!
//! A rule of thumb, not a measurement: a tank is chosen so that it is drawn about once a day, with a peak
//! in the morning, a broad one in the evening, and next to nothing at night.

/// Share of the day's water in each hour, in percent.
const PERCENT: [u8; 24] = [0, 0, 0, 0, 0, 2, 12, 14, 8, 4, 3, 3, 4, 3, 2, 2, 4, 6, 8, 8, 7, 5, 3, 2];

/// Litres at the tap that are typical for an hour of the day, for a tank of this volume.
#[must_use]
pub fn typical_litres(hour_of_day: usize, volume_litres: f64) -> f64 {
    PERCENT.iter().cycle().nth(hour_of_day).map_or(0.0, |percent| f64::from(*percent) * volume_litres / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_tank_once() {
        let litres: f64 = (0..24).map(|hour| typical_litres(hour, 200.0)).sum();
        assert!((litres - 200.0).abs() < 1e-9, "{litres}");
        assert_eq!(typical_litres(31, 200.0), typical_litres(7, 200.0));
    }
}
