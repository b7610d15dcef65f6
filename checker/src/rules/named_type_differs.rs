//! # `named-type-differs`
//!
//! ## What it does
//!
//! Finds declared types that have one name in two components and differ, whether or not a function uses them. It
//! concerns components that are composed, and no host.
//!
//! ## Why it breaks
//!
//! wasmparser compares all types of an interface by name. What no function uses cannot do harm, but it is not composed
//! all the same.
//!
//! ## Example
//!
//! ```wit
//! // before
//! enum unit { celsius }
//! // after
//! enum unit { celsius, kelvin }
//! ```
//!
//! ## What to do
//!
//! Leave the type as it was, and declare a new one beside it.

use crate::link::FaultKind;
use crate::rule::{Check, LinkFault, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "named-type-differs",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "components are composed, and a type of one name differs",
    source: include_str!("named_type_differs.rs"),
    check: Check::Link(check),
};

const HELP: &str = "leave the type as it was, and declare a new one beside it";

fn check(link: &LinkFault<'_>, sink: &mut Sink<'_>) {
    let fault = link.fault;
    let of_type = fault.flow.is_none()
        && !matches!(
            fault.kind,
            FaultKind::InterfaceMissing
                | FaultKind::VersionTrackMissing { .. }
                | FaultKind::FunctionMissing
                | FaultKind::ResourceMissing
                | FaultKind::TypeMissing
                | FaultKind::Resource { .. }
                | FaultKind::Async { .. }
        );
    if let Some(name) = fault.item.as_ref().filter(|_| of_type) {
        let tail: Vec<String> = fault.path.iter().map(ToString::to_string).collect();
        let message = format!("the type `{name}` is not the same on both sides: {}", fault.kind);
        let (firmware, module) =
            (link.firmware.label(format!("its `{name}`")), link.module.label(format!("its `{name}`")));
        sink.report_met(&tail.join(" > "), message, firmware, module, HELP);
    }
}
