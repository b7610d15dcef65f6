//! # `waiver-without-effect`
//!
//! ## What it does
//!
//! Finds waivers that mean findings about what a runtime really does.
//!
//! ## Why it breaks
//!
//! A waiver can allow what contracts do not promise. It cannot make a runtime load what it refuses: the pair stays
//! as it is, its findings stay errors, and the verdict is not clean.
//!
//! ## Example
//!
//! ```toml
//! [[waivers]]
//! rule = "record-field-added" # a runtime refuses the module
//! reason = "only for this release"
//! expires = "2027-01-31"
//! ```
//!
//! ## What to do
//!
//! Correct what does not fit, or take the module off the firmwares that refuse it.

use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Party, Plane};
use crate::waivers::{Kind, WaiverFault};

pub(super) static RULE: Rule = Rule {
    id: "waiver-without-effect",
    level: Level::Warn,
    plane: Plane::System,
    bump: None,
    summary: "a waiver of what a runtime does all the same",
    source: include_str!("waiver_without_effect.rs"),
    check: Check::Waiver(check),
};

const HELP: &str = "correct what does not fit, or take the module off the firmwares that refuse it";

fn check(fault: &WaiverFault<'_>, sink: &mut Sink<'_>) {
    if let Kind::WithoutEffect = &fault.kind {
        let message = format!("`{}` tells what a runtime does, which no waiver changes", fault.waiver.rule);
        sink.report_sides(
            "",
            message,
            vec![(Party::System, fault.shown.label("its pairs stay as they are"))],
            HELP,
        );
    }
}
