//! What resets have cost.

use std::ops::AddAssign;

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

impl AddAssign for ResetStats {
    fn add_assign(&mut self, other: Self) {
        self.resets += other.resets;
        self.pages_learned += other.pages_learned;
        self.faults += other.faults;
        self.bytes_copied += other.bytes_copied;
        self.growths_undone += other.growths_undone;
        self.instances_retired += other.instances_retired;
    }
}
