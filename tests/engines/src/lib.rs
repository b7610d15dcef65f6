//! A second engine behind the same calls: wasmi, an interpreter, in the place of wasmtime, a compiler.
//!
//! Generated code and the dynamic form of a call see a guest through [`linchpin_host::abi::Instance`] alone. Whatever
//! implements that runs guests, and a pure function gives the same bits on all of them: `tests/week.rs` lives a week of
//! the water heater on both, and `tests/same_bits.rs` computes NaNs.
#![forbid(unsafe_code)]

mod guest;

pub use guest::{Error, WasmiGuest};
