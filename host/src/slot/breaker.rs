//! When a module has failed often enough to be taken out.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// A module that fails this often in this time is quarantined, and the last known good one takes over.
///
/// A failure is a trap, a malformed result or a refused one; what the caller's own arguments caused does not
/// count. The default is 3 failures within a day, which also fits a function that is called once an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Breaker {
    /// How many failures; zero turns the breaker off.
    pub failures: usize,
    /// Within how long.
    pub within: Duration,
}

impl Default for Breaker {
    fn default() -> Self {
        Self { failures: 3, within: Duration::from_secs(24 * 3600) }
    }
}

/// The recent failures of one module.
#[derive(Debug, Default)]
pub(super) struct Failures(Mutex<Vec<Duration>>);

impl Failures {
    /// Counts one more and says whether that was one too many.
    pub(super) fn add(&self, breaker: Breaker, now: Duration) -> bool {
        if breaker.failures == 0 {
            return false;
        }
        let mut recent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        recent.retain(|failure| now.saturating_sub(*failure) <= breaker.within);
        recent.push(now);
        // With nothing to go back to, the module stays and its failures go on: keep the list short.
        let excess = recent.len().saturating_sub(breaker.failures);
        recent.drain(..excess);
        recent.len() == breaker.failures
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_failures_close_together_trip_it() {
        let breaker = Breaker { failures: 3, within: Duration::from_secs(10) };
        let trips = |times: &[u64]| {
            let failures = Failures::default();
            times.iter().map(|&time| failures.add(breaker, Duration::from_secs(time))).collect::<Vec<_>>()
        };
        assert_eq!(trips(&[0, 1, 2]), [false, false, true]);
        assert_eq!(trips(&[0, 11, 22, 33]), [false; 4]);
        assert_eq!(trips(&[0, 9, 11, 12]), [false, false, false, true]);
        assert_eq!(trips(&[0, 5, 10]), [false, false, true]);
        let off = Breaker { failures: 0, ..breaker };
        let failures = Failures::default();
        assert!((0..10).all(|time| !failures.add(off, Duration::from_secs(time))));
    }
}
