//! # `range-exceeded`
//!
//! ## What it does
//!
//! Finds values whose `@range` on the side that gives them reaches beyond the `@range` on the side that takes
//! them. A side that gives and has no `@range` may give every number of its type. Where units differ, ranges are not
//! compared: `unit-changed` is told first.
//!
//! ## Why it breaks
//!
//! No runtime looks at ranges when it loads a module; some values are then refused, or worse, believed.
//!
//! ## Example
//!
//! ```wit
//! // before
//! /// @range 0..=40   (what the module accepts)
//! // after
//! /// @range -20..=50 (what the firmware gives)
//! ```
//!
//! ## What to do
//!
//! Let the side that gives keep to the range of the side that takes, or widen what is accepted and build that
//! side again.

use linchpin_contract::Range;

use crate::edges::natural;
use crate::rule::{Check, Rule, Sink};
use crate::tag_pair::{Giver, TagPair};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "range-exceeded",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: Some(Bump::Major),
    summary: "a value may lie outside the range that the other side accepts",
    source: include_str!("range_exceeded.rs"),
    check: Check::Tags(check),
};

const HELP: &str = "let the side that gives keep to the range of the side that takes, or widen what is accepted and \
    build that side again";

fn check(pair: &TagPair, sink: &mut Sink<'_>) {
    let (giver, taker) = match pair.giver {
        Giver::Before => (&pair.before, &pair.after),
        Giver::After => (&pair.after, &pair.before),
    };
    let Some(taken) = &taker.tags.range else { return };
    if giver.tags.unit != taker.tags.unit {
        return;
    }
    let given = giver.tags.range.clone().or_else(|| giver.number.and_then(natural));
    if given.as_ref().is_some_and(|given| given.min >= taken.min && given.max <= taken.max) {
        return;
    }
    let message = match &given {
        Some(given) => format!("values of {given} are given where {taken} is accepted"),
        None => format!("any number is given where {taken} is accepted"),
    };
    let label = |range: &Option<Range>| {
        range.as_ref().map_or_else(|| "no range".to_owned(), |range| format!("range {range}"))
    };
    let at = &pair.range_at;
    let before = at.before.label(label(&pair.before.tags.range));
    let after = at.after.label(label(&pair.after.tags.range));
    sink.report(&at.path, message, before, after, HELP);
}
