//! # `package-renamed`
//!
//! ## What it does
//!
//! Finds a contract whose own package has another namespace or name.
//!
//! ## Why it breaks
//!
//! Interfaces are found by their full names, and the package is a part of them.
//!
//! ## Example
//!
//! ```wit
//! // before
//! package acme:heater@1.0.0;
//! // after
//! package acme:water-heater@1.0.0;
//! ```
//!
//! ## What to do
//!
//! Keep the name. If it is another contract, compare it with its own history.

use crate::change::{Change, ItemChange, ItemKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "package-renamed",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "the package has another name",
    source: include_str!("package_renamed.rs"),
    check: Check::Item(check),
};

const HELP: &str = "keep the name; if it is another contract, compare it with its own history";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if let (ItemKind::Package, Change::Renamed(old)) = (item.kind, &item.change) {
        let (before, after) = (item.before.label("the old name"), item.after.label("the new name"));
        sink.report("", format!("{} was called `{old}`", item.what()), before, after, HELP);
    }
}
