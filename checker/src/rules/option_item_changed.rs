//! # `option-item-changed`
//!
//! ## What it does
//!
//! Finds a record that became a list, a tuple that became a record, an enum that became a variant, and so on,
//! in an option.
//!
//! ## Why it breaks
//!
//! The bytes are laid out differently, even where both types hold the same values: the runtime does not load
//! the module.
//!
//! ## Example
//!
//! ```wit
//! // before
//! plan: func(name: option<string>) -> f64;
//! // after
//! plan: func(name: option<list<u8>>) -> f64;
//! ```
//!
//! ## What to do
//!
//! Restore the type. What is really another value belongs in a new function, in a new version of the contract.

use crate::pair::{Difference, Site, TypePair};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "option-item-changed",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "the type of an option was replaced by one of another kind",
    source: include_str!("option_item_changed.rs"),
    check: Check::Type(check),
};

const HELP: &str = "restore the type. What is really another value belongs in a new function, in a new version of \
    the contract";

fn check(pair: &TypePair<'_>, sink: &mut Sink<'_>) {
    if pair.difference == Difference::Kind && pair.site == Site::OptionItem {
        let (before, after) = pair.shown();
        sink.report("", pair.change(), before, after, HELP);
    }
}
