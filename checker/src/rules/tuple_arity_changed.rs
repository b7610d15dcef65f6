//! # `tuple-arity-changed`
//!
//! ## What it does
//!
//! Finds tuples that are longer or shorter than they were.
//!
//! ## Why it breaks
//!
//! A tuple is laid out from all of its items: the runtime does not load the module.
//!
//! ## Example
//!
//! ```wit
//! // before
//! plan: func(pair: tuple<u8, u8>) -> f64;
//! // after
//! plan: func(pair: tuple<u8, u8, u8>) -> f64;
//! ```
//!
//! ## What to do
//!
//! Restore the tuple. A record in a new function says better what the items are.

use crate::pair::{Difference, TypePair};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "tuple-arity-changed",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a tuple has another number of items",
    source: include_str!("tuple_arity_changed.rs"),
    check: Check::Type(check),
};

const HELP: &str = "restore the tuple. A record in a new function says better what the items are";

fn check(pair: &TypePair<'_>, sink: &mut Sink<'_>) {
    if pair.difference == Difference::TupleArity {
        let (before, after) = pair.shown();
        sink.report("", pair.change(), before, after, HELP);
    }
}
