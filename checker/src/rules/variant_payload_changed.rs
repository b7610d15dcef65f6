//! # `variant-payload-changed`
//!
//! ## What it does
//!
//! Finds a record that became a list, a tuple that became a record, an enum that became a variant, and so on,
//! in a payload.
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
//! variant fault { stale(list<u8>) }
//! // after
//! variant fault { stale(string) }
//! ```
//!
//! ## What to do
//!
//! Restore the type. What is really another value belongs in a new function, in a new version of the contract.

use crate::pair::{Difference, Site, TypePair};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "variant-payload-changed",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "the type of a payload was replaced by one of another kind",
    source: include_str!("variant_payload_changed.rs"),
    check: Check::Type(check),
};

const HELP: &str = "restore the type. What is really another value belongs in a new function, in a new version of \
    the contract";

fn check(pair: &TypePair<'_>, sink: &mut Sink<'_>) {
    if pair.difference == Difference::Kind && pair.site == Site::Payload {
        let (before, after) = pair.shown();
        sink.report("", pair.change(), before, after, HELP);
    }
}
