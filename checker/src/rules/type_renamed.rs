//! # `type-renamed`
//!
//! ## What it does
//!
//! Finds a type that went and one that came with the very same parts.
//!
//! ## Why it breaks
//!
//! At run time types have no names, so old and new fit. Composition compares the names of exported types and
//! refuses; and whoever names the type in WIT text must follow.
//!
//! ## Example
//!
//! ```wit
//! // before
//! record inputs { temp: f64 }
//! // after
//! record readings { temp: f64 }
//! ```
//!
//! ## What to do
//!
//! Keep the old name as an alias: `type inputs = readings;`.

use crate::change::{Change, ItemChange, ItemKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "type-renamed",
    level: Level::Warn,
    plane: Plane::Link,
    bump: Some(Bump::Minor),
    summary: "a type has another name and the same parts",
    source: include_str!("type_renamed.rs"),
    check: Check::Item(check),
};

const HELP: &str = "keep the old name as an alias: `type old = new;`";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if let (ItemKind::Type, Change::Renamed(old)) = (item.kind, &item.change) {
        let (before, after) = (item.before.label("the old name"), item.after.label("the new name"));
        sink.report("", format!("{} was called `{old}`", item.what()), before, after, HELP);
    }
}
