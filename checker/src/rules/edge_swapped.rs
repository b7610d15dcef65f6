//! # `edge-swapped`
//!
//! ## What it does
//!
//! Finds two edges between the same two functions whose names cross.
//!
//! ## Why it breaks
//!
//! The types agree, so everything links; the upper limit is then taken for the lower one.
//!
//! ## Example
//!
//! ```toml
//! edges = [
//!     { from = "limits/bounds -> lower", to = "setpoint/plan(upper)" },
//!     { from = "limits/bounds -> upper", to = "setpoint/plan(lower)" },
//! ]
//! ```
//!
//! ## What to do
//!
//! Exchange the two `to`. If the crossing is meant, name the values so that it shows.

use crate::edges::found::{EdgeFault, Kind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Party, Plane};

pub(super) static RULE: Rule = Rule {
    id: "edge-swapped",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: None,
    summary: "two edges cross: each value goes into the place that has the name of the other",
    source: include_str!("edge_swapped.rs"),
    check: Check::Edge(check),
};

const HELP: &str = "exchange the two `to`. If the crossing is meant, name the values so that it shows";

fn check(fault: &EdgeFault<'_>, sink: &mut Sink<'_>) {
    let Kind::Swapped { given, taken } = &fault.found.kind else { return };
    let message = format!("`{given}` and `{taken}` feed one another's place");
    let sides = vec![
        (Party::System, fault.found.from.label(format!("`{given}` into `{taken}`"))),
        (Party::System, fault.found.to.label(format!("`{taken}` into `{given}`"))),
    ];
    sink.report_sides(&fault.found.path, message, sides, HELP);
}
