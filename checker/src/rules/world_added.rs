//! # `world-added`
//!
//! ## What it does
//!
//! Finds worlds that the newer contract has and the older one has not.
//!
//! ## Why it breaks
//!
//! It breaks nothing: nobody was built for a world that was not there.
//!
//! ## Example
//!
//! ```wit
//! // before
//! world heater { }
//! // after
//! world heater { }
//! world boiler { }
//! ```
//!
//! ## What to do
//!
//! Raise the minor version.

use crate::change::{Change, ItemChange, ItemKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "world-added",
    level: Level::Allow,
    plane: Plane::Link,
    bump: Some(Bump::Minor),
    summary: "a contract has a world that it did not have",
    source: include_str!("world_added.rs"),
    check: Check::Item(check),
};

const HELP: &str = "raise the minor version";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if item.is(ItemKind::World, &Change::Added) {
        let (before, after) = (item.before.label("has no such world"), item.after.label("came here"));
        sink.report("", format!("{} is new", item.what()), before, after, HELP);
    }
}
