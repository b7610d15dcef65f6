//! # `version-over-bumped`
//!
//! ## What it does
//!
//! Finds packages whose version leaves its track although every change fits into it.
//!
//! ## Why it breaks
//!
//! Versions of different tracks do not stand for one another: everybody must follow at once, and nobody would
//! have to.
//!
//! ## Example
//!
//! ```wit
//! // before
//! package acme:heater@1.4.0;
//! // after
//! package acme:heater@2.0.0; // with one more function
//! ```
//!
//! ## What to do
//!
//! Stay on the track: the report names the least version that would do.

use crate::bump::Step;
use crate::change::Versions;
use crate::matching::track;
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "version-over-bumped",
    level: Level::Warn,
    plane: Plane::Policy,
    bump: None,
    summary: "the version leaves its track without need",
    source: include_str!("version_over_bumped.rs"),
    check: Check::Versions(check),
};

fn check(versions: &Versions, sink: &mut Sink<'_>) {
    let (Some(before), Some(after)) = (&versions.before, &versions.after) else { return };
    // A version that is a track of its own has no other way to go on.
    if versions.own
        && versions.declared == Step::Major
        && versions.required < Some(Bump::Major)
        && track(before).is_some()
        && after.pre.is_empty()
    {
        let message = format!(
            "`{}` goes from {before} to {after}, and nothing in it needs a major step",
            versions.package
        );
        let (before, after) = (
            versions.before_at.label(format!("version {before}")),
            versions.after_at.label(format!("version {after}")),
        );
        sink.report("", message, before, after, &versions.help());
    }
}
