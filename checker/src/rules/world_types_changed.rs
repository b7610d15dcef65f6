//! # `world-types-changed`
//!
//! ## What it does
//!
//! Finds interfaces of types alone that a world imports on one side only, as `use` makes it, or in versions that do not
//! stand for one another.
//!
//! ## Why it breaks
//!
//! Types are not there at run time, so old and new fit. Composition may miss the interface.
//!
//! ## Example
//!
//! ```wit
//! // before
//! interface api { use types.{reading}; plan: func(r: reading); }
//! // after
//! interface api { record reading { temp: f64 } plan: func(r: reading); }
//! ```
//!
//! ## What to do
//!
//! Nothing, unless modules are composed: then keep the `use`.

use crate::change::{Change, ItemChange, ItemKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "world-types-changed",
    level: Level::Allow,
    plane: Plane::Link,
    bump: Some(Bump::Patch),
    summary: "a world imports types that it did not, or not any more",
    source: include_str!("world_types_changed.rs"),
    check: Check::Item(check),
};

const HELP: &str = "nothing, unless modules are composed: then keep the `use`";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if item.kind != ItemKind::WorldTypes {
        return;
    }
    let (message, before, after) = match &item.change {
        Change::Added => {
            (format!("{} is new, and has types alone", item.what()), "does not import it", "imports it")
        }
        Change::Removed => (
            format!("{} is not there any more, and had types alone", item.what()),
            "imports it",
            "does not import it",
        ),
        Change::Moved(old) => (
            format!("{} does not stand for `{old}`, and has types alone", item.what()),
            "imports one version",
            "imports another",
        ),
        Change::Renamed(_) | Change::Changed | Change::Gated(_) => return,
    };
    sink.report("", message, item.before.label(before), item.after.label(after), HELP);
}
