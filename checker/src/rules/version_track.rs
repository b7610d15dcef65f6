//! # `version-track`
//!
//! ## What it does
//!
//! Finds, where one upgrade is asked for, a package whose two versions do not stand for one another. A track is a
//! major version, or a minor version of `0.y`; a `0.0.z`, a pre-release and the absence of a version are tracks of
//! their own.
//!
//! ## Why it breaks
//!
//! A runtime looks for the very version, then for the greatest one of its track. Firmware that calls the one finds
//! nothing in a module that has the other, however little else changed.
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
//! Serve both versions until nothing has the older one any more, or keep the change within its track if it is
//! compatible.

use crate::change::{Apart, ApartBy};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "version-track",
    level: Level::Allow,
    plane: Plane::Link,
    bump: None,
    summary: "the two versions of a package do not stand for one another",
    source: include_str!("version_track.rs"),
    check: Check::Apart(check),
};

const HELP: &str = "serve both versions until nothing has the older one any more, or keep the change within its \
    track if it is compatible";

fn check(apart: &Apart, sink: &mut Sink<'_>) {
    if apart.by == ApartBy::Track {
        let (old, new) = apart.versions();
        let message =
            format!("`{}` goes from {old} to {new}, and neither stands for the other", apart.package);
        sink.report("", message, apart.before_at.label(old), apart.after_at.label(new), HELP);
    }
}
