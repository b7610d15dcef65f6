//! # `type-definition-changed`
//!
//! ## What it does
//!
//! Finds a named type that was defined anew as something of another kind: a record that became a list, an enum that
//! became a variant, an alias of a number that became one of a string. It is one finding, however many functions,
//! fields and payloads have the type.
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
//! type prices = list<f64>;
//! // after
//! type prices = string;
//! ```
//!
//! ## What to do
//!
//! Restore the definition. What is really another value needs another name, in a new function of a new version of the
//! contract.

use crate::pair::{Difference, Site, TypePair};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "type-definition-changed",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a named type was defined anew as one of another kind",
    source: include_str!("type_definition_changed.rs"),
    check: Check::Type(check),
};

const HELP: &str = "restore the definition. What is really another value needs another name, in a new function of a new \
    version of the contract";

fn check(pair: &TypePair<'_>, sink: &mut Sink<'_>) {
    if pair.difference == Difference::Kind && pair.site == Site::Definition {
        let (before, after) = pair.shown();
        sink.report("", pair.change(), before, after, HELP);
    }
}
