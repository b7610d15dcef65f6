//! # `core-module-count`
//!
//! ## What it does
//!
//! Finds components of more than one core module. The small one that only calls `_initialize` does not count.
//!
//! ## Why it breaks
//!
//! The firmware takes the one core module out of a component and calls it directly. Linked modules share memories
//! and tables, and no single one can be limited or reset by itself.
//!
//! ## Example
//!
//! ```wat
//! (component
//!     (core module $main ..)
//!     (core module $library ..))
//! ```
//!
//! ## What to do
//!
//! Link everything into one core module, as `linchpin build` does. Composed components are not for a device:
//! compose on the contract instead, with an edge.

use crate::rule::{Check, Rule, Sink};
use crate::system::{Module, Target};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "core-module-count",
    level: Level::Deny,
    plane: Plane::Link,
    bump: None,
    summary: "a component holds several core modules",
    source: include_str!("core_module_count.rs"),
    check: Check::Profile(check),
};

const HELP: &str = "link everything into one core module, as `linchpin build` does. Composed components are not for a device: compose on the contract instead, with an edge";

fn check(module: &Module, target: &Target, sink: &mut Sink<'_>) {
    // What serves an import or a resource goes with it.
    if !target.runtime.asks_for_purity() || !module.is_self_contained() {
        return;
    }
    if module.profile.core_modules > 1 {
        let count = module.profile.core_modules;
        let message = format!("module `{}` holds {count} core modules, and a firmware runs one", module.name);
        sink.report_module(module, "core modules", message, format!("holds {count} core modules"), HELP);
    }
}
