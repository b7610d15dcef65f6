//! # `edge-type-mismatch`
//!
//! ## What it does
//!
//! Finds edges whose producer gives a type that the consumer cannot take. Through typed bindings the types must be
//! equal or convertible without loss; as dynamic values, by name, records must have the same fields in the same
//! order and numbers the same type.
//!
//! ## Why it breaks
//!
//! The device software cannot be built, or the call fails whatever the value is.
//!
//! ## Example
//!
//! ```toml
//! [[edges]]
//! from = "forecast/day-ahead -> ok.prices" # list<f64>
//! to = "setpoint/plan(inputs.prices)"      # list<f32>
//! ```
//!
//! ## What to do
//!
//! Let both sides use one type, or name the part of the value that is meant.

use crate::edges::found::{EdgeFault, Kind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Party, Plane};

pub(super) static RULE: Rule = Rule {
    id: "edge-type-mismatch",
    level: Level::Deny,
    plane: Plane::Link,
    bump: None,
    summary: "what one function gives is of another type than what the other takes",
    source: include_str!("edge_type_mismatch.rs"),
    check: Check::Edge(check),
};

const HELP: &str = "let both sides use one type, or name the part of the value that is meant";

fn check(fault: &EdgeFault<'_>, sink: &mut Sink<'_>) {
    let Kind::Mismatch { given, taken } = &fault.found.kind else { return };
    let message = format!("{given} is given where {taken} is taken");
    let sides = vec![
        (Party::Module, fault.found.to.label(format!("takes {taken}"))),
        (Party::Module, fault.found.from.label(format!("gives {given}"))),
        (Party::System, fault.edge.label("this edge")),
    ];
    sink.report_sides(&fault.found.path, message, sides, HELP);
}
