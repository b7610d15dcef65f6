//! # `docs-changed`
//!
//! ## What it does
//!
//! Finds packages whose doc comments changed. One finding a package, which lists the items.
//!
//! ## Why it breaks
//!
//! Nothing breaks: comments promise nothing that a machine could check. Units and ranges in tags are judged by
//! rules of their own.
//!
//! ## Example
//!
//! ```wit
//! // before
//! /// The water in the tank.
//! temp: f64
//! // after
//! /// The water at the top of the tank.
//! temp: f64
//! ```
//!
//! ## What to do
//!
//! Nothing. If a comment now says another thing of the same item, consider a new item.

use crate::change::{ItemChange, ItemKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "docs-changed",
    level: Level::Allow,
    plane: Plane::Policy,
    bump: None,
    summary: "doc comments changed",
    source: include_str!("docs_changed.rs"),
    check: Check::Item(check),
};

const HELP: &str = "nothing; if a comment now says another thing of the same item, consider a new item";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if item.kind == ItemKind::Docs {
        let message = format!("doc comments of {} changed: {}", item.owner, item.name);
        let (before, after) = (item.before.label("as they were"), item.after.label("as they are"));
        sink.report("", message, before, after, HELP);
    }
}
