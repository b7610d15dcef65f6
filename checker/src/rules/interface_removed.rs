//! # `interface-removed`
//!
//! ## What it does
//!
//! Finds modules that share no interface with the firmware of a target that they name. Between two contracts,
//! finds interfaces that the older one has and the newer one has not.
//!
//! ## Why it breaks
//!
//! The firmware looks the interface up when it loads the module, and does not find it.
//!
//! ## Example
//!
//! ```wit
//! // before
//! world heater { export control; }
//! // after
//! world heater { export regulation; }
//! ```
//!
//! ## What to do
//!
//! Export the interface, or take the target out of the module's `targets`.

use crate::change::{Change, ItemChange, ItemKind};
use crate::rule::{Check, Missing, Rule, Sink, Why};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "interface-removed",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a firmware calls an interface that the module lacks",
    source: include_str!("interface_removed.rs"),
    check: Check::Several(&[Check::Missing(check), Check::Item(gone)]),
};

const HELP: &str = "export the interface, or take the target out of the module's `targets`";

fn check(missing: &Missing<'_>, sink: &mut Sink<'_>) {
    if let Why::NoInterface(others) = &missing.why {
        let wanted = missing.wanted.map_or_else(|| missing.function.to_owned(), ToString::to_string);
        let others: Vec<String> = others.iter().map(|id| format!("`{id}`")).collect();
        let has = if others.is_empty() { "no interface".to_owned() } else { others.join(", ") };
        let message = format!("the firmware calls `{wanted}`, which the module does not have");
        let (firmware, module) =
            (missing.firmware.label("calls it"), missing.module.label("provides ".to_owned() + &has));
        sink.report_met("", message, firmware, module, HELP);
    }
}

const KEEP: &str = "keep the interface until nobody needs it, or raise the major version";

fn gone(item: &ItemChange, sink: &mut Sink<'_>) {
    if item.is(ItemKind::Interface, &Change::Removed) {
        let (before, after) = (item.before.label("was here"), item.after.label("has no such interface"));
        sink.report("", format!("{} is not there any more", item.what()), before, after, KEEP);
    }
}
