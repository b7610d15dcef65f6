//! # `guest-undeclared-import`
//!
//! ## What it does
//!
//! Finds functions that a component imports, among them those of WASI.
//!
//! ## Why it breaks
//!
//! A pure function calls nothing: no clock, no files, no randomness. The firmware offers none of it and does
//! not load the module.
//!
//! ## Example
//!
//! ```wit
//! // before
//! world heater { export control; }
//! // after
//! world heater { import wasi:clocks/wall-clock; export control; }
//! ```
//!
//! ## What to do
//!
//! Pass what the function needs as a parameter. An import of `wasi:..` comes from the standard library: build
//! for `wasm32-unknown-unknown`, as `linchpin build` does.

use crate::rule::{Check, Rule, Shown, Sink};
use crate::system::Module;
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "guest-undeclared-import",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: None,
    summary: "a module calls outside itself",
    source: include_str!("guest_undeclared_import.rs"),
    check: Check::Module(check),
};

const HELP: &str = "pass what the function needs as a parameter. An import of `wasi:..` comes from the standard \
    library: build for `wasm32-unknown-unknown`, as `linchpin build` does";

fn check(module: &Module, sink: &mut Sink<'_>) {
    for (interface, function) in module.world.imported_functions() {
        let name = interface.map_or_else(String::new, |id| format!("{id}.")) + &function.name;
        let shown = Shown::new(Some(&module.place), format!("import {name}")).label("calls outside itself");
        sink.report_one(&name, format!("module `{}` imports `{name}`", module.name), shown, HELP);
    }
}
