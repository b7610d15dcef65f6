//! # `functions-over-limit`
//!
//! ## What it does
//!
//! Finds components with more functions than the target allows (`limits.functions` in `linchpin.toml`; 512 on
//! `linchpin` targets that do not say less).
//!
//! ## Why it breaks
//!
//! Each function is compiled on the way into the device, and many small ones cost more than their bytes tell. A
//! module of one pure function has ten to a hundred.
//!
//! ## Example
//!
//! ```toml
//! limits = { functions = 200 }
//! ```
//!
//! ## What to do
//!
//! Look for a dependency that brings a whole library along; `linchpin build` prints what each crate costs.

use crate::rule::{Check, Rule, Sink};
use crate::system::{Module, Target};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "functions-over-limit",
    level: Level::Deny,
    plane: Plane::System,
    bump: None,
    summary: "a module has more functions than a target allows",
    source: include_str!("functions_over_limit.rs"),
    check: Check::Profile(check),
};

const HELP: &str =
    "look for a dependency that brings a whole library along; `linchpin build` prints what each crate costs";

fn check(module: &Module, target: &Target, sink: &mut Sink<'_>) {
    let found = u64::from(module.profile.functions);
    if let Some(limit) = target.limits.bounds.functions
        && found > limit
    {
        let message =
            format!("module `{}` has {found} functions, and `{}` allows {limit}", module.name, target.name);
        let label = format!("more functions than `{}` allows", target.name);
        sink.report_module(module, "functions", message, label, HELP);
    }
}
