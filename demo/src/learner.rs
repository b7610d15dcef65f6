//! What the device expects to be drawn: the mean of the days it has seen, hour by hour.

use crate::series::HOURS;

/// The device's memory of earlier days.
#[derive(Debug, Clone, Default)]
pub struct Learner {
    litres: [f64; HOURS],
    days: u32,
}

impl Learner {
    /// Adds a day that is over: the litres of each of its hours.
    pub fn learn(&mut self, day: &[f64; HOURS]) {
        for (sum, litres) in self.litres.iter_mut().zip(day) {
            *sum += litres;
        }
        self.days += 1;
    }

    /// Litres expected in each of the next `count` hours from `hour` of the day on.
    ///
    /// `None` until a whole day has been seen: nothing is expected then, which is not "nothing is drawn".
    #[must_use]
    pub fn expected(&self, hour: usize, count: usize) -> Option<Vec<f64>> {
        if self.days == 0 {
            return None;
        }
        let mean = self.litres.iter().map(|sum| sum / f64::from(self.days));
        Some(mean.cycle().skip(hour).take(count).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_expected_before_the_first_day() {
        assert_eq!(Learner::default().expected(0, 24), None);
    }

    #[test]
    fn the_mean_of_the_days_is_expected_past_midnight_too() {
        let mut learner = Learner::default();
        let mut day = [0.0; HOURS];
        day[1] = 10.0;
        learner.learn(&day);
        day[1] = 20.0;
        day[23] = 4.0;
        learner.learn(&day);
        assert_eq!(learner.expected(23, 4), Some(vec![2.0, 0.0, 15.0, 0.0]));
    }
}
