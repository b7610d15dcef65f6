//! # `memory-unbounded`
//!
//! ## What it does
//!
//! Finds components whose linear memory declares no upper bound.
//!
//! ## Why it breaks
//!
//! Such a memory may grow until the device stops it, in the middle of a call that worked in every test. What a
//! module needs at most is part of what is reviewed and signed.
//!
//! ## Example
//!
//! ```wat
//! (memory 1)     ;; before: up to 4 GiB
//! (memory 1 32)  ;; after: up to 2 MiB
//! ```
//!
//! ## What to do
//!
//! Build with `linchpin build`, which declares 2 MiB unless `[package.metadata.linchpin]` sets `max-memory-
//! bytes`; with another linker, pass `--max-memory`.

use crate::rule::{Check, Rule, Sink};
use crate::system::{Module, Target};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "memory-unbounded",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: None,
    summary: "a memory has no upper bound",
    source: include_str!("memory_unbounded.rs"),
    check: Check::Profile(check),
};

const HELP: &str = "build with `linchpin build`, which declares 2 MiB unless `[package.metadata.linchpin]` sets `max-memory-bytes`; with another linker, pass `--max-memory`";

fn check(module: &Module, target: &Target, sink: &mut Sink<'_>) {
    if !target.runtime.asks_for_purity() {
        return;
    }
    if module.profile.memories.iter().any(|memory| memory.maximum_bytes.is_none()) {
        let message = format!("module `{}` has a memory without an upper bound", module.name);
        sink.report_module(module, "memory", message, "its memory has no upper bound".to_owned(), HELP);
    }
}
