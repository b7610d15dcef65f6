//! # `waiver-unknown-rule`
//!
//! ## What it does
//!
//! Finds waivers whose `rule` is the name of no rule.
//!
//! ## Why it breaks
//!
//! Whoever wrote it believes something to be waived that is not, or the other way round.
//!
//! ## Example
//!
//! ```toml
//! [[waivers]]
//! rule = "range-exceded"
//! reason = "the sensor is clamped in firmware since 3.0.0"
//! expires = "2027-01-31"
//! ```
//!
//! ## What to do
//!
//! Correct the name; `linchpin explain` lists every rule.

use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Party, Plane};
use crate::waivers::{Kind, WaiverFault};

pub(super) static RULE: Rule = Rule {
    id: "waiver-unknown-rule",
    level: Level::Deny,
    plane: Plane::System,
    bump: None,
    summary: "a waiver of a rule that does not exist",
    source: include_str!("waiver_unknown_rule.rs"),
    check: Check::Waiver(check),
};

fn check(fault: &WaiverFault<'_>, sink: &mut Sink<'_>) {
    if let Kind::UnknownRule { help } = &fault.kind {
        let message = format!("there is no rule `{}`", fault.waiver.rule);
        sink.report_sides("", message, vec![(Party::System, fault.shown.label("no such rule"))], help);
    }
}
