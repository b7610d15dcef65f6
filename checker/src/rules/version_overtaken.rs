//! # `version-overtaken`
//!
//! ## What it does
//!
//! Finds a current contract that is not released yet, and a release of a higher version of the same track that does
//! not hold what it promises. `linchpin release-contract` refuses to freeze it.
//!
//! ## Why it breaks
//!
//! A runtime takes the greatest version of a track for every lower one. Whoever asks for this contract would get the
//! other.
//!
//! ## Example
//!
//! ```wit
//! // before
//! package acme:heater@1.2.0; // released
//! // after
//! package acme:heater@1.1.1; // current, with a function that 1.2.0 does not have
//! ```
//!
//! ## What to do
//!
//! Give the contract a version above the released one, or take back what differs.

use crate::rule::{Check, Overtaken, Rule, Sink};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "version-overtaken",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: None,
    summary: "a release that is taken for the current version does not promise the same",
    source: include_str!("version_overtaken.rs"),
    check: Check::Overtaken(check),
};

fn check(overtaken: &Overtaken, sink: &mut Sink<'_>) {
    let (released, current) =
        (overtaken.released.label("taken for it"), overtaken.current.label("this version"));
    sink.report("", overtaken.message(), released, current, Overtaken::HELP);
}
