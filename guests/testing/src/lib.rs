//! A guest's functions natively and as the component that is shipped: the same bits, for any input of the contract.
//!
//! What `cargo test` runs is native code, and what a device runs is WebAssembly. They differ where a guest looks at its
//! target, counts in `usize`, overflows, or calls a function that each platform has its own of. One line finds out:
//!
//! ```text
//! #[test]
//! fn the_component_gives_the_same() {
//!     linchpin_testing::assert_same::<heater_schedule::Heater>(&Options::default());
//! }
//!
//! contract ─▶ strategy ─▶ arguments ─┬─▶ native: bytes ─▶ the guest's own function ─▶ bytes ─┐
//!             (types, ranges)        └─▶ component: the host's dynamic call ────────▶ bytes ─┴─▶ same?
//! ```
//!
//! It stands in the guest's `[dev-dependencies]`, so that nothing of it is in the component. Inputs lie within the
//! contract's ranges, the ends more often than their share, since a device passes no others on; numbers without a range
//! are any at all. A NaN is any other NaN, as neither Rust nor WebAssembly says which a calculation gives. A panic natively
//! is the same as a trap of the component; a limit that the component ran into is not.
#![forbid(unsafe_code)]

mod bytes;
mod compare;
mod component;
mod error;
mod native;
mod options;
mod strategy;
mod wave;

pub use compare::{Compared, assert_same, compare};
pub use error::{Difference, Error};
pub use options::Options;
