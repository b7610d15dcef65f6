//! # `shared-type-changed`
//!
//! ## What it does
//!
//! Finds types that went or changed in an interface that declares types and no function, where no function of
//! what was read uses them.
//!
//! ## Why it breaks
//!
//! Nothing that runs notices. But such an interface is there for other packages to `use`: their functions
//! change with it as soon as they take the newer version, and a version on the same track is taken without a
//! question.
//!
//! ## Example
//!
//! ```wit
//! // before
//! interface types { record reading { temp: f64 } }
//! // after
//! interface types { record reading { temp: f64, humidity: f64 } }
//! ```
//!
//! ## What to do
//!
//! Give the changed type a new name beside the old one, or raise the major version.

use crate::change::{Change, ItemChange, ItemKind};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "shared-type-changed",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: Some(Bump::Major),
    summary: "a type that is there for other packages changed",
    source: include_str!("shared_type_changed.rs"),
    check: Check::Item(check),
};

const HELP: &str = "give the changed type a new name beside the old one, or raise the major version";

fn check(item: &ItemChange, sink: &mut Sink<'_>) {
    if item.kind != ItemKind::SharedType {
        return;
    }
    let message = match &item.change {
        // Nobody can use a type that was not there.
        Change::Added => return,
        Change::Removed => format!("{} is not there any more", item.what()),
        Change::Renamed(old) => format!("{} was called `{old}`", item.what()),
        Change::Changed | Change::Moved(_) | Change::Gated(_) => {
            format!("{} is not what it was", item.what())
        }
    };
    let (before, after) = (item.before.label("as it was"), item.after.label("as it is"));
    sink.report("", message, before, after, HELP);
}
