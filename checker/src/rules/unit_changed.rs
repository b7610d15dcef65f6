//! # `unit-changed`
//!
//! ## What it does
//!
//! Finds values whose `@unit` differs between the firmware's contract and the module's, or stands on one side only,
//! whatever else about them differs.
//!
//! ## Why it breaks
//!
//! The types agree, so every runtime loads the module; 60 degrees Fahrenheit are then taken for 60 degrees
//! Celsius.
//!
//! ## Example
//!
//! ```wit
//! // before
//! /// @unit celsius
//! // after
//! /// @unit fahrenheit
//! ```
//!
//! ## What to do
//!
//! Give the value in the unit that was released. Another unit needs another name, so that the two cannot be
//! mistaken.

use crate::rule::{Check, Rule, Sink};
use crate::tag_pair::TagPair;
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "unit-changed",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: Some(Bump::Major),
    summary: "a value has another unit on the other side",
    source: include_str!("unit_changed.rs"),
    check: Check::Tags(check),
};

const HELP: &str = "give the value in the unit that was released. Another unit needs another name, so that the two \
    cannot be mistaken";

fn check(pair: &TagPair, sink: &mut Sink<'_>) {
    let (before, after) = (&pair.before.tags.unit, &pair.after.tags.unit);
    if before == after {
        return;
    }
    let named = |unit: &Option<String>| {
        unit.as_ref().map_or_else(|| "no unit".to_owned(), |unit| format!("unit `{unit}`"))
    };
    let message = format!("{} became {}, and the types do not show it", named(before), named(after));
    let at = &pair.unit_at;
    let (before, after) = (at.before.label(named(before)), at.after.label(named(after)));
    sink.report(&at.path, message, before, after, HELP);
}
