//! # `body-over-limit`
//!
//! ## What it does
//!
//! Finds components with a function whose body is longer than the target allows (`limits.body` in
//! `linchpin.toml`; 32 KiB on `linchpin` targets that do not say less).
//!
//! ## Why it breaks
//!
//! Compilers take more than linear time for one function, so a single long one can hold up an update for seconds.
//!
//! ## Example
//!
//! ```toml
//! limits = { body = "8KiB" }
//! ```
//!
//! ## What to do
//!
//! Split the function, or take a large constant table out of the code into a `static`.

use crate::rule::{Check, Rule, Sink};
use crate::system::{Module, Target};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "body-over-limit",
    level: Level::Deny,
    plane: Plane::System,
    bump: None,
    summary: "a module has a longer function than a target allows",
    source: include_str!("body_over_limit.rs"),
    check: Check::Profile(check),
};

const HELP: &str = "split the function, or take a large constant table out of the code into a `static`";

fn check(module: &Module, target: &Target, sink: &mut Sink<'_>) {
    let found = module.profile.largest_body_bytes;
    if let Some(limit) = target.limits.bounds.body_bytes
        && found > limit
    {
        let message = format!(
            "module `{}` has a function of {found} bytes, and `{}` allows {limit}",
            module.name, target.name
        );
        let label = format!("a longer function than `{}` allows", target.name);
        sink.report_module(module, "body", message, label, HELP);
    }
}
