//! # `result-added`
//!
//! ## What it does
//!
//! Finds functions that return something in the newer contract only.
//!
//! ## Why it breaks
//!
//! The result is part of the signature: the runtime does not load the module.
//!
//! ## Example
//!
//! ```wit
//! // before
//! note: func(price: f64);
//! // after
//! note: func(price: f64) -> f64;
//! ```
//!
//! ## What to do
//!
//! Restore the signature. Another signature belongs to a function of another name, in a new version of the
//! contract.

use crate::pair::FunctionPair;
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "result-added",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a result was added to a function",
    source: include_str!("result_added.rs"),
    check: Check::Function(check),
};

const HELP: &str = "restore the signature. Another signature belongs to a function of another name, in a new version \
    of the contract";

fn check(pair: &FunctionPair<'_>, sink: &mut Sink<'_>) {
    if pair.before.result.is_none() && pair.after.result.is_some() {
        let (before, after) = pair.shown();
        let before = before.label("returned nothing");
        let after = after.label("returns a value");
        sink.report(
            "result",
            format!("function `{}` returns a value now", pair.after.name),
            before,
            after,
            HELP,
        );
    }
}
