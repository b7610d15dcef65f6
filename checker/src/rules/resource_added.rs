//! # `resource-added`
//!
//! ## What it does
//!
//! Finds resources that the newer contract has and the older one has not. Its methods are not reported one by
//! one.
//!
//! ## Why it breaks
//!
//! It breaks nothing: nobody asks for a resource that was not there.
//!
//! ## Example
//!
//! ```wit
//! // before
//! interface tanks { }
//! // after
//! interface tanks { resource tank { level: func() -> f64; } }
//! ```
//!
//! ## What to do
//!
//! Raise the minor version.

use crate::change::{Change, ItemChange, ItemKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "resource-added",
    level: Level::Allow,
    plane: Plane::Link,
    bump: Some(Bump::Minor),
    summary: "a contract has a resource that it did not have",
    source: include_str!("resource_added.rs"),
    check: Check::Item(check),
};

const HELP: &str = "raise the minor version";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if item.is(ItemKind::Resource, &Change::Added) {
        let (before, after) = (item.before.label("has no such resource"), item.after.label("came here"));
        sink.report("", format!("{} is new", item.what()), before, after, HELP);
    }
}
