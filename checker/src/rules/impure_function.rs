//! # `impure-function`
//!
//! ## What it does
//!
//! Finds resources, handles, streams, futures, error contexts and `async` in what a component exports.
//!
//! ## Why it breaks
//!
//! A pure function is a value in and a value out. Whatever outlives a call is state, and the same inputs would
//! not give the same outputs.
//!
//! ## Example
//!
//! ```wit
//! // before
//! plan: func(prices: list<f64>) -> f64;
//! // after
//! plan: func(prices: stream<f64>) -> f64;
//! ```
//!
//! ## What to do
//!
//! Pass and return plain values: a `list` for a `stream`, a record for a resource.

use linchpin_contract::{ImpurityKind, impurities};

use crate::rule::{Check, Rule, Shown, Sink};
use crate::system::Module;
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "impure-function",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: None,
    summary: "a module exports a function that cannot be pure",
    source: include_str!("impure_function.rs"),
    check: Check::Module(check),
};

fn check(module: &Module, sink: &mut Sink<'_>) {
    for impurity in impurities(&module.world) {
        if impurity.kind == ImpurityKind::Import {
            continue;
        }
        let shown = Shown::new(impurity.place.as_ref().or(Some(&module.place)), impurity.path.clone());
        let message = format!("module `{}` is not pure: {}", module.name, impurity.kind.reason());
        sink.report_one(&impurity.path, message, shown.label(impurity.kind.code()), impurity.kind.help());
    }
}
