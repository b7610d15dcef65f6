//! # `list-size-changed`
//!
//! ## What it does
//!
//! Finds `list<T, 24>` that became `list<T, 96>`, or `list<T>`, and the reverse.
//!
//! ## Why it breaks
//!
//! A list of fixed length is laid out in place; any other is a pointer and a length: the runtime does not load
//! the module.
//!
//! ## Example
//!
//! ```wit
//! // before
//! plan: func(prices: list<f64, 24>) -> f64;
//! // after
//! plan: func(prices: list<f64, 96>) -> f64;
//! ```
//!
//! ## What to do
//!
//! Restore the length. A list without a fixed length, in a new function, serves any number.

use crate::pair::{Difference, TypePair};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "list-size-changed",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a list has another fixed length",
    source: include_str!("list_size_changed.rs"),
    check: Check::Type(check),
};

const HELP: &str = "restore the length. A list without a fixed length, in a new function, serves any number";

fn check(pair: &TypePair<'_>, sink: &mut Sink<'_>) {
    if pair.difference == Difference::ListSize {
        let (before, after) = pair.shown();
        sink.report("", pair.change(), before, after, HELP);
    }
}
