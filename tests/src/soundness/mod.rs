//! What the checker says of a host and a guest, held against what the runtimes do with them.
//!
//! ```text
//! random world ─▶ changes with a name ─▶ host ────▶ linker, calls, world ─┬─▶ wasmtime 48, typed and dynamic
//!   (generate,        (change)       └─▶ guest ───▶ component ────────────┼─▶ wasmparser composition
//!    smith)                                │                              ├─▶ Linchpin's loader
//!                                          └─▶ link() ────── must agree ──┘
//! ```
//!
//! The runtimes are real: a component is compiled by wasmtime, registered functions are compared by wasmtime's own
//! code ([`runtime::expected`]), compositions are validated by wasmparser.

pub mod build;
pub mod change;
pub mod coverage;
pub mod examples;
pub mod family;
pub mod generate;
pub mod pair;
pub mod random;
pub mod run;
pub mod runtime;
pub mod shrink;
pub mod smith;
pub mod table;
pub mod wit;
