//! Instances that are kept from one call to the next.
//!
//! A thread that calls takes the first instance that nobody uses and gives it back reset. With more threads in calls
//! than processors, some calls make an instance of their own.

use crate::error::Error;
use crate::instance::{Compiled, GuestInstance};
use crate::reset::{ResetCounters, ResetStats};
use std::sync::{Arc, Mutex, MutexGuard, TryLockError};
use std::thread;

/// The most instances that are kept, on however large a machine.
const KEPT_MAX: usize = 16;

/// The kept instances of one module.
pub(crate) struct Pool {
    compiled: Arc<Compiled>,
    kept: Box<[Kept]>,
}

/// A place for an instance that is kept.
#[derive(Default)]
struct Kept {
    /// Locked for as long as a call lasts.
    instance: Mutex<Option<GuestInstance>>,
    /// Of all instances that were here. Read without the lock, so that whoever asks neither waits for a call nor takes
    /// the instance away from one.
    counters: Arc<ResetCounters>,
}

impl Pool {
    /// A pool with its first instance.
    pub(crate) fn new(compiled: &Arc<Compiled>) -> Result<Self, Error> {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        let mut kept: Vec<_> = (1..processors.min(KEPT_MAX)).map(|_| Kept::default()).collect();
        let counters = Arc::<ResetCounters>::default();
        let first = GuestInstance::counting(compiled, Arc::clone(&counters))?;
        kept.insert(0, Kept { instance: Mutex::new(Some(first)), counters });
        Ok(Self { compiled: Arc::clone(compiled), kept: kept.into_boxed_slice() })
    }

    /// Runs `body` on an instance and resets it.
    pub(crate) fn call<T>(&self, body: impl FnOnce(&mut GuestInstance) -> T) -> Result<T, Error> {
        let Some((mut kept, counters)) = self.kept.iter().find_map(Kept::unused) else {
            return Ok(body(&mut GuestInstance::new(&self.compiled)?));
        };
        let instance = match &mut *kept {
            Some(instance) => instance,
            none => none.insert(GuestInstance::counting(&self.compiled, Arc::clone(counters))?),
        };
        let value = body(instance);
        if let Err(error) = instance.reset() {
            // The value stands; the next call tries again.
            tracing::error!(code = error.code(), %error, "no instance for the next call");
            *kept = None;
        }
        Ok(value)
    }

    /// What resets have cost so far.
    pub(crate) fn reset_stats(&self) -> ResetStats {
        let mut stats = ResetStats::default();
        for kept in &self.kept {
            stats += kept.counters.snapshot();
        }
        stats
    }
}

impl Kept {
    #[inline]
    fn unused(&self) -> Option<(MutexGuard<'_, Option<GuestInstance>>, &Arc<ResetCounters>)> {
        let instance = match self.instance.try_lock() {
            Ok(instance) => instance,
            Err(TryLockError::WouldBlock) => return None,
            // A panic left the instance as it was in the middle of a call.
            Err(TryLockError::Poisoned(poisoned)) => {
                let mut instance = poisoned.into_inner();
                *instance = None;
                self.instance.clear_poison();
                instance
            }
        };
        Some((instance, &self.counters))
    }
}
