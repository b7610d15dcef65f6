//! # `data-malformed`
//!
//! ## What it does
//!
//! Finds files without header or rows, rows with too few or too many cells, two columns of one name, and bytes that
//! are not of the format.
//!
//! ## Why it breaks
//!
//! Nothing can be said of what cannot be read.
//!
//! ## Example
//!
//! ```toml
//! [data.winter-2024]
//! path = "data/winter.csv"
//! feeds = "setpoint/plan"
//! ```
//!
//! Row 17 has five cells, and the header has four.
//!
//! ## What to do
//!
//! Write the file again as UTF-8 with a cell for each column.

use crate::data::{DataFault, DataFaultKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "data-malformed",
    level: Level::Deny,
    plane: Plane::System,
    bump: None,
    summary: "a file of recorded data cannot be read",
    source: include_str!("data_malformed.rs"),
    check: Check::Data(check),
};

fn check(fault: &DataFault, sink: &mut Sink<'_>) {
    if fault.kind == DataFaultKind::Malformed {
        sink.report_sides(&fault.path, fault.message.clone(), fault.sides.clone(), &fault.help);
    }
}
