//! # `stable-to-unstable`
//!
//! ## What it does
//!
//! Finds items that the older contract has without a gate or `@since`, and the newer one has behind
//! `@unstable`.
//!
//! ## Why it breaks
//!
//! Who turns no feature on does not have the item any more.
//!
//! ## Example
//!
//! ```wit
//! // before
//! @since(version = 1.0.0)
//! plan: func() -> f64;
//! // after
//! @unstable(feature = planning)
//! plan: func() -> f64;
//! ```
//!
//! ## What to do
//!
//! Leave the item as it was; use `@deprecated(version = ..)` to advise against it.

use crate::change::{Change, ItemChange};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "stable-to-unstable",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: Some(Bump::Major),
    summary: "an item was put behind a feature",
    source: include_str!("stable_to_unstable.rs"),
    check: Check::Item(check),
};

const HELP: &str = "leave the item as it was; use `@deprecated(version = ..)` to advise against it";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if let Change::Gated(feature) = &item.change {
        let message = format!("{} is behind the feature `{feature}` now", item.what());
        let (before, after) =
            (item.before.label("for everyone"), item.after.label("for those who turn it on"));
        sink.report("", message, before, after, HELP);
    }
}
