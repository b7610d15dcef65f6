//! # `name-over-limit`
//!
//! ## What it does
//!
//! Finds imports, exports, parameters, fields, cases and flags with a name longer than the target allows
//! (`limits.name` in `linchpin.toml`; 128 bytes on `linchpin` targets that do not say less).
//!
//! ## Why it breaks
//!
//! Names are compared, logged and shown on the device. The format allows 100,000 bytes each.
//!
//! ## Example
//!
//! ```toml
//! limits = { name = "64B" }
//! ```
//!
//! ## What to do
//!
//! Give it a shorter name.

use crate::rule::{Check, Rule, Sink};
use crate::system::{Module, Target};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "name-over-limit",
    level: Level::Deny,
    plane: Plane::System,
    bump: None,
    summary: "a name is longer than a target allows",
    source: include_str!("name_over_limit.rs"),
    check: Check::Profile(check),
};

const HELP: &str = "give it a shorter name";

fn check(module: &Module, target: &Target, sink: &mut Sink<'_>) {
    let found = module.profile.longest_name_bytes;
    if let Some(limit) = target.limits.bounds.name_bytes
        && found > limit
    {
        let message = format!(
            "module `{}` has a name of {found} bytes, and `{}` allows {limit}",
            module.name, target.name
        );
        let label = format!("a longer name than `{}` allows", target.name);
        sink.report_module(module, "name", message, label, HELP);
    }
}
