//! Instances that are kept from one call to the next.
//!
//! A thread that calls takes the first instance that nobody uses and gives it back reset. With more threads in calls
//! than processors, some calls make an instance of their own.

use crate::error::Error;
use crate::instance::{Compiled, GuestInstance};
use crate::reset::ResetStats;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;

/// The most instances that are kept, on however large a machine.
const KEPT_MAX: usize = 16;

/// The kept instances of one module.
pub(crate) struct Pool {
    compiled: Arc<Compiled>,
    /// Locked for as long as a call lasts.
    kept: Box<[Mutex<Option<GuestInstance>>]>,
}

impl Pool {
    /// A pool with its first instance.
    pub(crate) fn new(compiled: &Arc<Compiled>) -> Result<Self, Error> {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        let mut kept: Vec<_> = (1..processors.min(KEPT_MAX)).map(|_| Mutex::new(None)).collect();
        kept.insert(0, Mutex::new(Some(GuestInstance::new(compiled)?)));
        Ok(Self { compiled: Arc::clone(compiled), kept: kept.into_boxed_slice() })
    }

    /// Runs `body` on an instance and resets it.
    pub(crate) fn call<T>(&self, body: impl FnOnce(&mut GuestInstance) -> T) -> Result<T, Error> {
        let Some(mut kept) = self.kept.iter().find_map(unused) else {
            return Ok(body(&mut GuestInstance::new(&self.compiled)?));
        };
        let instance = match &mut *kept {
            Some(instance) => instance,
            none => none.insert(GuestInstance::new(&self.compiled)?),
        };
        let value = body(instance);
        if let Err(error) = instance.reset() {
            // The value stands; the next call tries again.
            tracing::error!(code = error.code(), %error, "no instance for the next call");
            *kept = None;
        }
        Ok(value)
    }

    /// What resets have cost so far. Waits for calls that are under way.
    pub(crate) fn reset_stats(&self) -> ResetStats {
        let mut stats = ResetStats::default();
        for kept in &self.kept {
            let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            stats += kept.as_ref().map(GuestInstance::reset_stats).unwrap_or_default();
        }
        stats
    }
}

#[inline]
fn unused(kept: &Mutex<Option<GuestInstance>>) -> Option<MutexGuard<'_, Option<GuestInstance>>> {
    match kept.try_lock() {
        Ok(kept) => Some(kept),
        Err(TryLockError::WouldBlock) => None,
        // A panic left the instance as it was in the middle of a call.
        Err(TryLockError::Poisoned(poisoned)) => {
            let mut instance = poisoned.into_inner();
            *instance = None;
            kept.clear_poison();
            Some(instance)
        }
    }
}
