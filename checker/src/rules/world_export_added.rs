//! # `world-export-added`
//!
//! ## What it does
//!
//! Finds interfaces and functions that a world exports now and did not before.
//!
//! ## Why it breaks
//!
//! A firmware of the newer contract asks for it, and a module of the older world does not have it: the modules
//! move first.
//!
//! ## Example
//!
//! ```wit
//! // before
//! world heater { export control; }
//! // after
//! world heater { export control; export advice; }
//! ```
//!
//! ## What to do
//!
//! Put it into a world of its own that modules may export beside this one, or raise the major version and let
//! the modules move first.

use crate::change::{Change, ItemChange, ItemKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "world-export-added",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a world exports something that it did not",
    source: include_str!("world_export_added.rs"),
    check: Check::Item(check),
};

const HELP: &str =
    "put it into a world of its own, or raise the major version and let the modules move first";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if item.is(ItemKind::WorldExport, &Change::Added) {
        let (before, after) = (item.before.label("does not export it"), item.after.label("exports it"));
        sink.report("", format!("{} is new", item.what()), before, after, HELP);
    }
}
