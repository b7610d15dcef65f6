//! Memory and panics of a guest that does not link `std`. WebAssembly only.

mod allocator;
mod panic;

pub use allocator::Bump;
pub use panic::{panic_message, record_panic, trap};
