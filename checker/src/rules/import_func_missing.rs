//! # `import-func-missing`
//!
//! ## What it does
//!
//! Finds functions, methods of resources included, that a module imports and that the host's interface of that name
//! does not have.
//!
//! ## Why it breaks
//!
//! wasmtime looks up each function that the module uses. Of several versions on one track it takes the greatest, and
//! tries no other if that one lacks the function.
//!
//! ## Example
//!
//! ```wit
//! // before
//! interface log { write: func(line: string); }
//! // after
//! interface log { write: func(line: string); flush: func(); }
//! ```
//!
//! ## What to do
//!
//! Let every host offer the function before a module that calls it is shipped. A module that does not call it is not
//! concerned: its binary does not import it.

use crate::link::{Edge, FaultKind};
use crate::rule::{Check, LinkFault, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "import-func-missing",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a module imports a function that its host's interface lacks",
    source: include_str!("import_func_missing.rs"),
    check: Check::Link(check),
};

const HELP: &str = "let every host offer the function for as long as modules that import it are in the field";

fn check(link: &LinkFault<'_>, sink: &mut Sink<'_>) {
    let fault = link.fault;
    if let (FaultKind::FunctionMissing, Edge::HostToGuestImport, Some(interface), Some(name)) =
        (&fault.kind, fault.edge, &fault.interface, &fault.item)
    {
        let given = link.firmware.text.strip_prefix("interface ").map(|id| format!("host's `{id}`"));
        let given = given.unwrap_or_else(|| "host".to_owned());
        let message =
            format!("the module imports `{name}` of `{interface}`, which the {given} does not have");
        let (firmware, module) =
            (link.firmware.label(format!("has no `{name}`")), link.module.label(format!("imports `{name}`")));
        sink.report_met("", message, firmware, module, HELP);
    }
}
