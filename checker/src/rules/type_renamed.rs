//! # `type-renamed`
//!
//! ## What it does
//!
//! Finds a type that went and one that came with the very same parts; and names that went, or that stand for other
//! parts, while the functions that used them take types of other names and the very same parts.
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
const HELP_TAKEN: &str = "keep the name for the parts that it had, and give others a new one";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if item.kind != ItemKind::Type {
        return;
    }
    let (message, before, after, help) = match &item.change {
        Change::Renamed(old) => {
            (format!("{} was called `{old}`", item.what()), "the old name", "the new name", HELP)
        }
        Change::Removed => (
            format!(
                "{} is not there any more, and functions take another one of the same parts",
                item.what()
            ),
            "was here",
            "has no such type",
            HELP_TAKEN,
        ),
        Change::Changed => (
            format!("{} has other parts, and functions take another one of those that it had", item.what()),
            "as it was",
            "as it is",
            HELP_TAKEN,
        ),
        Change::Added | Change::Moved(_) | Change::Gated(_) => return,
    };
    sink.report("", message, item.before.label(before), item.after.label(after), help);
}
