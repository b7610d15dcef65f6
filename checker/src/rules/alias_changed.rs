//! # `alias-changed`
//!
//! ## What it does
//!
//! Finds names that stand for another type, by `type` or `use`, in one contract alone or for the same parts in
//! another way.
//!
//! ## Why it breaks
//!
//! At run time aliases are not there, so old and new fit. Composition may miss the name.
//!
//! ## Example
//!
//! ```wit
//! // before
//! type celsius = f64;
//! plan: func(temp: celsius) -> celsius;
//! // after
//! plan: func(temp: f64) -> f64;
//! ```
//!
//! ## What to do
//!
//! Nothing, unless modules are composed: then keep the name.

use crate::change::{Change, ItemChange, ItemKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "alias-changed",
    level: Level::Allow,
    plane: Plane::Link,
    bump: Some(Bump::Patch),
    summary: "an alias came, went, or became a type of its own",
    source: include_str!("alias_changed.rs"),
    check: Check::Item(check),
};

const HELP: &str = "nothing, unless modules are composed: then keep the name";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if item.kind != ItemKind::Alias {
        return;
    }
    let message = match &item.change {
        Change::Added => format!("{} is new", item.what()),
        Change::Removed => format!("{} is not there any more", item.what()),
        Change::Renamed(old) => format!("{} was called `{old}`", item.what()),
        Change::Changed | Change::Moved(_) | Change::Gated(_) => {
            format!("{} is written in another way, for the same parts", item.what())
        }
    };
    let (before, after) = (item.before.label("as it was"), item.after.label("as it is"));
    sink.report("", message, before, after, HELP);
}
