//! Purity by reset: after each call an instance is exactly what it was when it was instantiated.
//!
//! A fresh instance for each call is pure and slow. Here one instance is used again and again, and what a call
//! changed is put back:
//!
//! ```text
//! core module ─▶ resettable ─▶ compile ─▶ instantiate ─▶ capture ─▶ call ─▶ reset ─▶ call ─▶ ..
//!                (scan, export)                          (Pristine)          └ Retire ─▶ instantiate
//! ```
//!
//! What an instance can change is finite, and each part has its answer:
//!
//! - **Memory** is copied back, by one of two [`ResetMode`]s. Growth is undone.
//! - **Mutable globals** are exported under reserved names before the module is compiled, and set back.
//! - **Tables and segments** cannot change: [`resettable`] refuses a module with an instruction that could.
//! - **After a trap** the instance is retired, whatever it was doing.
//!
//! The rest of an instance is code and immutable.

mod exports;
mod image;
mod memories;
mod mode;
#[cfg(any(target_os = "linux", target_os = "android"))]
mod pages;
#[cfg(not(any(target_os = "linux", target_os = "android")))]
#[path = "reset/no_pages.rs"]
mod pages;
mod pristine;
mod scan;
mod stateful;
mod stats;
#[cfg(test)]
mod tests;
mod unresettable;

pub(crate) use memories::{Memories, configure};
pub use mode::ResetMode;
pub(crate) use pristine::Pristine;
pub(crate) use scan::{Resettable, resettable};
pub(crate) use stats::ResetCounters;
pub use stats::ResetStats;
pub use unresettable::Unresettable;
