//! # `state-kept`
//!
//! ## What it does
//!
//! Finds instructions that change tables or use up segments, mutable globals that hold references, and more than
//! 64 mutable globals.
//!
//! ## Why it breaks
//!
//! After each call a firmware puts memory and globals back, so that the same inputs give the same outputs. What
//! else a call leaves behind would be seen by the next one.
//!
//! ## Example
//!
//! ```wat
//! (func (table.set $functions (i32.const 0) (ref.null func)))
//! ```
//!
//! ## What to do
//!
//! Keep such values in memory. Rust and C compilers do so; passive segments come from linking for shared memory.

use crate::profile::kept_state;
use crate::rule::{Check, Rule, Sink};
use crate::system::{Module, Target};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "state-kept",
    level: Level::Deny,
    plane: Plane::Link,
    bump: None,
    summary: "a module can keep state that no reset puts back",
    source: include_str!("state_kept.rs"),
    check: Check::Profile(check),
};

const HELP: &str = "keep such values in memory. Rust and C compilers do so; passive segments come from linking for shared memory";

fn check(module: &Module, target: &Target, sink: &mut Sink<'_>) {
    if !target.runtime.asks_for_purity() {
        return;
    }
    for state in kept_state(&module.profile) {
        let message = format!("module `{}` has {state}, which outlives a call", module.name);
        sink.report_module(module, "state", message, format!("has {state}"), HELP);
    }
}
