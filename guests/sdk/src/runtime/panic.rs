//! What happens when a guest panics: the instance stops, in debug builds with a message left for the host.
#![expect(unsafe_code, reason = "the message lives in one static buffer")]

use core::cell::UnsafeCell;
use core::fmt::Write as _;
use core::panic::PanicInfo;

/// Longest message that is kept, in bytes.
const CAPACITY: usize = 1024;

struct Message {
    bytes: UnsafeCell<[u8; CAPACITY]>,
    length: UnsafeCell<usize>,
}

// SAFETY: core WebAssembly without the threads proposal has one thread, and guests are built without it.
unsafe impl Sync for Message {}

static MESSAGE: Message = Message { bytes: UnsafeCell::new([0; CAPACITY]), length: UnsafeCell::new(0) };

/// Stops the instance.
pub fn trap() -> ! {
    core::arch::wasm32::unreachable()
}

/// Keeps a panic's message and place where [`panic_message`] finds them.
pub fn record_panic(info: &PanicInfo<'_>) {
    // SAFETY: one thread, and the reference ends with this function, which nothing in it calls again.
    let bytes = unsafe { &mut *MESSAGE.bytes.get() };
    let mut writer = Writer { bytes, length: 0 };
    // A message that does not fit is cut: what has been written so far stays.
    let _ = write!(writer, "{info}");
    let length = writer.length;
    // SAFETY: as above.
    unsafe { *MESSAGE.length.get() = length };
}

/// Where the message is: address in the upper, length in the lower 32 bits; 0 if nothing panicked.
pub fn panic_message() -> i64 {
    // SAFETY: one thread, and nobody writes while this reads.
    let length = unsafe { *MESSAGE.length.get() };
    if length == 0 {
        return 0;
    }
    ((MESSAGE.bytes.get().addr() as i64) << 32) | length as i64
}

struct Writer<'a> {
    bytes: &'a mut [u8; CAPACITY],
    length: usize,
}

impl core::fmt::Write for Writer<'_> {
    fn write_str(&mut self, piece: &str) -> core::fmt::Result {
        let room = CAPACITY - self.length;
        let end = piece.floor_char_boundary(room);
        let free = self.bytes.iter_mut().skip(self.length);
        for (slot, byte) in free.zip(piece.bytes().take(end)) {
            *slot = byte;
        }
        self.length += end;
        if end == piece.len() { Ok(()) } else { Err(core::fmt::Error) }
    }
}
