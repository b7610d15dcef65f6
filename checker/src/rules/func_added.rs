//! # `func-added`
//!
//! ## What it does
//!
//! Finds functions that the newer contract has and the older one has not.
//!
//! ## Why it breaks
//!
//! It breaks nothing that is there. But one side must move first: whoever calls the function needs another side
//! that has it. In an interface that modules export, firmware calls it, so modules move first; in one that
//! modules import, the firmware moves first.
//!
//! ## Example
//!
//! ```wit
//! // before
//! plan: func(price: f64) -> f64;
//! // after
//! plan: func(price: f64) -> f64;
//! suggest: func() -> u8;
//! ```
//!
//! ## What to do
//!
//! Raise the minor version, and roll out in the order that the report names.

use crate::change::{Change, ItemChange, ItemKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "func-added",
    level: Level::Allow,
    plane: Plane::Link,
    bump: Some(Bump::Minor),
    summary: "a contract has a function that it did not have",
    source: include_str!("func_added.rs"),
    check: Check::Item(check),
};

const HELP: &str = "raise the minor version, and let the side that provides the function move first";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if item.is(ItemKind::Function, &Change::Added) {
        let (before, after) = (item.before.label("has no such function"), item.after.label("came here"));
        sink.report("", format!("{} is new", item.what()), before, after, HELP);
    }
}
