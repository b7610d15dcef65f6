//! What several tests and commands of this repository share.
//!
//! - [`component`]: core modules of the right types.
//! - [`differential`]: our path and the engine's component model, value by value.
//! - [`fleet`]: systems and interfaces made by programs.
//! - [`hostile`]: guests that answer with any memory, on the direct path; also a target of `cargo fuzz`.
//! - [`peers`]: what other tools say of the same host and guest, and why.
//! - [`score`]: histories of contracts, compared version by version.
//! - [`soundness`]: what the checker says of a host and a guest, held against what the runtimes do with them.

pub mod component;
pub mod differential;
pub mod fleet;
#[path = "../../fuzz/src/hostile/mod.rs"]
pub mod hostile;
pub mod peers;
pub mod score;
pub mod soundness;
