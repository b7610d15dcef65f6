//! # `name-not-ascii`
//!
//! ## What it does
//!
//! Finds imports, exports, parameters, fields, cases and flags with a character outside ASCII.
//!
//! ## Why it breaks
//!
//! Two names can look the same and differ: a reviewer approves one function, and the firmware calls another.
//! Names from WIT are always ASCII; only names made by hand are not.
//!
//! ## Example
//!
//! ```wat
//! (export "t\c3\a9mp" (func $f))
//! ```
//!
//! ## What to do
//!
//! Use ASCII letters, digits and hyphens, as WIT does.

use crate::rule::{Check, Rule, Sink};
use crate::system::{Module, Target};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "name-not-ascii",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: None,
    summary: "a name has characters outside ASCII",
    source: include_str!("name_not_ascii.rs"),
    check: Check::Profile(check),
};

const HELP: &str = "use ASCII letters, digits and hyphens, as WIT does";

fn check(module: &Module, target: &Target, sink: &mut Sink<'_>) {
    if !target.runtime.asks_for_purity() {
        return;
    }
    if let Some(name) = &module.profile.name_not_ascii {
        // Escaped, since how it looks is what misleads.
        let name = name.escape_default();
        let message = format!("module `{}` has the name `{name}`, which is not ASCII", module.name);
        sink.report_module(module, "name", message, format!("has the name `{name}`"), HELP);
    }
}
