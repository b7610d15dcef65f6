//! # `async-changed`
//!
//! ## What it does
//!
//! Finds functions of which only one side is `async`.
//!
//! ## Why it breaks
//!
//! An `async` function is called in another way: the runtime does not load the module.
//!
//! ## Example
//!
//! ```wit
//! // before
//! plan: func(price: f64) -> f64;
//! // after
//! plan: async func(price: f64) -> f64;
//! ```
//!
//! ## What to do
//!
//! Remove `async`: a pure function returns when it is done, without waiting.

use crate::pair::FunctionPair;
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "async-changed",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a function became `async`, or ceased to be",
    source: include_str!("async_changed.rs"),
    check: Check::Function(check),
};

const HELP: &str = "remove `async`: a pure function returns when it is done, without waiting";

fn check(pair: &FunctionPair<'_>, sink: &mut Sink<'_>) {
    let message = match (pair.before.is_async(), pair.after.is_async()) {
        (false, true) => "became `async`",
        (true, false) => "is `async` no more",
        (true, true) | (false, false) => return,
    };
    let (before, after) = pair.shown();
    let label = |is_async: bool| if is_async { "`async`" } else { "without `async`" };
    let before = before.label(label(pair.before.is_async()));
    let after = after.label(label(pair.after.is_async()));
    sink.report("", format!("function `{}` {message}", pair.after.name), before, after, HELP);
}
