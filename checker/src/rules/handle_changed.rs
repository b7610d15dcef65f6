//! # `handle-changed`
//!
//! ## What it does
//!
//! Finds a handle, a stream or a future that became something else, or something else that became one, and streams
//! and futures whose values became something else.
//!
//! ## Why it breaks
//!
//! A handle stands for a thing on the other side, and a stream or a future for values that are still to come. No
//! plain value can take their place.
//!
//! ## Example
//!
//! ```wit
//! // before
//! read-file: func(f: borrow<file>);
//! // after
//! read-file: func(f: string);
//! ```
//!
//! ## What to do
//!
//! Restore the type. A pure function takes and returns plain values only.

use crate::pair::{Difference, Site, TypePair};
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
    let in_stream = pair.difference == Difference::Kind && pair.site == Site::StreamItem;
    if pair.difference == Difference::Handle || in_stream {
        let (before, after) = pair.shown();
        sink.report("", pair.change(), before, after, HELP);
    }
}
