//! # `edge-unit-mismatch`
//!
//! ## What it does
//!
//! Finds edges whose `@unit` differs between producer and consumer, or stands on one side only.
//!
//! ## Why it breaks
//!
//! The types agree, so everything links; 60 degrees Fahrenheit are then taken for 60 degrees Celsius.
//!
//! ## Example
//!
//! ```wit
//! // the producer gives
//! /// @unit fahrenheit
//! temp: f64,
//! // the consumer takes
//! /// @unit celsius
//! temp: f64,
//! ```
//!
//! ## What to do
//!
//! Convert the value in the device software, under another name, or state the unit on both sides.

use crate::edges::found::{EdgeFault, Kind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Party, Plane};

pub(super) static RULE: Rule = Rule {
    id: "edge-unit-mismatch",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: None,
    summary: "a value is given in another unit than it is taken in",
    source: include_str!("edge_unit_mismatch.rs"),
    check: Check::Edge(check),
};

const HELP: &str =
    "convert the value in the device software, under another name, or state the unit on both sides";

fn check(fault: &EdgeFault<'_>, sink: &mut Sink<'_>) {
    let Kind::Unit { given, taken } = &fault.found.kind else { return };
    let named = |unit: &Option<String>| {
        unit.as_ref().map_or_else(|| "no unit".to_owned(), |unit| format!("unit `{unit}`"))
    };
    let message = format!("{} is given where {} is taken", named(given), named(taken));
    let sides = vec![
        (Party::Module, fault.found.to.label(named(taken))),
        (Party::Module, fault.found.from.label(named(given))),
        (Party::System, fault.edge.label("this edge")),
    ];
    sink.report_sides(&fault.found.path, message, sides, HELP);
}
