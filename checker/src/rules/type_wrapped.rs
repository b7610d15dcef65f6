//! # `type-wrapped`
//!
//! ## What it does
//!
//! Finds a `T` that became `option<T>` or `result<T, _>`, and the reverse, wherever it stands.
//!
//! ## Why it breaks
//!
//! An optional value has a discriminant before it, so the bytes are laid out differently: the runtime does not
//! load the module.
//!
//! ## Example
//!
//! ```wit
//! // before
//! plan: func(price: f64) -> f64;
//! // after
//! plan: func(price: option<f64>) -> f64;
//! ```
//!
//! ## What to do
//!
//! Restore the type. To make a value optional, add a new function beside this one in a new version of the
//! contract.

use crate::pair::{Difference, TypePair};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "type-wrapped",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a value became an `option` or a `result`, or ceased to be one",
    source: include_str!("type_wrapped.rs"),
    check: Check::Type(check),
};

const HELP: &str = "restore the type. To make a value optional, add a new function beside this one in a new version \
    of the contract";

fn check(pair: &TypePair<'_>, sink: &mut Sink<'_>) {
    if pair.difference == Difference::Wrapped {
        let (before, after) = pair.shown();
        sink.report("", pair.change(), before, after, HELP);
    }
}
