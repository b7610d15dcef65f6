//! Other tools asked of the same host and guest as the checker, and why they say something else.
//!
//! ```text
//! examples, random families ─▶ pair ─┬─▶ wasmtime 48 ═ link(wasmtime-48)      what is true
//!                                    ├─▶ wit_component::targets ─────┐
//!                                    └─▶ wit_component::semver_check ┴─▶ class: why it differs, or a failure
//! ```
//!
//! What is true is what wasmtime does: a pair on which the checker and wasmtime differ is no case but an error. A peer
//! that refuses what works has raised a false alarm; one that passes what fails, or what swaps values, a false pass.
//! Why is told by the checker's own faults under the rules that the peer goes by, never by the peer's words.

pub mod ask;
pub mod class;
pub mod run;
