//! A bump allocator that is empty again whenever nothing is allocated.
#![expect(unsafe_code, reason = "an allocator hands out raw memory")]

use core::alloc::{GlobalAlloc, Layout};
use core::cell::Cell;

/// What a failed allocation returns: in debug builds null, which ends in a panic with a message. In release builds it
/// stops the instance, and the compiler leaves out all code that would write that message.
fn out_of_memory() -> *mut u8 {
    if cfg!(debug_assertions) { core::ptr::null_mut() } else { super::trap() }
}

/// Size of a WebAssembly page in bytes.
const PAGE_BYTES: usize = 65_536;

unsafe extern "C" {
    /// Where the linker's data ends; only its address means something.
    static __heap_base: u8;
}

/// Hands out memory upwards from the end of the data and grows the memory a page at a time.
///
/// Freeing the newest block gives it back. Freeing the last block of all gives everything back, so memory does
/// not grow from call to call even if the host does not reset it.
#[derive(Debug)]
pub struct Bump {
    /// Address of the next free byte; 0 stands for the heap's start, so that the initial image is all zeros.
    next: Cell<usize>,
    /// How many blocks are in use.
    live: Cell<usize>,
}

// SAFETY: core WebAssembly without the threads proposal has one thread, and guests are built without it.
unsafe impl Sync for Bump {}

impl Bump {
    /// An allocator that has handed out nothing.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "it only makes sense as a static")]
    pub const fn new() -> Self {
        Self { next: Cell::new(0), live: Cell::new(0) }
    }

    fn next(&self) -> usize {
        match self.next.get() {
            0 => (&raw const __heap_base).addr(),
            next => next,
        }
    }

    /// Moves the first free byte to `end`, if the memory reaches so far or can be made to.
    fn advance(&self, end: usize) -> bool {
        let have = core::arch::wasm32::memory_size(0) * PAGE_BYTES;
        if end > have {
            let pages = (end - have).div_ceil(PAGE_BYTES);
            if core::arch::wasm32::memory_grow(0, pages) == usize::MAX {
                return false;
            }
        }
        self.next.set(end);
        true
    }
}

// SAFETY: blocks are aligned, lie within the memory and never overlap a live block: `next` only moves down to the
// start of the newest block, which is being freed, or to the heap's start, when no block is live.
unsafe impl GlobalAlloc for Bump {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let start = self.next().checked_next_multiple_of(layout.align());
        let end = start.and_then(|start| start.checked_add(layout.size()));
        let (Some(start), Some(end)) = (start, end) else { return out_of_memory() };
        if !self.advance(end) {
            return out_of_memory();
        }
        self.live.set(self.live.get() + 1);
        // SAFETY: `start` is at or above the end of the data, which is not at address 0.
        unsafe { core::hint::assert_unchecked(start != 0) };
        core::ptr::with_exposed_provenance_mut(start)
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let live = self.live.get() - 1;
        self.live.set(live);
        if live == 0 {
            self.next.set(0);
        } else if block.addr() + layout.size() == self.next.get() {
            self.next.set(block.addr());
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        if block.addr() + layout.size() == self.next.get() {
            let fits = block.addr().checked_add(new_size).is_some_and(|end| self.advance(end));
            return if fits { block } else { out_of_memory() };
        }
        // SAFETY: the caller promises a valid size for this alignment.
        let moved = unsafe { self.alloc(Layout::from_size_align_unchecked(new_size, layout.align())) };
        if !moved.is_null() {
            // SAFETY: both blocks are at least this long, and a new block does not overlap a live one.
            unsafe {
                core::ptr::copy_nonoverlapping(block, moved, layout.size().min(new_size));
                self.dealloc(block, layout);
            }
        }
        moved
    }
}
