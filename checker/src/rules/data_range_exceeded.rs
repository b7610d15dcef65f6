//! # `data-range-exceeded`
//!
//! ## What it does
//!
//! Finds cells whose number is outside the `@range` of its value.
//!
//! ## Why it breaks
//!
//! What has happened will happen again: the function would then be refused its input, and the fallback would
//! answer.
//!
//! ## Example
//!
//! ```toml
//! [data.winter-2024]
//! path = "data/winter.csv"
//! feeds = "setpoint/plan"
//! ```
//!
//! The column `price` holds -19.0, and the contract says `@range 0..=500`.
//!
//! ## What to do
//!
//! Widen the `@range` and release the contract again, or correct the record.

use crate::data::{DataFault, DataFaultKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "data-range-exceeded",
    level: Level::Deny,
    plane: Plane::System,
    bump: None,
    summary: "recorded values are outside the function's range",
    source: include_str!("data_range_exceeded.rs"),
    check: Check::Data(check),
};

fn check(fault: &DataFault, sink: &mut Sink<'_>) {
    if fault.kind == DataFaultKind::Range {
        sink.report_sides(&fault.path, fault.message.clone(), fault.sides.clone(), &fault.help);
    }
}
