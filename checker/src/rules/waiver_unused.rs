//! # `waiver-unused`
//!
//! ## What it does
//!
//! Finds waivers that mean no finding of this check.
//!
//! ## Why it breaks
//!
//! What it was for is settled; it would hide the next fault of its kind.
//!
//! ## Example
//!
//! ```toml
//! [[waivers]]
//! rule = "range-exceeded"
//! reason = "the sensor is clamped in firmware since 3.0.0"
//! expires = "2027-01-31"
//! ```
//!
//! ## What to do
//!
//! Take the waiver out, or correct its `path` or `module`.

use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Party, Plane};
use crate::waivers::{Kind, WaiverFault};

pub(super) static RULE: Rule = Rule {
    id: "waiver-unused",
    level: Level::Warn,
    plane: Plane::System,
    bump: None,
    summary: "a waiver that no finding needs",
    source: include_str!("waiver_unused.rs"),
    check: Check::Waiver(check),
};

const HELP: &str = "take the waiver out, or correct its `path` or `module`";

fn check(fault: &WaiverFault<'_>, sink: &mut Sink<'_>) {
    if let Kind::Unused = &fault.kind {
        let message = format!("no finding of `{}` is meant by this waiver", fault.waiver.rule);
        sink.report_sides("", message, vec![(Party::System, fault.shown.label("waives nothing"))], HELP);
    }
}
