//! A bump allocator that is empty again whenever nothing is allocated.
#![expect(unsafe_code, reason = "an allocator hands out raw memory")]

use core::alloc::{GlobalAlloc, Layout};
use core::cell::Cell;
use core::ptr;

/// What a failed allocation returns: in debug builds null, which ends in a panic with a message. In release builds it
/// stops the instance, and the compiler leaves out all code that would write that message.
fn out_of_memory() -> *mut u8 {
    if cfg!(debug_assertions) { ptr::null_mut() } else { super::trap() }
}

/// Size of a WebAssembly page in bytes.
const PAGE_BYTES: u64 = 65_536;

unsafe extern "C" {
    /// Where the linker's data ends; only its address means something.
    static __heap_base: u8;
}

/// Hands out memory upwards from the end of the data and grows the memory a page at a time.
///
/// Freeing the newest block gives it back. Freeing the last block of all gives everything back, so memory does
/// not grow from call to call even if the host does not reset it.
///
/// `runtime!` exports its address as `linchpin_arena`. A host that knows the name takes blocks for arguments by
/// changing the two words itself, just as `alloc` does, instead of a call of `cabi_realloc` for each. So their order
/// and meaning are fixed.
#[derive(Debug)]
#[repr(C)]
pub struct Bump {
    /// The first free byte.
    next: Cell<*const u8>,
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
        Self { next: Cell::new(&raw const __heap_base), live: Cell::new(0) }
    }

    /// Moves the first free byte to `end`, if the memory reaches so far or can be made to.
    fn advance(&self, end: u64) -> bool {
        let have = core::arch::wasm32::memory_size(0) as u64 * PAGE_BYTES;
        if end > have {
            let pages = (end - have).div_ceil(PAGE_BYTES);
            if core::arch::wasm32::memory_grow(0, pages as usize) == usize::MAX {
                return false;
            }
        }
        self.next.set(ptr::with_exposed_provenance(end as usize));
        true
    }

    /// The canonical ABI's allocator: a block of `new_size` bytes with what the old one held.
    ///
    /// A host asks for fresh blocks. Only one that translates text as it copies it lets a block grow, which is
    /// rare enough that the old one is not looked for again.
    ///
    /// # Safety
    /// `align` is a power of two, and `old` is a block of `old_size` bytes of this allocator or `old_size` is 0.
    pub unsafe fn cabi_realloc(
        &self,
        old: *mut u8,
        old_size: usize,
        align: usize,
        new_size: usize,
    ) -> *mut u8 {
        if new_size == 0 {
            return ptr::without_provenance_mut(align);
        }
        // SAFETY: the caller promises an alignment, and a size that does not fit stops the instance.
        let new = unsafe { self.alloc(Layout::from_size_align_unchecked(new_size, align)) };
        if new.is_null() {
            super::trap();
        }
        if old_size > 0 {
            // SAFETY: the caller promises the old block, and a new block does not overlap a live one.
            unsafe { ptr::copy_nonoverlapping(old, new, old_size.min(new_size)) };
            self.live.set(self.live.get() - 1);
        }
        new
    }
}

// SAFETY: blocks are aligned, lie within the memory and never overlap a live block: `next` only moves down to the
// start of the newest block, which is being freed, or to the heap's start, when no block is live.
unsafe impl GlobalAlloc for Bump {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // In 64 bits nothing here overflows, and what does not fit 32 is more than memory can be made to reach.
        let mask = layout.align() as u64 - 1;
        let start = (self.next.get().addr() as u64 + mask) & !mask;
        if !self.advance(start + layout.size() as u64) {
            return out_of_memory();
        }
        self.live.set(self.live.get() + 1);
        let start = start as usize;
        // SAFETY: `start` is at or above the end of the data, which is not at address 0.
        unsafe { core::hint::assert_unchecked(start != 0) };
        ptr::with_exposed_provenance_mut(start)
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let live = self.live.get() - 1;
        self.live.set(live);
        if live == 0 {
            self.next.set(&raw const __heap_base);
        } else if block.addr() + layout.size() == self.next.get().addr() {
            self.next.set(block);
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        if block.addr() + layout.size() == self.next.get().addr() {
            let fits = self.advance(block.addr() as u64 + new_size as u64);
            return if fits { block } else { out_of_memory() };
        }
        // SAFETY: the caller promises a valid size for this alignment.
        let moved = unsafe { self.alloc(Layout::from_size_align_unchecked(new_size, layout.align())) };
        if !moved.is_null() {
            // SAFETY: both blocks are at least this long, and a new block does not overlap a live one.
            unsafe {
                ptr::copy_nonoverlapping(block, moved, layout.size().min(new_size));
                self.dealloc(block, layout);
            }
        }
        moved
    }
}
