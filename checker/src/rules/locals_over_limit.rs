//! # `locals-over-limit`
//!
//! ## What it does
//!
//! Finds components with a function that has more locals than the target allows (`limits.locals` in
//! `linchpin.toml`; 512 on `linchpin` targets that do not say less).
//!
//! ## Why it breaks
//!
//! Each local takes a place on the native stack and time in the compiler. A few bytes of code can declare fifty
//! thousand.
//!
//! ## Example
//!
//! ```toml
//! limits = { locals = 100 }
//! ```
//!
//! ## What to do
//!
//! Split the function. Compilers make so many locals only where they inline without end.

use crate::rule::{Check, Rule, Sink};
use crate::system::{Module, Target};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "locals-over-limit",
    level: Level::Deny,
    plane: Plane::System,
    bump: None,
    summary: "a function has more locals than a target allows",
    source: include_str!("locals_over_limit.rs"),
    check: Check::Profile(check),
};

const HELP: &str = "split the function. Compilers make so many locals only where they inline without end";

fn check(module: &Module, target: &Target, sink: &mut Sink<'_>) {
    let found = module.profile.most_locals;
    if let Some(limit) = target.limits.bounds.locals
        && found > limit
    {
        let message = format!(
            "module `{}` has a function with {found} locals, and `{}` allows {limit}",
            module.name, target.name
        );
        let label = format!("more locals than `{}` allows", target.name);
        sink.report_module(module, "locals", message, label, HELP);
    }
}
