//! # `world-export-removed`
//!
//! ## What it does
//!
//! Finds interfaces and functions that a world exported and does not export any more.
//!
//! ## Why it breaks
//!
//! A firmware of the older contract asks for it, and a module of the newer world does not have it.
//!
//! ## Example
//!
//! ```wit
//! // before
//! world heater { export control; }
//! // after
//! world heater { }
//! ```
//!
//! ## What to do
//!
//! Keep it until nobody needs it, or raise the major version.

use crate::change::{Change, ItemChange, ItemKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "world-export-removed",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a world does not export any more what it did",
    source: include_str!("world_export_removed.rs"),
    check: Check::Item(check),
};

const HELP: &str = "keep it until nobody needs it, or raise the major version";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if item.is(ItemKind::WorldExport, &Change::Removed) {
        let (before, after) = (item.before.label("exports it"), item.after.label("does not export it"));
        sink.report("", format!("{} is not there any more", item.what()), before, after, HELP);
    }
}
