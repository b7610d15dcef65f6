//! # `import-resource-missing`
//!
//! ## What it does
//!
//! Finds resources that a module imports and that the host's interface does not define: removed, renamed, made a
//! record, or taken from another interface by `use`.
//!
//! ## Why it breaks
//!
//! A resource has no structure that could be compared: the host must define one of that very name in that very
//! interface.
//!
//! ## Example
//!
//! ```wit
//! // before
//! resource file;
//! // after
//! resource document;
//! ```
//!
//! ## What to do
//!
//! Keep the resource under its name. A new one can stand beside it.

use crate::link::FaultKind;
use crate::rule::{Check, LinkFault, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "import-resource-missing",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a module imports a resource that its host lacks",
    source: include_str!("import_resource_missing.rs"),
    check: Check::Link(check),
};

const HELP: &str = "keep the resource under its name; a new one can stand beside it";

fn check(link: &LinkFault<'_>, sink: &mut Sink<'_>) {
    let fault = link.fault;
    if let (FaultKind::ResourceMissing, Some(name)) = (&fault.kind, &fault.item) {
        let message = format!("the module imports the resource `{name}`, which the host does not define");
        let (firmware, module) = (
            link.firmware.label(format!("defines no resource `{name}`")),
            link.module.label(format!("imports the resource `{name}`")),
        );
        sink.report_met("", message, firmware, module, HELP);
    }
}
