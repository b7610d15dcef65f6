//! # `data-column-missing`
//!
//! ## What it does
//!
//! Finds values that a function takes and recorded data has no column for.
//!
//! ## Why it breaks
//!
//! The record cannot be played to the function at all.
//!
//! ## Example
//!
//! ```toml
//! [data.winter-2024]
//! path = "data/winter.csv"
//! feeds = "setpoint/plan"
//! ```
//!
//! The file has the columns `now,price`, and `plan` takes `inputs.now` and `inputs.prices`.
//!
//! ## What to do
//!
//! Correct the header, or say in `columns` which column is meant. An `option` needs no column.

use crate::data::{DataFault, DataFaultKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "data-column-missing",
    level: Level::Deny,
    plane: Plane::System,
    bump: None,
    summary: "recorded data lacks a column that the function needs",
    source: include_str!("data_column_missing.rs"),
    check: Check::Data(check),
};

fn check(fault: &DataFault, sink: &mut Sink<'_>) {
    if fault.kind == DataFaultKind::ColumnMissing {
        sink.report_sides(&fault.path, fault.message.clone(), fault.sides.clone(), &fault.help);
    }
}
