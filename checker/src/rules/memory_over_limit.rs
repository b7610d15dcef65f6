//! # `memory-over-limit`
//!
//! ## What it does
//!
//! Finds components that declare more linear memory than the target allows (`limits.memory` in
//! `linchpin.toml`).
//!
//! ## Why it breaks
//!
//! The firmware refuses the module before it makes an instance of it.
//!
//! ## Example
//!
//! ```toml
//! limits = { memory = "64KiB" }
//! ```
//!
//! ## What to do
//!
//! Use `linchpin_guest::runtime!()`, which needs one page (64 KiB); the standard library asks for 17. Else
//! raise the limit.

use crate::rule::{Check, Rule, Shown, Sink};
use crate::system::{Limits, Module};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "memory-over-limit",
    level: Level::Deny,
    plane: Plane::System,
    bump: None,
    summary: "a module needs more memory than a target allows",
    source: include_str!("memory_over_limit.rs"),
    check: Check::Limits(check),
};

const HELP: &str = "use `linchpin_guest::runtime!()`, which needs one page (64 KiB); the standard library asks for \
    17. Else raise the limit";

fn check(module: &Module, target: &str, limits: &Limits, sink: &mut Sink<'_>) {
    if let Some(limit) = limits.memory_bytes
        && module.memory_bytes > limit
    {
        let message = format!(
            "module `{}` needs {} bytes of memory, and `{target}` allows {limit}",
            module.name, module.memory_bytes
        );
        let shown = Shown::new(Some(&module.place), module.file.clone())
            .label("needs more memory than `".to_owned() + target + "` allows");
        sink.report_one("memory", message, shown, HELP);
    }
}
