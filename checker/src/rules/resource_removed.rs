//! # `resource-removed`
//!
//! ## What it does
//!
//! Finds resources that the older contract has and the newer one has not. Its methods are not reported one by
//! one.
//!
//! ## Why it breaks
//!
//! Whoever holds the resource or calls its methods does not find them.
//!
//! ## Example
//!
//! ```wit
//! // before
//! interface tanks { resource tank { level: func() -> f64; } }
//! // after
//! interface tanks { }
//! ```
//!
//! ## What to do
//!
//! Keep the resource, marked `@deprecated(version = ..)`, until nobody uses it, or raise the major version.

use crate::change::{Change, ItemChange, ItemKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "resource-removed",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a contract lacks a resource that it had",
    source: include_str!("resource_removed.rs"),
    check: Check::Item(check),
};

const HELP: &str = "keep the resource, with `@deprecated(version = ..)`, until nobody uses it";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if item.is(ItemKind::Resource, &Change::Removed) {
        let (before, after) = (item.before.label("was here"), item.after.label("has no such resource"));
        sink.report("", format!("{} is not there any more", item.what()), before, after, HELP);
    }
}
