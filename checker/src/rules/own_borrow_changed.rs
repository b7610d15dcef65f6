//! # `own-borrow-changed`
//!
//! ## What it does
//!
//! Finds `own<r>` that became `borrow<r>`, or the other way round.
//!
//! ## Why it breaks
//!
//! Who owns a thing must drop it, and who borrows it must not. wasmtime links the two without a word, so the first
//! call that drops too much or too little is where it shows.
//!
//! ## Example
//!
//! ```wit
//! // before
//! use-file: func(f: borrow<file>);
//! // after
//! use-file: func(f: own<file>);
//! ```
//!
//! ## What to do
//!
//! Restore the type. A pure function takes and returns plain values only.

use crate::pair::{Difference, TypePair};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "own-borrow-changed",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a handle is owned on one side and borrowed on the other",
    source: include_str!("own_borrow_changed.rs"),
    check: Check::Type(check),
};

const HELP: &str = "restore the type. A pure function takes and returns plain values only";

fn check(pair: &TypePair<'_>, sink: &mut Sink<'_>) {
    if pair.difference == Difference::Ownership {
        let (before, after) = pair.shown();
        sink.report("", pair.change(), before, after, HELP);
    }
}
