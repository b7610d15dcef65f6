//! # `tables-over-limit`
//!
//! ## What it does
//!
//! Finds components with more tables than the target allows (`limits.tables` in `linchpin.toml`; 1 on `linchpin`
//! targets).
//!
//! ## Why it breaks
//!
//! A guest needs one table, for calls through pointers. Each further one takes memory beside the linear memory
//! that is limited.
//!
//! ## Example
//!
//! ```wat
//! (table 1 1 funcref)
//! (table 1 1 funcref)
//! ```
//!
//! ## What to do
//!
//! Build with `linchpin build`, which links one table.

use crate::rule::{Check, Rule, Sink};
use crate::system::{Module, Target};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "tables-over-limit",
    level: Level::Deny,
    plane: Plane::System,
    bump: None,
    summary: "a module has more tables than a target allows",
    source: include_str!("tables_over_limit.rs"),
    check: Check::Profile(check),
};

const HELP: &str = "build with `linchpin build`, which links one table";

fn check(module: &Module, target: &Target, sink: &mut Sink<'_>) {
    let found = u64::try_from(module.profile.tables.len()).unwrap_or(u64::MAX);
    if let Some(limit) = target.limits.bounds.tables
        && found > limit
    {
        let message =
            format!("module `{}` has {found} tables, and `{}` allows {limit}", module.name, target.name);
        let label = format!("more tables than `{}` allows", target.name);
        sink.report_module(module, "tables", message, label, HELP);
    }
}
