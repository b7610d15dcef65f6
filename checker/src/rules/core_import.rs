//! # `core-import`
//!
//! ## What it does
//!
//! Finds imports of a component's core module, whoever is to satisfy them.
//!
//! ## Why it breaks
//!
//! The firmware makes an instance of the core module by itself, with nothing around it. An import is a call, a
//! memory or a global that is not the module's own.
//!
//! ## Example
//!
//! ```wat
//! (core module (import "env" "log" (func)))
//! ```
//!
//! ## What to do
//!
//! Remove what needs the import. `linchpin build` names each one and where it comes from.

use crate::rule::{Check, Rule, Sink};
use crate::system::{Module, Target};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "core-import",
    level: Level::Deny,
    plane: Plane::Link,
    bump: None,
    summary: "a core module imports something",
    source: include_str!("core_import.rs"),
    check: Check::Profile(check),
};

const HELP: &str = "remove what needs the import. `linchpin build` names each one and where it comes from";

fn check(module: &Module, target: &Target, sink: &mut Sink<'_>) {
    // What serves an import or a resource goes with it.
    if !target.runtime.asks_for_purity() || !module.is_self_contained() {
        return;
    }
    let imports = &module.profile.core_imports;
    if !imports.is_empty() {
        let list = imports.join("`, `");
        let message = format!("the core module of `{}` imports `{list}`", module.name);
        sink.report_module(module, "core imports", message, "its core module has imports".to_owned(), HELP);
    }
}
