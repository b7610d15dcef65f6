//! # `func-renamed`
//!
//! ## What it does
//!
//! Finds a function that went and one that came with the same or nearly the same signature.
//!
//! ## Why it breaks
//!
//! Functions are found by name. Whoever calls the old name does not find it, and whoever was built before does
//! not have the new one.
//!
//! ## Example
//!
//! ```wit
//! // before
//! suggest: func(price: f64) -> u8;
//! // after
//! advise: func(price: f64) -> u8;
//! ```
//!
//! ## What to do
//!
//! Keep the old function beside the new one, marked `@deprecated(version = ..)`, until nobody calls it. If they
//! are two functions, the report is of one that went and one that came.

use crate::change::{Change, ItemChange, ItemKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "func-renamed",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a function has another name",
    source: include_str!("func_renamed.rs"),
    check: Check::Item(check),
};

const HELP: &str =
    "keep the old function beside the new one, with `@deprecated(version = ..)`, until nobody calls it";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if let (ItemKind::Function, Change::Renamed(old)) = (item.kind, &item.change) {
        let (before, after) = (item.before.label("the old name"), item.after.label("the new name"));
        sink.report("", format!("{} was called `{old}`", item.what()), before, after, HELP);
    }
}
