//! # `package-added`
//!
//! ## What it does
//!
//! Finds packages nested in the files of the newer contract that the older one has not.
//!
//! ## Why it breaks
//!
//! It breaks nothing: nobody asks for a package that was not there.
//!
//! ## Example
//!
//! ```wit
//! // before
//! package acme:f@1.0.0;
//! // after
//! package acme:f@1.0.0;
//! package acme:units@1.0.0 { }
//! ```
//!
//! ## What to do
//!
//! Raise the minor version.

use crate::change::{Change, ItemChange, ItemKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "package-added",
    level: Level::Allow,
    plane: Plane::Policy,
    bump: Some(Bump::Minor),
    summary: "a file declares a package that it did not",
    source: include_str!("package_added.rs"),
    check: Check::Item(check),
};

const HELP: &str = "raise the minor version";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if item.is(ItemKind::Package, &Change::Added) {
        let (before, after) = (item.before.label("has no such package"), item.after.label("came here"));
        sink.report("", format!("{} is new", item.what()), before, after, HELP);
    }
}
