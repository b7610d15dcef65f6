//! What a slot has done so far.

use crate::abi::CallError;
use crate::instance::Backtrace;
use crate::limits::CallStats;
use crate::reset::ResetStats;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// The counters of a slot since it was opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SlotStats {
    /// Calls begun.
    pub calls: u64,
    /// Calls that gave the guest's own value.
    pub values: u64,
    /// Calls that gave the fallback's value.
    pub fallbacks: u64,
    /// Calls that gave an error, since there was no fallback.
    pub errors: u64,
    /// Fallbacks and errors by cause, under the code of their [`CallError`].
    pub by_cause: BTreeMap<&'static str, u64>,
    /// Modules that became active by an install.
    pub swaps: u64,
    /// Modules that became active again by a rollback that the firmware asked for.
    pub rollbacks: u64,
    /// Modules that became active again since their successor failed too often.
    pub reverts: u64,
    /// The most instructions of any call.
    pub instructions_max: u64,
    /// The most memory of any call, in bytes.
    pub memory_bytes_max: usize,
    /// What resets between calls of the active module have cost, since it was loaded.
    pub resets: ResetStats,
    /// Where the last guest that trapped was, of those that have names.
    pub last_backtrace: Option<Backtrace>,
}

#[derive(Debug, Default)]
pub(super) struct Counters {
    pub(super) calls: AtomicU64,
    pub(super) values: AtomicU64,
    pub(super) fallbacks: AtomicU64,
    pub(super) errors: AtomicU64,
    pub(super) swaps: AtomicU64,
    pub(super) rollbacks: AtomicU64,
    pub(super) reverts: AtomicU64,
    by_cause: Mutex<BTreeMap<&'static str, u64>>,
    instructions_max: AtomicU64,
    memory_bytes_max: AtomicUsize,
    last_backtrace: Mutex<Option<Backtrace>>,
}

impl Counters {
    pub(super) fn cause(&self, why: &CallError) {
        let mut by_cause = self.by_cause.lock().unwrap_or_else(PoisonError::into_inner);
        *by_cause.entry(why.code()).or_default() += 1;
    }

    pub(super) fn trapped(&self, backtrace: &Backtrace) {
        *self.last_backtrace.lock().unwrap_or_else(PoisonError::into_inner) = Some(backtrace.clone());
    }

    pub(super) fn used(&self, stats: CallStats) {
        // A maximum is seldom passed, and to look is much cheaper than to change.
        if stats.instructions > self.instructions_max.load(Ordering::Relaxed) {
            self.instructions_max.fetch_max(stats.instructions, Ordering::Relaxed);
        }
        if stats.memory_bytes > self.memory_bytes_max.load(Ordering::Relaxed) {
            self.memory_bytes_max.fetch_max(stats.memory_bytes, Ordering::Relaxed);
        }
    }

    pub(super) fn snapshot(&self) -> SlotStats {
        SlotStats {
            calls: self.calls.load(Ordering::Relaxed),
            values: self.values.load(Ordering::Relaxed),
            fallbacks: self.fallbacks.load(Ordering::Relaxed),
            errors: self.errors.load(Ordering::Relaxed),
            by_cause: self.by_cause.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            swaps: self.swaps.load(Ordering::Relaxed),
            rollbacks: self.rollbacks.load(Ordering::Relaxed),
            reverts: self.reverts.load(Ordering::Relaxed),
            instructions_max: self.instructions_max.load(Ordering::Relaxed),
            memory_bytes_max: self.memory_bytes_max.load(Ordering::Relaxed),
            resets: ResetStats::default(),
            last_backtrace: self.last_backtrace.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        }
    }
}

/// Counts one.
pub(super) fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}
