//! # `world-import-added`
//!
//! ## What it does
//!
//! Finds interfaces and functions that a world imports now and did not before.
//!
//! ## Why it breaks
//!
//! A module of the newer world asks for it, and a firmware of the older contract does not have it: the firmware
//! moves first.
//!
//! ## Example
//!
//! ```wit
//! // before
//! world heater { }
//! // after
//! world heater { import clock; }
//! ```
//!
//! ## What to do
//!
//! Raise the minor version, and let the firmware move first.

use crate::change::{Change, ItemChange, ItemKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "world-import-added",
    level: Level::Allow,
    plane: Plane::Link,
    bump: Some(Bump::Minor),
    summary: "a world imports something that it did not",
    source: include_str!("world_import_added.rs"),
    check: Check::Item(check),
};

const HELP: &str = "raise the minor version, and let the firmware move first";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if item.is(ItemKind::WorldImport, &Change::Added) {
        let (before, after) = (item.before.label("does not import it"), item.after.label("imports it"));
        sink.report("", format!("{} is new", item.what()), before, after, HELP);
    }
}
