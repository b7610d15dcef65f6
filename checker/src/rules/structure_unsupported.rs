//! # `structure-unsupported`
//!
//! ## What it does
//!
//! Finds parts of a component that a plain function does not need: canonical built-ins, several core instances,
//! nested core modules, other text encodings, large tables.
//!
//! ## Why it breaks
//!
//! The firmware follows each export to one core function of one core module, and refuses whatever stands between.
//!
//! ## Example
//!
//! ```wat
//! (canon lift (core func $f) string-encoding=utf16)
//! ```
//!
//! ## What to do
//!
//! Build with `linchpin build`, or with `wasm-tools component new` from one core module.

use crate::profile::refused_shapes;
use crate::rule::{Check, Rule, Sink};
use crate::system::{Module, Target};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "structure-unsupported",
    level: Level::Deny,
    plane: Plane::Link,
    bump: None,
    summary: "a component is put together in a way that a firmware does not load",
    source: include_str!("structure_unsupported.rs"),
    check: Check::Profile(check),
};

const HELP: &str = "build with `linchpin build`, or with `wasm-tools component new` from one core module";

fn check(module: &Module, target: &Target, sink: &mut Sink<'_>) {
    // What serves an import or a resource goes with it.
    if !target.runtime.asks_for_purity() || !module.is_self_contained() {
        return;
    }
    for shape in refused_shapes(&module.profile) {
        let message = format!("module `{}` has {shape}, which no firmware loads", module.name);
        sink.report_module(module, "structure", message, format!("has {shape}"), HELP);
    }
}
