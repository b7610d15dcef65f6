//! Time for ages: how old a held value is, how close together failures are. Never the time of day.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A clock that never steps back.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone)]
enum Source {
    Monotonic(Instant),
    Manual(Arc<Mutex<Duration>>),
}

/// The hands of a [`Clock::manual`].
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<Mutex<Duration>>);

impl Clock {
    /// The machine's monotonic clock.
    #[must_use]
    pub fn monotonic() -> Self {
        Self(Source::Monotonic(Instant::now()))
    }

    /// A clock that only moves when it is told to, for tests and simulations.
    #[must_use]
    pub fn manual() -> (Self, ManualClock) {
        let now = Arc::new(Mutex::new(Duration::ZERO));
        (Self(Source::Manual(Arc::clone(&now))), ManualClock(now))
    }

    /// Time since the clock was made.
    pub(crate) fn now(&self) -> Duration {
        match &self.0 {
            Source::Monotonic(start) => start.elapsed(),
            Source::Manual(now) => *now.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }
}

impl ManualClock {
    /// Moves the clock on.
    pub fn advance(&self, by: Duration) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = now.saturating_add(by);
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Monotonic(_) => "Monotonic",
            Self::Manual(_) => "Manual",
        })
    }
}
