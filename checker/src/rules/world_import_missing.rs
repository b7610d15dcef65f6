//! # `world-import-missing`
//!
//! ## What it does
//!
//! Finds interfaces that a module imports, and functions that its world imports, where the host has none of that name.
//!
//! ## Why it breaks
//!
//! wasmtime looks every import up before it makes an instance, and finds nothing. An interface of which a module uses
//! only types needs no host, except where components are composed.
//!
//! ## Example
//!
//! ```wit
//! // before
//! world plugin { import log; }
//! // after
//! world plugin { import log; import clock; }
//! ```
//!
//! ## What to do
//!
//! Let every host offer it before a module that needs it is shipped, or do without it in the module.

use crate::link::{Edge, FaultKind};
use crate::rule::{Check, LinkFault, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "world-import-missing",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a module imports what its host does not offer",
    source: include_str!("world_import_missing.rs"),
    check: Check::Link(check),
};

const HELP: &str =
    "let every host offer it for as long as modules that import it are in the field, or do without it";

fn check(link: &LinkFault<'_>, sink: &mut Sink<'_>) {
    let fault = link.fault;
    let interface = fault.interface.as_ref().map(ToString::to_string);
    let whole = if fault.kind == FaultKind::InterfaceMissing {
        interface
    } else if fault.kind == FaultKind::FunctionMissing && interface.is_none() {
        fault.item.clone()
    } else {
        None
    };
    if let Some(name) = whole.filter(|_| fault.edge == Edge::HostToGuestImport) {
        let message = format!("the module imports `{name}`, which the host does not offer");
        let (firmware, module) = (link.firmware.label("does not offer it"), link.module.label("imports it"));
        sink.report_met("", message, firmware, module, HELP);
    }
}
