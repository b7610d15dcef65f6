//! # `edge-range-exceeded`
//!
//! ## What it does
//!
//! Finds edges whose producer may give numbers outside the consumer's `@range`. A producer without a `@range` may
//! give every number of its type. Where units differ, ranges are not compared: `edge-unit-mismatch` is told first.
//!
//! ## Why it breaks
//!
//! The types agree, so everything links; some values are then refused, and the fallback answers.
//!
//! ## Example
//!
//! ```wit
//! // the producer gives
//! /// @range -20..=50
//! temp: f64,
//! // the consumer takes
//! /// @range 0..=40
//! temp: f64,
//! ```
//!
//! ## What to do
//!
//! Give the producer's value a `@range` within the consumer's, or widen what the consumer accepts.

use crate::edges::found::{EdgeFault, Kind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Party, Plane};

pub(super) static RULE: Rule = Rule {
    id: "edge-range-exceeded",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: None,
    summary: "values may lie outside the range that the consumer accepts",
    source: include_str!("edge_range_exceeded.rs"),
    check: Check::Edge(check),
};

const HELP: &str =
    "give the producer's value a `@range` within the consumer's, or widen what the consumer accepts";

fn check(fault: &EdgeFault<'_>, sink: &mut Sink<'_>) {
    let Kind::Range { given, taken } = &fault.found.kind else { return };
    let given = given.as_ref().map_or_else(|| "any number".to_owned(), |given| format!("range {given}"));
    let message = format!("{given} is given where {taken} is accepted");
    let sides = vec![
        (Party::Module, fault.found.to.label(format!("range {taken}"))),
        (Party::Module, fault.found.from.label(given)),
        (Party::System, fault.edge.label("this edge")),
    ];
    sink.report_sides(&fault.found.path, message, sides, HELP);
}
