//! The host over components that are made on the spot, from WIT and WebAssembly text: no toolchain is needed.
#![expect(clippy::unwrap_used, reason = "what a test cannot go on without fails it")]

mod backtraces;
mod canonical_text;
mod containment;
mod device;
mod guarding;
mod guests;
mod loading;
mod purity;
mod reopening;
mod replacing;
mod structure;
