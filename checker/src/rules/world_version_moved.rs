//! # `world-version-moved`
//!
//! ## What it does
//!
//! Finds interfaces that a world imports or exports in a version that does not stand for the one that it named
//! before: another major version, another minor version of `0.y`, another `0.0.z` or pre-release.
//!
//! ## Why it breaks
//!
//! Versions stand for one another within a track only. Neither side finds what it asks for on the other one.
//!
//! ## Example
//!
//! ```wit
//! // before
//! world heater { import wasi:clocks/wall-clock@0.2.0; }
//! // after
//! world heater { import wasi:clocks/wall-clock@0.3.0; }
//! ```
//!
//! ## What to do
//!
//! Let the firmware provide both versions while both are in use, and raise the major version.

use crate::change::{Change, ItemChange, ItemKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "world-version-moved",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a world names another track of an interface",
    source: include_str!("world_version_moved.rs"),
    check: Check::Item(check),
};

const HELP: &str = "provide both versions while both are in use, and raise the major version";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if let (ItemKind::WorldImport | ItemKind::WorldExport, Change::Moved(old)) = (item.kind, &item.change) {
        let message = format!("{} does not stand for `{old}`, which was there before", item.what());
        let (before, after) =
            (item.before.label(format!("names `{old}`")), item.after.label(format!("names `{}`", item.name)));
        sink.report("", message, before, after, HELP);
    }
}
