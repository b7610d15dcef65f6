//! # `prerelease-in-release`
//!
//! ## What it does
//!
//! Finds worlds and functions of a release that use a package which is a pre-release, and did not use it
//! before.
//!
//! ## Why it breaks
//!
//! A pre-release may change in any way, and each one is a track of its own: what was built against one does not
//! link with the next.
//!
//! ## Example
//!
//! ```wit
//! // before
//! package acme:f@1.0.0;
//! world w { import acme:units/si@1.0.0; }
//! // after
//! package acme:f@1.1.0;
//! world w { import acme:units/si@2.0.0-rc.1; }
//! ```
//!
//! ## What to do
//!
//! Wait for the release, or make this one a pre-release too.

use crate::change::{Reliance, Weakness};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "prerelease-in-release",
    level: Level::Warn,
    plane: Plane::Policy,
    bump: None,
    summary: "a release leans on a pre-release",
    source: include_str!("prerelease_in_release.rs"),
    check: Check::Reliance(check),
};

const HELP: &str = "wait for the release, or make this one a pre-release too";

fn check(reliance: &Reliance, sink: &mut Sink<'_>) {
    if reliance.weakness == Weakness::Prerelease {
        let message = format!("{} needs {}, which is a pre-release", reliance.user, reliance.used);
        let (used, user) = (reliance.used_at.label("may still change"), reliance.user_at.label("a release"));
        sink.report("", message, used, user, HELP);
    }
}
