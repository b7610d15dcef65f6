//! # `world-import-removed`
//!
//! ## What it does
//!
//! Finds interfaces and functions that a world imported and does not import any more.
//!
//! ## Why it breaks
//!
//! A module of the older world asks for it, and a firmware of the newer contract may not have it any more.
//!
//! ## Example
//!
//! ```wit
//! // before
//! world heater { import control; }
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
    id: "world-import-removed",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a world does not import any more what it did",
    source: include_str!("world_import_removed.rs"),
    check: Check::Item(check),
};

const HELP: &str = "keep it until nobody needs it, or raise the major version";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if item.is(ItemKind::WorldImport, &Change::Removed) {
        let (before, after) = (item.before.label("imports it"), item.after.label("does not import it"));
        sink.report("", format!("{} is not there any more", item.what()), before, after, HELP);
    }
}
