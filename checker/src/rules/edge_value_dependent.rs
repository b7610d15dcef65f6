//! # `edge-value-dependent`
//!
//! ## What it does
//!
//! Finds edges whose producer may give a case, a flag or a `none` that the consumer does not know.
//!
//! ## Why it breaks
//!
//! Every test passes until the one value arrives that the consumer cannot take, months after the release.
//!
//! ## Example
//!
//! ```wit
//! // the producer gives
//! enum mode { off, eco, boost }
//! // the consumer takes
//! enum mode { off, eco }
//! ```
//!
//! ## What to do
//!
//! Build the consumer for every value that the producer may give, or let the device software decide what becomes of
//! the others and feed the consumer from there.

use crate::edges::found::{EdgeFault, Kind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Party, Plane};

pub(super) static RULE: Rule = Rule {
    id: "edge-value-dependent",
    level: Level::Deny,
    plane: Plane::Link,
    bump: None,
    summary: "an edge works for some values and fails for others",
    source: include_str!("edge_value_dependent.rs"),
    check: Check::Edge(check),
};

const HELP: &str = "build the consumer for every value that the producer may give, or let the device software decide what \
    becomes of the others";

fn check(fault: &EdgeFault<'_>, sink: &mut Sink<'_>) {
    let Kind::ValueDependent { given, taken } = &fault.found.kind else { return };
    let message = if taken.starts_with("no ") {
        format!("{given} may be given, and the other side has {taken}")
    } else {
        format!("{given} may be given where {taken} is taken")
    };
    let sides = vec![
        (Party::Module, fault.found.to.label(format!("takes {taken}"))),
        (Party::Module, fault.found.from.label(format!("gives {given}"))),
        (Party::System, fault.edge.label("this edge")),
    ];
    sink.report_sides(&fault.found.path, message, sides, HELP);
}
