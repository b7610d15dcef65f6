//! # `contract-drift`
//!
//! ## What it does
//!
//! Finds two copies of one package version that say two things: among current contracts, released ones, and what lies
//! in the `deps/` of anyone's WIT. Functions and types that both copies have are compared, with their units and ranges;
//! a copy may hold a part of the package, and docs and order do not matter.
//!
//! ## Why it breaks
//!
//! A name and a version stand for one content. Where there are two, each side is built from its own, and what is checked
//! against one of them says nothing of the other.
//!
//! ## Example
//!
//! ```wit
//! // before
//! package acme:units@1.0.0; // wit/units, with `record reading { value: u32 }`
//! // after
//! package acme:units@1.0.0; // wit/heater/deps/units, with `record reading { value: u16 }`
//! ```
//!
//! ## What to do
//!
//! Copy the one that is meant over the other. Where both are, one of them needs a version of its own.

use crate::copies::Drift;
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "contract-drift",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: None,
    summary: "two copies of one package version say two things",
    source: include_str!("contract_drift.rs"),
    check: Check::Drift(check),
};

pub(crate) const HELP: &str =
    "copy the one that is meant over the other; where both are, give one of them a version of its own";

fn check(drift: &Drift<'_>, sink: &mut Sink<'_>) {
    let (copy, other) = (drift.copy, drift.other);
    let sides = vec![
        (copy.party(), copy.shown().label("this copy")),
        (other.party(), other.shown().label("and this one")),
        (copy.party(), drift.first.0.label("in the first")),
        (other.party(), drift.first.1.label("in the other")),
    ];
    sink.report_sides("", drift.message(), sides, HELP);
}
