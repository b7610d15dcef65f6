//! # `tag-misspelt`
//!
//! ## What it does
//!
//! Finds near misses of `@unit`, `@range`, `@step` and `@was`, values that they cannot have, and tags that stand where
//! they guard nothing: on what has no number, at a parameter, or with a range beyond what the type can hold.
//!
//! ## Why it breaks
//!
//! A tag that is not understood guards nothing, although it looks as if it did.
//!
//! ## Example
//!
//! ```wit
//! // before
//! /// @units celsius
//! // after
//! /// @unit celsius
//! ```
//!
//! ## What to do
//!
//! Correct the tag, put it where the number is written, or write the word without `@`. WIT keeps no documentation of
//! parameters: declare an alias with the tag, and give the parameter that type.

use linchpin_contract::TagNote;

use crate::rule::{Check, Rule, Shown, Sink};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "tag-misspelt",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: None,
    summary: "a tag in a doc comment is not understood, or guards nothing",
    source: include_str!("tag_misspelt.rs"),
    check: Check::TagNote(check),
};

fn check(note: &TagNote, sink: &mut Sink<'_>) {
    let shown = Shown::new(note.place.as_ref(), note.item.clone()).label("its doc comment");
    sink.report_one(&note.item, note.message.clone(), shown, &note.help);
}
