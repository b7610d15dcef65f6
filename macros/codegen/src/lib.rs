//! Code generation: a WIT contract and a user's tokens in, tokens out.
//!
//! This is a library, so that what the macros do can be tested without a compiler. `linchpin-macros` is the thin
//! crate that the compiler loads.
//!
//! ```text
//! Cargo.toml ─▶ locate ─▶ source (parsed once a process) ─┐
//!                                                         ├─▶ lookup ─▶ derive ─▶ checks + WitRecord, WitEnum, ..
//! the user's tokens ──────────────────────────────────────┘        ├─▶ export ─▶ checks + glue for wasm
//!                                                                  ├─▶ host ─▶ types, typed calls, descriptor
//!                                                                  └─▶ starter ─▶ source text to begin with
//! ```
//!
//! Errors are collected in a [`report::Report`], each at the user's token with the line of the WIT, and are
//! emitted all at once, beside a stub that keeps one mistake from causing a second error.
#![forbid(unsafe_code)]

mod alias;
pub mod check;
pub mod derive;
mod distinct;
pub mod export;
pub mod host;
pub mod locate;
pub mod lookup;
pub mod names;
mod needed;
mod number;
pub mod report;
pub mod root;
pub mod shape;
pub mod source;
pub mod starter;
pub mod unsupported;
