//! The embedding library for device software: it runs signed, replaceable business logic and stays in charge.
//!
//! A guest is a pure function in a WebAssembly component. The firmware was compiled against a contract and knows
//! the digest of every function that it calls. From there on:
//!
//! ```text
//! Release ─▶ verify ─▶ structure ─▶ digests ─▶ compile ─▶ first instance ─▶ store ─▶ swap
//!           (trust)   (component)   (load)    (engine)     (instance)      (store)  (slot)
//!
//! arguments ─▶ lower ─▶ an instance under limits ─▶ lift ─▶ guards ─▶ Outcome ─▶ reset
//!              (abi)   (pool, instance)           (abi)   (slot)   value | fallback
//! ```
//!
//! Start with [`Slot`] and the `bindings!` macro that wraps it with types. [`Loaded`] is the same path without
//! trust and storage, for tools. [`abi`] is what generated code is written against.
//!
//! A change of any WIT file that `bindings!` read builds the firmware anew. Files that are added to a folder are seen by
//! a `build.rs` of one line, with that folder: `fn main() { println!("cargo::rerun-if-changed=wit"); }`.

// `unsafe_code` is denied by the workspace; the one exception is `reset::pages`.

pub mod abi;
mod clock;
mod component;
mod deadline;
pub mod dynamic;
mod engine;
mod error;
mod features;
mod instance;
mod limits;
mod load;
mod outcome;
mod pool;
mod reset;
mod slot;
mod store;
mod version;
pub mod wit;
pub mod world;

pub use abi::{CallError, GuardViolation, LiftError, Trap};
pub use clock::{Clock, ManualClock};
pub use component::{Component, CoreExports, ExportedFunction, FunctionName, ValueType};
pub use engine::{Engine, EngineConfig};
pub use error::{DigestMismatch, Error};
pub use instance::{Backtrace, Frame, GuestInstance};
pub use limits::{CallStats, Limits};
pub use linchpin_macros::{
    HostAlias as Alias, HostEnum as Enum, HostFlags as Flags, HostRecord as Record, HostVariant as Variant,
    bindings,
};
pub use load::Loaded;
pub use outcome::Outcome;
pub use reset::{ResetMode, ResetStats, Unresettable};
pub use slot::{Breaker, Fallback, Installed, Release, Slot, SlotBuilder, SlotStats};
pub use store::Store;
