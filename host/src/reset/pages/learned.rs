//! The pages of a region that were written to.

use super::ResetCounters;
use super::mapping::Access;
use super::region::Region;
use std::io;
use std::ops::Range;
use std::ptr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering::Relaxed};

/// Which pages of a region are writable, the others being protected.
///
/// All atomics are relaxed: one thread uses them at a time, that of the store, and what hands a store to another
/// thread also orders these accesses. They are atomics since a signal handler shares them with the code that it
/// interrupts.
#[derive(Debug)]
pub(super) struct LearnedPages {
    pub(super) region: Arc<Region>,
    /// The size of the memory when it was protected. Memory that is grown later is not protected.
    initial_bytes: usize,
    page_shift: u32,
    /// Of each initial page, whether it can be written to.
    writable: Box<[AtomicBool]>,
    /// The pages that became writable, in that order, up to `learned_count`.
    learned: Box<[AtomicU32]>,
    learned_count: AtomicUsize,
    /// Of this memory and of those before it.
    pub(super) counters: Arc<ResetCounters>,
}

impl LearnedPages {
    /// Nothing is learned yet, and nothing protected.
    pub(super) fn new(region: Arc<Region>, counters: Arc<ResetCounters>) -> Self {
        let initial_bytes = region.bytes();
        let pages = initial_bytes / region.page_bytes();
        Self {
            initial_bytes,
            page_shift: region.page_bytes().trailing_zeros(),
            writable: (0..pages).map(|_| AtomicBool::new(false)).collect(),
            learned: (0..pages).map(|_| AtomicU32::new(0)).collect(),
            learned_count: AtomicUsize::new(0),
            counters,
            region,
        }
    }

    /// Makes all pages read-only.
    pub(super) fn protect(&self) -> io::Result<()> {
        self.region.protect(0..self.initial_bytes, Access::Read)
    }

    #[inline]
    pub(super) fn initial_bytes(&self) -> usize {
        self.initial_bytes
    }

    /// What to do about a fault on a protected page: whether the access may happen again. Runs in a signal.
    pub(super) fn fault(&self, address: usize) -> bool {
        let offset = address.wrapping_sub(self.region.start().addr());
        if offset >= self.initial_bytes || !self.learn(offset >> self.page_shift) {
            return false;
        }
        self.counters.faults.add(1);
        true
    }

    /// Whether a range lies in one initial page that is writable already, as most of what a host writes does.
    #[inline(always)]
    pub(super) fn is_ready(&self, range: &Range<usize>) -> bool {
        if range.start >= range.end || range.end > self.initial_bytes {
            return false;
        }
        let page = range.start >> self.page_shift;
        page == (range.end - 1) >> self.page_shift && self.is_writable(page)
    }

    /// Makes all pages of a range writable, before the host writes to them; false if that cannot be.
    pub(super) fn touch(&self, range: Range<usize>) -> bool {
        let end = range.end.min(self.initial_bytes);
        if range.start >= end {
            return true;
        }
        let (first, last) = (range.start >> self.page_shift, (end - 1) >> self.page_shift);
        (first..=last).all(|page| self.is_writable(page) || self.learn(page))
    }

    #[inline]
    fn is_writable(&self, page: usize) -> bool {
        self.writable.get(page).is_some_and(|page| page.load(Relaxed))
    }

    /// Makes a protected page writable and remembers it; false if it is writable already. Runs in a signal.
    #[cold]
    fn learn(&self, page: usize) -> bool {
        if page >= self.writable.len() || self.is_writable(page) {
            return false;
        }
        let start = page << self.page_shift;
        if self.region.protect(start..start + (1 << self.page_shift), Access::ReadWrite).is_ok() {
            self.remember(page);
            return true;
        }
        // Every change of protection in the middle of a mapping splits it, and the system bounds the number of
        // mappings. Making all pages alike splits nothing.
        if self.region.protect(0..self.initial_bytes, Access::ReadWrite).is_err() {
            return false;
        }
        for page in 0..self.writable.len() {
            self.remember(page);
        }
        true
    }

    fn remember(&self, page: usize) {
        let count = self.learned_count.load(Relaxed);
        let (Some(writable), Some(slot)) = (self.writable.get(page), self.learned.get(count)) else { return };
        if !writable.swap(true, Relaxed) {
            slot.store(page as u32, Relaxed);
            self.learned_count.store(count + 1, Relaxed);
            self.counters.pages_learned.add(1);
        }
    }

    /// Copies the learned pages from `image` and says how many bytes that was.
    ///
    /// # Safety
    /// Nobody else may use the memory meanwhile.
    #[inline]
    pub(super) unsafe fn copy_back(&self, image: &[u8]) -> u64 {
        let page_bytes = 1 << self.page_shift;
        let pages = self.learned.get(..self.learned_count.load(Relaxed)).unwrap_or_default();
        let start = self.region.start();
        let mut bytes = 0;
        for page in pages {
            let offset = (page.load(Relaxed) as usize) << self.page_shift;
            let Some(source) = image.get(offset..offset + page_bytes) else { continue };
            // SAFETY: learned pages are initial pages, thus inside the mapping, and writable; the image is an
            // allocation of its own.
            unsafe { ptr::copy_nonoverlapping(source.as_ptr(), start.add(offset), page_bytes) };
            bytes += page_bytes as u64;
        }
        bytes
    }
}
