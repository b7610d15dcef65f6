//! # `type-name-missing`
//!
//! ## What it does
//!
//! Finds declared types, aliases among them, that one component expects under a name and that the other does not have.
//! It concerns components that are composed, and no host.
//!
//! ## Why it breaks
//!
//! wasmparser compares interfaces by the names of all types in them, also of those that no function uses. A record of
//! another name with the same body is another type to it.
//!
//! ## Example
//!
//! ```wit
//! // before
//! record reading { celsius: f64 }
//! // after
//! record measurement { celsius: f64 }
//! ```
//!
//! ## What to do
//!
//! Keep the name, or declare the old one as an alias: `type reading = measurement;`.

use crate::link::{Edge, FaultKind};
use crate::rule::{Check, LinkFault, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "type-name-missing",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "components are composed, and a type has no such name on the other side",
    source: include_str!("type_name_missing.rs"),
    check: Check::Link(check),
};

const HELP: &str = "keep the name, or declare the old one as an alias";

fn check(link: &LinkFault<'_>, sink: &mut Sink<'_>) {
    let fault = link.fault;
    if let (FaultKind::TypeMissing, Some(name)) = (&fault.kind, &fault.item) {
        let (expects, lacks) = (format!("expects the type `{name}`"), format!("has no type `{name}`"));
        let (message, firmware, module) = match fault.edge {
            Edge::HostToGuestImport => (
                format!("the module expects the type `{name}`, and the host has none of that name"),
                link.firmware.label(lacks),
                link.module.label(expects),
            ),
            Edge::GuestExportToHost => (
                format!("the host expects the type `{name}`, and the module has none of that name"),
                link.firmware.label(expects),
                link.module.label(lacks),
            ),
        };
        sink.report_met("", message, firmware, module, HELP);
    }
}
