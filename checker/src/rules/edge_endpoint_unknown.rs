//! # `edge-endpoint-unknown`
//!
//! ## What it does
//!
//! Finds edges and recorded data that name a module, function, parameter or part that does not exist, and ends
//! whose contract is not known, so that nobody can tell units and ranges.
//!
//! ## Why it breaks
//!
//! What cannot be looked at cannot be called compatible.
//!
//! ## Example
//!
//! ```toml
//! [[edges]]
//! from = "forecast/day-ahead -> ok.price" # the field is `prices`
//! to = "setpoint/plan(inputs.prices)"
//! ```
//!
//! ## What to do
//!
//! Correct the name. An end is written as `module/function -> path` or `module/function(parameter.path)`; `ok`,
//! `err`, `some`, `[]` and the numbers of a tuple's items are parts of a path.

use crate::edges::found::{EdgeFault, Kind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Party, Plane};

pub(super) static RULE: Rule = Rule {
    id: "edge-endpoint-unknown",
    level: Level::Deny,
    plane: Plane::System,
    bump: None,
    summary: "an end of an edge leads nowhere, or nothing is known of it",
    source: include_str!("edge_endpoint_unknown.rs"),
    check: Check::Edge(check),
};

fn check(fault: &EdgeFault<'_>, sink: &mut Sink<'_>) {
    let Kind::Unknown { reason, help } = &fault.found.kind else { return };
    let sides = vec![(Party::System, fault.found.from.label(reason.as_str()))];
    sink.report_sides(&fault.found.path, reason.clone(), sides, help);
}
