//! # `version-decreased`
//!
//! ## What it does
//!
//! Finds packages whose version is lower in the newer contract.
//!
//! ## Why it breaks
//!
//! Tools prefer the greatest version of a track, so they would prefer the older contract. Or the two contracts
//! were given in the wrong order.
//!
//! ## Example
//!
//! ```wit
//! // before
//! package acme:heater@1.1.0;
//! // after
//! package acme:heater@1.0.0;
//! ```
//!
//! ## What to do
//!
//! Raise the version above the older one, or swap the two contracts.

use crate::bump::Step;
use crate::change::Versions;
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "version-decreased",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: None,
    summary: "the newer contract has the lower version",
    source: include_str!("version_decreased.rs"),
    check: Check::Versions(check),
};

const HELP: &str = "raise the version above the older one, or swap the two contracts";

fn check(versions: &Versions, sink: &mut Sink<'_>) {
    let (Some(before), Some(after)) = (&versions.before, &versions.after) else { return };
    if versions.declared == Step::Backward {
        let message = format!("`{}` goes back from {before} to {after}", versions.package);
        let (before, after) = (
            versions.before_at.label(format!("version {before}")),
            versions.after_at.label(format!("version {after}")),
        );
        sink.report("", message, before, after, HELP);
    }
}
