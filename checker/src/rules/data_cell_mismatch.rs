//! # `data-cell-mismatch`
//!
//! ## What it does
//!
//! Finds cells that cannot be read as the type of their value, NaN and infinities included.
//!
//! ## Why it breaks
//!
//! The function cannot be called with that row; a replay would stop there, or skip it unseen.
//!
//! ## Example
//!
//! ```toml
//! [data.winter-2024]
//! path = "data/winter.csv"
//! feeds = "setpoint/plan"
//! ```
//!
//! The column `now` of type `u32` holds `-1` in row 17.
//!
//! ## What to do
//!
//! Correct the record. How each type is written in a cell stands in the guide.

use crate::data::{DataFault, DataFaultKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "data-cell-mismatch",
    level: Level::Deny,
    plane: Plane::System,
    bump: None,
    summary: "recorded values are no values of the function's type",
    source: include_str!("data_cell_mismatch.rs"),
    check: Check::Data(check),
};

fn check(fault: &DataFault, sink: &mut Sink<'_>) {
    if fault.kind == DataFaultKind::Cell {
        sink.report_sides(&fault.path, fault.message.clone(), fault.sides.clone(), &fault.help);
    }
}
