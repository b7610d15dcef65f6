//! # `data-column-unused`
//!
//! ## What it does
//!
//! Finds columns that no value of the function takes.
//!
//! ## Why it breaks
//!
//! It may be a value under another name than the function's, which the function then goes without.
//!
//! ## Example
//!
//! ```toml
//! [data.winter-2024]
//! path = "data/winter.csv"
//! feeds = "setpoint/plan"
//! ```
//!
//! The file has a column `tank temp`, and `plan` takes `inputs.tank-temp`, which is an `option`.
//!
//! ## What to do
//!
//! Take the column out, or name it in `columns`.

use crate::data::{DataFault, DataFaultKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "data-column-unused",
    level: Level::Warn,
    plane: Plane::System,
    bump: None,
    summary: "a column of recorded data feeds nothing",
    source: include_str!("data_column_unused.rs"),
    check: Check::Data(check),
};

fn check(fault: &DataFault, sink: &mut Sink<'_>) {
    if fault.kind == DataFaultKind::ColumnUnused {
        sink.report_sides(&fault.path, fault.message.clone(), fault.sides.clone(), &fault.help);
    }
}
