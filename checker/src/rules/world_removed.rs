//! # `world-removed`
//!
//! ## What it does
//!
//! Finds worlds that the older contract has and the newer one has not.
//!
//! ## Why it breaks
//!
//! What was built for the world still links as long as its interfaces are there, since a world has no name at
//! run time. But it cannot be built again from the newer contract.
//!
//! ## Example
//!
//! ```wit
//! // before
//! world heater { export control; }
//! world boiler { export control; }
//! // after
//! world heater { export control; }
//! ```
//!
//! ## What to do
//!
//! Keep the world, or raise the major version.

use crate::change::{Change, ItemChange, ItemKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "world-removed",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: Some(Bump::Major),
    summary: "a contract lacks a world that it had",
    source: include_str!("world_removed.rs"),
    check: Check::Item(check),
};

const HELP: &str = "keep the world, or raise the major version";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if item.is(ItemKind::World, &Change::Removed) {
        let (before, after) = (item.before.label("was here"), item.after.label("has no such world"));
        sink.report("", format!("{} is not there any more", item.what()), before, after, HELP);
    }
}
