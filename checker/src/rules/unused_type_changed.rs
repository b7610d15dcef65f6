//! # `unused-type-changed`
//!
//! ## What it does
//!
//! Finds types that came, went or changed and that no function of the contract uses, beside functions that use
//! others.
//!
//! ## Why it breaks
//!
//! At run time only types that functions use are there, so old and new fit.
//!
//! ## Example
//!
//! ```wit
//! // before
//! record old-inputs { temp: f64 }
//! // after
//!
//! ```
//!
//! ## What to do
//!
//! Nothing. If another package uses the type, compare that package too.

use crate::change::{Change, ItemChange, ItemKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "unused-type-changed",
    level: Level::Allow,
    plane: Plane::Link,
    bump: Some(Bump::Patch),
    summary: "a type that no function uses changed",
    source: include_str!("unused_type_changed.rs"),
    check: Check::Item(check),
};

const HELP: &str = "nothing; if another package uses the type, compare that package too";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if item.kind != ItemKind::UnusedType {
        return;
    }
    let message = match &item.change {
        Change::Added => format!("{} is new, and no function uses it", item.what()),
        Change::Removed => format!("{} is not there any more, and no function used it", item.what()),
        Change::Renamed(old) => format!("{} was called `{old}`, and no function uses it", item.what()),
        Change::Changed | Change::Moved(_) | Change::Gated(_) => {
            format!("{} changed, and no function used it", item.what())
        }
    };
    let (before, after) = (item.before.label("as it was"), item.after.label("as it is"));
    sink.report("", message, before, after, HELP);
}
