//! # `size-over-limit`
//!
//! ## What it does
//!
//! Finds components that are larger than the target allows (`limits.size` in `linchpin.toml`).
//!
//! ## Why it breaks
//!
//! The firmware refuses the module before it compiles it.
//!
//! ## Example
//!
//! ```toml
//! limits = { size = "64KiB" }
//! ```
//!
//! ## What to do
//!
//! Build with `linchpin build`, which strips names; `linchpin build` prints the size by section. Else raise the
//! limit.

use crate::rule::{Check, Rule, Shown, Sink};
use crate::system::{Limits, Module};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "size-over-limit",
    level: Level::Deny,
    plane: Plane::System,
    bump: None,
    summary: "a module needs more space than a target allows",
    source: include_str!("size_over_limit.rs"),
    check: Check::Limits(check),
};

const HELP: &str = "build with `linchpin build`, which strips names; `linchpin build` prints the size by section. \
    Else raise the limit";

fn check(module: &Module, target: &str, limits: &Limits, sink: &mut Sink<'_>) {
    if let Some(limit) = limits.size_bytes
        && module.size_bytes > limit
    {
        let message = format!(
            "module `{}` is {} bytes long, and `{target}` allows {limit}",
            module.name, module.size_bytes
        );
        let shown = Shown::new(Some(&module.place), module.file.clone())
            .label("larger than `".to_owned() + target + "` allows");
        sink.report_one("size", message, shown, HELP);
    }
}
