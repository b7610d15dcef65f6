//! # `tag-misspelt`
//!
//! ## What it does
//!
//! Finds near misses of `@unit`, `@range`, `@step` and `@was`, and values that they cannot have.
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
//! Correct the tag, or write the word without `@`.

use linchpin_contract::TagNote;

use crate::rule::{Check, Rule, Shown, Sink};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "tag-misspelt",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: None,
    summary: "a tag in a doc comment is not understood",
    source: include_str!("tag_misspelt.rs"),
    check: Check::TagNote(check),
};

fn check(note: &TagNote, sink: &mut Sink<'_>) {
    let shown = Shown::new(note.place.as_ref(), note.item.clone()).label("its doc comment");
    sink.report_one(&note.item, note.message.clone(), shown, &note.help);
}
