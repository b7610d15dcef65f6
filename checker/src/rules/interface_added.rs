//! # `interface-added`
//!
//! ## What it does
//!
//! Finds interfaces that the newer contract has and the older one has not.
//!
//! ## Why it breaks
//!
//! It breaks nothing: nobody asks for an interface that was not there.
//!
//! ## Example
//!
//! ```wit
//! // before
//! interface control { }
//! // after
//! interface control { }
//! interface advice { }
//! ```
//!
//! ## What to do
//!
//! Raise the minor version.

use crate::change::{Change, ItemChange, ItemKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "interface-added",
    level: Level::Allow,
    plane: Plane::Link,
    bump: Some(Bump::Minor),
    summary: "a contract has an interface that it did not have",
    source: include_str!("interface_added.rs"),
    check: Check::Item(check),
};

const HELP: &str = "raise the minor version";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if item.is(ItemKind::Interface, &Change::Added) {
        let (before, after) = (item.before.label("has no such interface"), item.after.label("came here"));
        sink.report("", format!("{} is new", item.what()), before, after, HELP);
    }
}
