//! # `deprecated-used`
//!
//! ## What it does
//!
//! Finds functions, types and worlds of the newer contract that use a deprecated item, did not use it before,
//! and are not deprecated themselves.
//!
//! ## Why it breaks
//!
//! The deprecated item cannot go while something that stays needs it.
//!
//! ## Example
//!
//! ```wit
//! // before
//! @deprecated(version = 1.0.0)
//! type old-mode = u8;
//! // after
//! @deprecated(version = 1.0.0)
//! type old-mode = u8;
//! plan: func(mode: old-mode);
//! ```
//!
//! ## What to do
//!
//! Use what took its place.

use crate::change::{Reliance, Weakness};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "deprecated-used",
    level: Level::Warn,
    plane: Plane::Policy,
    bump: None,
    summary: "something new needs something deprecated",
    source: include_str!("deprecated_used.rs"),
    check: Check::Reliance(check),
};

const HELP: &str = "use what took its place";

fn check(reliance: &Reliance, sink: &mut Sink<'_>) {
    if let Weakness::Deprecated(version) = &reliance.weakness {
        let message =
            format!("{} uses {}, which is deprecated since {version}", reliance.user, reliance.used);
        let (used, user) = (reliance.used_at.label("deprecated"), reliance.user_at.label("uses it"));
        sink.report("", message, used, user, HELP);
    }
}
