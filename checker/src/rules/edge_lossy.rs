//! # `edge-lossy`
//!
//! ## What it does
//!
//! Finds edges on whose way a field is dropped, or becomes `none` because its type is another one.
//!
//! ## Why it breaks
//!
//! Nothing fails; the consumer decides without something that the producer knew.
//!
//! ## Example
//!
//! ```wit
//! // the producer gives
//! record reading { temp: f64, quality: u8 }
//! // the consumer takes
//! record reading { temp: f64 }
//! ```
//!
//! ## What to do
//!
//! Take the field as well, or name the parts that are meant in edges of their own.

use crate::edges::found::{EdgeFault, Kind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Party, Plane};

pub(super) static RULE: Rule = Rule {
    id: "edge-lossy",
    level: Level::Warn,
    plane: Plane::Policy,
    bump: None,
    summary: "a part of what is given is not taken",
    source: include_str!("edge_lossy.rs"),
    check: Check::Edge(check),
};

const HELP: &str = "take the field as well, or name the parts that are meant in edges of their own";

fn check(fault: &EdgeFault<'_>, sink: &mut Sink<'_>) {
    let Kind::Lossy(what) = &fault.found.kind else { return };
    let sides = vec![
        (Party::Module, fault.found.to.label("taken as")),
        (Party::Module, fault.found.from.label("given")),
        (Party::System, fault.edge.label("this edge")),
    ];
    let message = format!("`{}` {what}", fault.found.from.text);
    sink.report_sides(&fault.found.path, message, sides, HELP);
}
