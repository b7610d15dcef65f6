//! One linear memory in address space of its own, which the engine uses as if it were any other.

use super::mapping::{Access, Mapping, page_bytes};
use std::io;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Address space for one linear memory: a guard, the memory with room to grow, a guard.
#[derive(Debug)]
pub(super) struct Region {
    mapping: Mapping,
    /// Offset of the linear memory in the mapping.
    guard_bytes: usize,
    capacity_bytes: usize,
    /// Size of the operating system's pages.
    page_bytes: usize,
    /// The size of the linear memory now. One thread uses a region at a time, that of its store.
    bytes: AtomicUsize,
}

impl Region {
    /// A region of zeros that can be written to; all sizes in bytes.
    pub(super) fn new(initial: usize, capacity: usize, guard: usize) -> Result<Self, String> {
        let page_bytes = page_bytes();
        if !page_bytes.is_power_of_two() || [initial, capacity, guard].iter().any(|it| it % page_bytes != 0) {
            return Err(format!("pages of {page_bytes} bytes do not divide WebAssembly's pages"));
        }
        let total = guard.checked_add(capacity).and_then(|bytes| bytes.checked_add(guard));
        let total = total.ok_or("memory is larger than the address space")?;
        let region = Self {
            mapping: Mapping::reserve(total).map_err(|error| format!("no address space: {error}"))?,
            guard_bytes: guard,
            capacity_bytes: capacity,
            page_bytes,
            bytes: AtomicUsize::new(0),
        };
        region.grow_to(initial).map_err(|error| format!("no memory: {error}"))?;
        Ok(region)
    }

    #[inline]
    pub(super) fn start(&self) -> *mut u8 {
        // SAFETY: the mapping is longer than its first guard.
        unsafe { self.mapping.start().add(self.guard_bytes) }
    }

    #[inline]
    pub(super) fn bytes(&self) -> usize {
        self.bytes.load(Relaxed)
    }

    pub(super) fn capacity_bytes(&self) -> usize {
        self.capacity_bytes
    }

    pub(super) fn page_bytes(&self) -> usize {
        self.page_bytes
    }

    /// Makes more bytes usable, all zero.
    pub(super) fn grow_to(&self, bytes: usize) -> io::Result<()> {
        let old = self.bytes();
        if bytes < old || bytes > self.capacity_bytes {
            return Err(io::ErrorKind::OutOfMemory.into());
        }
        self.protect(old..bytes, Access::ReadWrite)?;
        self.bytes.store(bytes, Relaxed);
        Ok(())
    }

    /// Gives the bytes from `bytes` on back, so that they cannot be reached and are zero when they are next.
    pub(super) fn shrink_to(&self, bytes: usize) -> io::Result<()> {
        self.mapping.discard(self.in_mapping(bytes..self.bytes()))?;
        self.bytes.store(bytes, Relaxed);
        Ok(())
    }

    /// Changes what may be done with some bytes, in whole pages. Safe in a signal.
    pub(super) fn protect(&self, range: Range<usize>, access: Access) -> io::Result<()> {
        self.mapping.protect(self.in_mapping(range), access)
    }

    fn in_mapping(&self, range: Range<usize>) -> Range<usize> {
        self.guard_bytes + range.start..self.guard_bytes + range.end
    }
}
