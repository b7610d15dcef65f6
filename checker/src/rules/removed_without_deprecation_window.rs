//! # `removed-without-deprecation-window`
//!
//! ## What it does
//!
//! Finds functions, resources, interfaces and worlds that went without ever having been `@deprecated`, in a
//! contract whose items have gates.
//!
//! ## Why it breaks
//!
//! Gates are a promise that changes can be seen coming. Whoever relies on it had no version in which to move.
//!
//! ## Example
//!
//! ```wit
//! // before
//! @since(version = 1.0.0)
//! suggest: func() -> u8;
//! // after
//!
//! ```
//!
//! ## What to do
//!
//! Bring the item back with `@deprecated(version = ..)`, and remove it in a later version.

use crate::change::{Change, ItemChange, ItemKind, Notice};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "removed-without-deprecation-window",
    level: Level::Warn,
    plane: Plane::Policy,
    bump: None,
    summary: "an item went without notice",
    source: include_str!("removed_without_deprecation_window.rs"),
    check: Check::Item(check),
};

const HELP: &str = "bring it back with `@deprecated(version = ..)`, and remove it in a later version";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    let is_of_calls =
        matches!(item.kind, ItemKind::Function | ItemKind::Resource | ItemKind::Interface | ItemKind::World);
    if is_of_calls && item.notice == Notice::Missing && item.change == Change::Removed {
        let message = format!("{} went without having been deprecated", item.what());
        let (before, after) = (item.before.label("not deprecated"), item.after.label("gone"));
        sink.report("", message, before, after, HELP);
    }
}
