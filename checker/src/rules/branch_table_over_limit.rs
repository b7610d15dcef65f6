//! # `branch-table-over-limit`
//!
//! ## What it does
//!
//! Finds components with a `br_table` of more targets than the target allows (`limits.branch-table` in
//! `linchpin.toml`; 1,024 on `linchpin` targets that do not say less).
//!
//! ## Why it breaks
//!
//! Each entry becomes an edge that the compiler follows. Large tables are the known way to make it slow with few
//! bytes.
//!
//! ## Example
//!
//! ```toml
//! limits = { branch-table = 256 }
//! ```
//!
//! ## What to do
//!
//! Turn the large `match` into a lookup in a constant array.

use crate::rule::{Check, Rule, Sink};
use crate::system::{Module, Target};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "branch-table-over-limit",
    level: Level::Deny,
    plane: Plane::System,
    bump: None,
    summary: "a module has a larger branch table than a target allows",
    source: include_str!("branch_table_over_limit.rs"),
    check: Check::Profile(check),
};

const HELP: &str = "turn the large `match` into a lookup in a constant array";

fn check(module: &Module, target: &Target, sink: &mut Sink<'_>) {
    let found = module.profile.largest_branch_table;
    if let Some(limit) = target.limits.bounds.branch_table
        && found > limit
    {
        let message = format!(
            "module `{}` has a branch table of {found} targets, and `{}` allows {limit}",
            module.name, target.name
        );
        let label = format!("a larger branch table than `{}` allows", target.name);
        sink.report_module(module, "branch-table", message, label, HELP);
    }
}
