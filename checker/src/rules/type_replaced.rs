//! # `type-replaced`
//!
//! ## What it does
//!
//! Finds functions that use another type than before where both types have the same parts and both were there
//! before.
//!
//! ## Why it breaks
//!
//! No runtime tells the two apart, and digests do not either: a value of the one is taken for the other. Where the
//! names say what a value means, its meaning changed and nothing notices.
//!
//! ## Example
//!
//! ```wit
//! // before
//! plan: func(outside: celsius) -> f64;
//! // after
//! plan: func(outside: fahrenheit) -> f64;
//! ```
//!
//! ## What to do
//!
//! Nothing where both mean the same. Else restore the type and give the new meaning a function of its own; `@unit`
//! tags make such a change an error.

use crate::change::{Change, ItemChange, ItemKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "type-replaced",
    level: Level::Warn,
    plane: Plane::Policy,
    bump: Some(Bump::Minor),
    summary: "another type of the same parts is used",
    source: include_str!("type_replaced.rs"),
    check: Check::Item(check),
};

const HELP: &str =
    "nothing where both mean the same; else restore the type, and give the new meaning a function of its own";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if let (ItemKind::UsedType, Change::Renamed(old)) = (item.kind, &item.change) {
        let (before, after) = (item.before.label("was used"), item.after.label("is used"));
        let message =
            format!("{} is used where `{old}` was, and no runtime tells the two apart", item.what());
        sink.report("", message, before, after, HELP);
    }
}
