//! # `resource-renamed`
//!
//! ## What it does
//!
//! Finds a resource that went and one that came with the same methods.
//!
//! ## Why it breaks
//!
//! Resources and their methods are found by name.
//!
//! ## Example
//!
//! ```wit
//! // before
//! resource tank { level: func() -> f64; }
//! // after
//! resource boiler { level: func() -> f64; }
//! ```
//!
//! ## What to do
//!
//! Keep the old resource beside the new one, marked `@deprecated(version = ..)`, until nobody uses it.

use crate::change::{Change, ItemChange, ItemKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "resource-renamed",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a resource has another name",
    source: include_str!("resource_renamed.rs"),
    check: Check::Item(check),
};

const HELP: &str =
    "keep the old resource beside the new one, with `@deprecated(version = ..)`, until nobody uses it";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if let (ItemKind::Resource, Change::Renamed(old)) = (item.kind, &item.change) {
        let (before, after) = (item.before.label("the old name"), item.after.label("the new name"));
        sink.report("", format!("{} was called `{old}`", item.what()), before, after, HELP);
    }
}
