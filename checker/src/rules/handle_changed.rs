//! # `handle-changed`
//!
//! ## What it does
//!
//! Finds a handle, a stream or a future that became something else, or something else that became one, and
//! `own<r>` that became `borrow<r>`.
//!
//! ## Why it breaks
//!
//! Handles say who owns a thing; streams and futures are handles too. wasmtime links some of these pairs
//! although they mean different things.
//!
//! ## Example
//!
//! ```wit
//! // before
//! use-file: func(f: own<file>);
//! // after
//! use-file: func(f: borrow<file>);
//! ```
//!
//! ## What to do
//!
//! Restore the type. A pure function takes and returns plain values only.

use crate::pair::{Difference, TypePair};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "handle-changed",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a handle, stream or future changed",
    source: include_str!("handle_changed.rs"),
    check: Check::Type(check),
};

const HELP: &str = "restore the type. A pure function takes and returns plain values only";

fn check(pair: &TypePair<'_>, sink: &mut Sink<'_>) {
    if pair.difference == Difference::Handle {
        let (before, after) = pair.shown();
        sink.report("", pair.change(), before, after, HELP);
    }
}
