//! # `package-removed`
//!
//! ## What it does
//!
//! Finds packages nested in the files of the older contract that the newer one has not; and, where `check` is given a
//! baseline, packages of it that no current contract declares.
//!
//! ## Why it breaks
//!
//! Whoever uses the package does not find it here any more.
//!
//! ## Example
//!
//! ```wit
//! // before
//! package acme:f@1.0.0;
//! package acme:units@1.0.0 { }
//! // after
//! package acme:f@1.0.0;
//! ```
//!
//! ## What to do
//!
//! Keep the package, or raise the major version of the one around it. A package that nobody is built for any more may
//! go: waive the finding once.

use crate::change::{Change, ItemChange, ItemKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "package-removed",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: Some(Bump::Major),
    summary: "a package is not declared any more",
    source: include_str!("package_removed.rs"),
    check: Check::Item(check),
};

const HELP: &str = "keep the package, or raise the major version of the one around it; waive it where nobody is built for it any more";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if item.is(ItemKind::Package, &Change::Removed) {
        let (before, after) = (item.before.label("was here"), item.after.label("has no such package"));
        sink.report("", format!("{} is not there any more", item.what()), before, after, HELP);
    }
}
