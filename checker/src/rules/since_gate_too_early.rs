//! # `since-gate-too-early`
//!
//! ## What it does
//!
//! Finds items that came with the newer contract and whose `@since` names a version that did not have them. A
//! gate later than its package is not well-formed WIT, and is refused when it is read.
//!
//! ## Why it breaks
//!
//! Whoever reads the gate builds against a version that lacks the item.
//!
//! ## Example
//!
//! ```wit
//! // before
//! package acme:f@1.0.0;
//! // after
//! package acme:f@1.1.0;
//! // ..
//! @since(version = 1.0.0)
//! suggest: func() -> u8;
//! ```
//!
//! ## What to do
//!
//! Write the version with which the item comes.

use crate::change::ItemChange;
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "since-gate-too-early",
    level: Level::Warn,
    plane: Plane::Policy,
    bump: None,
    summary: "an item claims to be older than it is",
    source: include_str!("since_gate_too_early.rs"),
    check: Check::Item(check),
};

const HELP: &str = "write the version with which the item comes";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if let Some((since, old)) = &item.early {
        let message =
            format!("{} says that it is there since {since}, and {old} does not have it", item.what());
        let (before, after) = (item.before.label("not here"), item.after.label(format!("since {since}?")));
        sink.report("", message, before, after, HELP);
    }
}
