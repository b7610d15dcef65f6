//! # `waiver-expired`
//!
//! ## What it does
//!
//! Finds waivers whose `expires` is before today. They waive nothing any more.
//!
//! ## Why it breaks
//!
//! A waiver is a debt with a date. Without the date it would be a rule switched off for ever.
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
//! Settle what was waived and take the waiver out, or look at it again and give it a new day.

use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Party, Plane};
use crate::waivers::{Kind, WaiverFault};

pub(super) static RULE: Rule = Rule {
    id: "waiver-expired",
    level: Level::Deny,
    plane: Plane::System,
    bump: None,
    summary: "the last day of a waiver is over",
    source: include_str!("waiver_expired.rs"),
    check: Check::Waiver(check),
};

const HELP: &str =
    "settle what was waived and take the waiver out, or look at it again and give it a new day";

fn check(fault: &WaiverFault<'_>, sink: &mut Sink<'_>) {
    if let Kind::Expired { today } = &fault.kind {
        let message = format!(
            "the waiver of `{}` ended on {}, and today is {today}",
            fault.waiver.rule, fault.waiver.expires
        );
        sink.report_sides("", message, vec![(Party::System, fault.shown.label("its last day"))], HELP);
    }
}
