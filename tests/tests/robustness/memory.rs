//! How much memory a thread holds, counted in the allocator.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// No single run needs so much; more would end in the operating system killing the tests.
const HARD_BYTES: isize = 4 << 30;

thread_local! {
    static HELD: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
}

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[expect(unsafe_code, reason = "an allocator can only be wrapped with the unsafe trait that allocators have")]
// SAFETY: every call goes to the system's allocator as it is, or gives the null pointer of a failed allocation.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if count(layout.size().cast_signed()) > HARD_BYTES {
            return std::ptr::null_mut();
        }
        // SAFETY: the caller's promise for `alloc` is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-layout.size().cast_signed());
        // SAFETY: the caller's promise for `dealloc` is passed on.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// Adds to what the thread holds. A thread that is ending is not counted.
fn count(bytes: isize) -> isize {
    let added = HELD.try_with(|held| {
        held.set(held.get() + bytes);
        PEAK.with(|peak| peak.set(peak.get().max(held.get())));
        held.get()
    });
    added.unwrap_or(0)
}

/// The most bytes that `run` held at once, on this thread.
pub(crate) fn peak(run: impl FnOnce()) -> usize {
    let before = HELD.with(Cell::get);
    PEAK.with(|peak| peak.set(before));
    run();
    usize::try_from(PEAK.with(Cell::get) - before).unwrap_or(0)
}

#[test]
fn what_a_run_holds_is_counted() {
    let held = peak(|| drop(std::hint::black_box(vec![1_u8; 3 << 20])));
    assert!((3 << 20..4 << 20).contains(&held), "{held}");
    assert!(peak(|| ()) < 1024);
}
