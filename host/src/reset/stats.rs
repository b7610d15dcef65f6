//! What resets have cost.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// What resets have cost since an instance was first made, counted on across its replacements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ResetStats {
    /// Resets that put an instance back.
    pub resets: u64,
    /// Pages found to be written to, by a page fault or by the host's own writes. A page has the size of the
    /// operating system's pages.
    pub pages_learned: u64,
    /// Page faults taken to learn them.
    pub faults: u64,
    /// Bytes copied back.
    pub bytes_copied: u64,
    /// Calls whose growth of memory was undone.
    pub growths_undone: u64,
    /// Instances that were replaced instead of reset.
    pub instances_retired: u64,
}

impl std::ops::AddAssign for ResetStats {
    fn add_assign(&mut self, other: Self) {
        self.resets += other.resets;
        self.pages_learned += other.pages_learned;
        self.faults += other.faults;
        self.bytes_copied += other.bytes_copied;
        self.growths_undone += other.growths_undone;
        self.instances_retired += other.instances_retired;
    }
}

/// The same while it is counted: by one thread at a time, that of the instance, and read by any at any time.
///
/// In a cache line of its own, so that instances of two threads do not wait for each other.
#[derive(Debug, Default)]
#[repr(align(64))]
pub(crate) struct ResetCounters {
    pub(super) resets: Counter,
    pub(super) pages_learned: Counter,
    pub(super) faults: Counter,
    pub(super) bytes_copied: Counter,
    pub(super) growths_undone: Counter,
    pub(super) instances_retired: Counter,
}

impl ResetCounters {
    /// What has been counted up to now.
    pub(crate) fn snapshot(&self) -> ResetStats {
        ResetStats {
            resets: self.resets.get(),
            pages_learned: self.pages_learned.get(),
            faults: self.faults.get(),
            bytes_copied: self.bytes_copied.get(),
            growths_undone: self.growths_undone.get(),
            instances_retired: self.instances_retired.get(),
        }
    }
}

/// A number with one writer at a time, which therefore needs no instruction that locks.
#[derive(Debug, Default)]
pub(super) struct Counter(AtomicU64);

impl Counter {
    /// Can be called in a signal.
    #[inline]
    pub(super) fn add(&self, more: u64) {
        self.0.store(self.0.load(Relaxed).wrapping_add(more), Relaxed);
    }

    fn get(&self) -> u64 {
        self.0.load(Relaxed)
    }
}
