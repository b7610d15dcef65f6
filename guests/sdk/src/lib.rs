//! What a guest links: plain Rust types and functions that a device can call through WIT.
//!
//! A guest keeps its own types. A derive checks each of them against the WIT contract at compile time, and
//! [`export`](macro@export) makes a plain function of plain types a component's export. Natively nothing else
//! happens: `cargo test` calls the same functions.
//!
//! ```text
//! #[derive(Record)] struct Inputs { .. }     compared with the WIT, error at the field
//! #[linchpin_guest::export(world = "heater")]
//! impl Heater { pub fn plan(inputs: Inputs) -> Result<Decision, Fault> { .. } }
//! linchpin_guest::runtime!();                allocator and panic handler, wasm only
//! ```
//!
//! The contract is found through `[package.metadata.linchpin] wit = ".."` in the guest's `Cargo.toml`: a folder
//! or one `.wit` file, `wit` beside `Cargo.toml` where nothing is said. A change of any file that was read builds the
//! crate anew. Files that are added to a folder are seen by a `build.rs` of one line:
//! `fn main() { println!("cargo::rerun-if-changed=wit"); }`.
//!
//! [`Shape`] is a WIT type as a constant, [`check`] compares two of them; [`WitRecord`], [`WitEnum`],
//! [`WitVariant`], [`WitFlags`] and [`WitPrimitive`] take a derived type apart and put it together in the WIT's order.
//! Generated code, on guests and hosts, sees user types through these traits alone.
#![no_std]

extern crate alloc;

mod bridge;
mod check;
mod impls;
mod parts;
pub mod prelude;
mod primitive;
#[cfg(target_family = "wasm")]
mod runtime;
mod runtime_macro;
mod shape;
#[cfg(feature = "testing")]
pub mod testing;
mod testing_macro;
mod text;

pub use check::check;
pub use linchpin_macros::{Alias, Enum, Flags, Record, Variant, export};
pub use parts::{WitCase, WitEnum, WitFlags, WitRecord, WitVariant};
pub use primitive::{OutOfRange, WitPrimitive};
pub use shape::{AliasShape, NamedShape, Shape, WitType};

/// What generated code needs. Not for use by hand, and not stable.
#[doc(hidden)]
pub mod __private {
    pub use alloc::{string, vec};

    pub use crate::bridge::{Bridge, Convert, Disagreed, impossible};
    pub use crate::check::{Checked, IfTrue};
    pub use crate::primitive::or_trap;
    #[cfg(target_family = "wasm")]
    pub use crate::runtime::{Bump, panic_message, record_panic, trap};
    #[cfg(target_family = "wasm")]
    pub use wit_bindgen;
}
