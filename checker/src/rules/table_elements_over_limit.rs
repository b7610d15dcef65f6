//! # `table-elements-over-limit`
//!
//! ## What it does
//!
//! Finds components with a table of more elements than the target allows (`limits.table-elements` in
//! `linchpin.toml`; 65,536 on `linchpin` targets that do not say less).
//!
//! ## Why it breaks
//!
//! An element takes 8 to 16 bytes of native memory, beside the linear memory that is limited. The table is made
//! for each instance.
//!
//! ## Example
//!
//! ```toml
//! limits = { table-elements = 1000 }
//! ```
//!
//! ## What to do
//!
//! Call fewer functions through pointers: `dyn` and function pointers each take an element.

use crate::rule::{Check, Rule, Sink};
use crate::system::{Module, Target};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "table-elements-over-limit",
    level: Level::Deny,
    plane: Plane::System,
    bump: None,
    summary: "a table is larger than a target allows",
    source: include_str!("table_elements_over_limit.rs"),
    check: Check::Profile(check),
};

const HELP: &str = "call fewer functions through pointers: `dyn` and function pointers each take an element";

fn check(module: &Module, target: &Target, sink: &mut Sink<'_>) {
    let found = module.profile.tables.iter().map(|table| table.initial_elements).max().unwrap_or(0);
    if let Some(limit) = target.limits.bounds.table_elements
        && found > limit
    {
        let message = format!(
            "module `{}` has a table of {found} elements, and `{}` allows {limit}",
            module.name, target.name
        );
        let label = format!("a larger table than `{}` allows", target.name);
        sink.report_module(module, "table-elements", message, label, HELP);
    }
}
