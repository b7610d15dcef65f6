//! # `func-removed`
//!
//! ## What it does
//!
//! Finds functions that a firmware calls and that the module's interface does not have: removed or renamed in
//! the module, or newer than the module. Between two contracts, finds functions that the older one has and the
//! newer one has not.
//!
//! ## Why it breaks
//!
//! The firmware looks the function up when it loads the module, and does not find it. A higher version of the
//! interface on the same track is taken as a whole, so an older one beside it does not help.
//!
//! ## Example
//!
//! ```wit
//! // before
//! plan: func(price: f64) -> f64;
//! // after
//! suggest: func(price: f64) -> f64;
//! ```
//!
//! ## What to do
//!
//! Put the function back, or build the module against the contract that the firmware calls.

use crate::change::{Change, ItemChange, ItemKind};
use crate::rule::{Check, Missing, Rule, Sink, Why};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "func-removed",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a firmware calls a function that the module lacks",
    source: include_str!("func_removed.rs"),
    check: Check::Several(&[Check::Missing(check), Check::Item(gone)]),
};

const HELP: &str = "put the function back, or build the module against the contract that the firmware calls";

fn check(missing: &Missing<'_>, sink: &mut Sink<'_>) {
    if let Why::NoFunction = &missing.why {
        let message = format!("the firmware calls `{}`, which the module does not have", missing.function);
        let (firmware, module) = (
            missing.firmware.label("calls it"),
            missing.module.label("has no function `".to_owned() + missing.function + "`"),
        );
        sink.report_met("", message, firmware, module, HELP);
    }
}

const KEEP: &str =
    "keep the function, with `@deprecated(version = ..)`, until nobody calls it, or raise the major version";

fn gone(item: &ItemChange, sink: &mut Sink<'_>) {
    if item.is(ItemKind::Function, &Change::Removed) {
        let (before, after) = (item.before.label("was here"), item.after.label("has no such function"));
        sink.report("", format!("{} is not there any more", item.what()), before, after, KEEP);
    }
}
