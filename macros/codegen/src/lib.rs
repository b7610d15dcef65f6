//! Code generation: a WIT contract and a user's tokens in, tokens out.
//!
//! This is a library, so that what the macros do can be tested without a compiler. `linchpin-macros` is the thin
//! crate that the compiler loads.
//!
//! ```text
//! Cargo.toml ─▶ locate ─▶ source (parsed once a process) ─┐
//!                                                         ├─▶ lookup ─▶ derive ─▶ checks + WitRecord, WitEnum, ..
//! the user's tokens ──────────────────────────────────────┘        ├─▶ export ─▶ checks + glue for wasm
//!                                                                  └─▶ host ─▶ types, typed calls, descriptor
//! ```
//!
//! Errors are collected in a [`report::Report`], each at the user's token with the line of the WIT, and are
//! emitted all at once, beside a stub that keeps one mistake from causing a second error.
#![forbid(unsafe_code)]

pub mod check;
pub mod derive;
pub mod export;
pub mod host;
pub mod locate;
pub mod lookup;
pub mod names;
pub mod report;
pub mod shape;
pub mod source;
pub mod unsupported;
