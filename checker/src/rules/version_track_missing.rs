//! # `version-track-missing`
//!
//! ## What it does
//!
//! Finds interfaces that the module has, but only in versions of other tracks. A track is a major version, or a
//! minor version of `0.y`; a `0.0.z` and a pre-release are tracks of their own; an unversioned interface stands
//! only for itself.
//!
//! ## Why it breaks
//!
//! The runtime looks for the very version, then for the greatest one of its track, and finds neither.
//!
//! ## Example
//!
//! ```wit
//! // before
//! package acme:heater@1.0.0;
//! // after
//! package acme:heater@2.0.0;
//! ```
//!
//! ## What to do
//!
//! Build the module against the version that the firmware calls, or keep the change within its track if it is
//! compatible.

use crate::rule::{Check, Missing, Rule, Sink, Why};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "version-track-missing",
    level: Level::Deny,
    plane: Plane::Link,
    bump: None,
    summary: "a firmware calls a version that no version in the module stands for",
    source: include_str!("version_track_missing.rs"),
    check: Check::Missing(check),
};

const HELP: &str = "build the module against the version that the firmware calls, or keep the change within its \
    track if it is compatible";

fn check(missing: &Missing<'_>, sink: &mut Sink<'_>) {
    if let Why::OtherTrack(others) = &missing.why {
        let wanted = missing.wanted.map_or_else(|| missing.function.to_owned(), ToString::to_string);
        let others: Vec<String> = others.iter().map(|id| format!("`{id}`")).collect();
        let message = format!("the firmware calls `{wanted}`, and the module has {} only", others.join(", "));
        let (firmware, module) = (
            missing.firmware.label("calls `".to_owned() + &wanted + "`"),
            missing.module.label("provides ".to_owned() + &others.join(", ")),
        );
        sink.report_met("", message, firmware, module, HELP);
    }
}
