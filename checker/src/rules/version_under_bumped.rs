//! # `version-under-bumped`
//!
//! ## What it does
//!
//! Finds packages whose changes need a larger step than their versions declare.
//!
//! ## Why it breaks
//!
//! Tools take any version of a track for any other. Whoever is given the newer one gets changes that the
//! version promised not to have.
//!
//! ## Example
//!
//! ```wit
//! // before
//! package acme:heater@1.0.0; // plan: func(price: f64) -> f64
//! // after
//! package acme:heater@1.1.0; // plan: func(price: f32) -> f64
//! ```
//!
//! ## What to do
//!
//! Raise the version as far as the report says, or take the changes back.

use crate::bump::Step;
use crate::change::Versions;
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "version-under-bumped",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: None,
    summary: "the version step is too small for the changes",
    source: include_str!("version_under_bumped.rs"),
    check: Check::Versions(check),
};

fn check(versions: &Versions, sink: &mut Sink<'_>) {
    let (Some(before), Some(after), Some(bump)) = (&versions.before, &versions.after, versions.required)
    else {
        return;
    };
    let grew = matches!(versions.declared, Step::Patch | Step::Minor | Step::Major);
    if grew && !versions.declared.covers(Some(bump)) {
        let message =
            format!("`{}` goes from {before} to {after}, and {}", versions.package, versions.reason(bump));
        let (before, after) = (
            versions.before_at.label(format!("version {before}")),
            versions.after_at.label(format!("version {after}")),
        );
        sink.report("", message, before, after, &versions.help());
    }
}
