//! # `resource-differs`
//!
//! ## What it does
//!
//! Finds handles whose types read the same on both sides and mean two resources: the one is defined in this interface,
//! the other comes from another one by `use`.
//!
//! ## Why it breaks
//!
//! A handle is a number in a table of its resource. A host that gets one of another resource refuses it, when it links
//! or when it is called.
//!
//! ## Example
//!
//! ```wit
//! // before
//! interface jobs { use files.{file}; open: func(f: file); }
//! // after
//! interface jobs { resource file; open: func(f: file); }
//! ```
//!
//! ## What to do
//!
//! Take the resource from where the other side takes it.

use crate::link::FaultKind;
use crate::rule::{Check, LinkFault, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "resource-differs",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "two sides mean two resources by one handle",
    source: include_str!("resource_differs.rs"),
    check: Check::Link(check),
};

const HELP: &str = "take the resource from where the other side takes it";

fn check(link: &LinkFault<'_>, sink: &mut Sink<'_>) {
    if let FaultKind::Resource { host, guest } = &link.fault.kind {
        let tail: Vec<String> = link.fault.path.iter().map(ToString::to_string).collect();
        let message = format!("the host's handle is to {host}; the module's to {guest}");
        let (firmware, module) = (
            link.firmware.label(format!("a handle to {host}")),
            link.module.label(format!("a handle to {guest}")),
        );
        sink.report_met(&tail.join(" > "), message, firmware, module, HELP);
    }
}
