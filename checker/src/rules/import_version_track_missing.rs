//! # `import-version-track-missing`
//!
//! ## What it does
//!
//! Finds interfaces that a module imports and that the host offers in versions of other tracks only. A track is a
//! major version, or a minor version of `0.y`; a `0.0.z` and a pre-release are tracks of their own. Where components
//! are composed, every version is a track of its own.
//!
//! ## Why it breaks
//!
//! wasmtime looks for the very version, then for the greatest one of its track, and finds neither.
//!
//! ## Example
//!
//! ```wit
//! // before
//! package acme:log@1.0.0;
//! // after
//! package acme:log@2.0.0;
//! ```
//!
//! ## What to do
//!
//! Offer both versions for as long as modules of both are in the field, or keep a compatible change on its track.

use crate::link::{Edge, FaultKind};
use crate::rule::{Check, LinkFault, Rule, Sink};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "import-version-track-missing",
    level: Level::Deny,
    plane: Plane::Link,
    bump: None,
    summary: "a module imports a version that no version of its host stands for",
    source: include_str!("import_version_track_missing.rs"),
    check: Check::Link(check),
};

const HELP: &str =
    "offer both versions for as long as modules of both are in the field, or keep the change on its track";

fn check(link: &LinkFault<'_>, sink: &mut Sink<'_>) {
    let fault = link.fault;
    if let (FaultKind::VersionTrackMissing { available }, Edge::HostToGuestImport, Some(wanted)) =
        (&fault.kind, fault.edge, &fault.interface)
    {
        let has: Vec<String> = available.iter().map(|id| format!("`{id}`")).collect();
        let message = format!("the module imports `{wanted}`, and the host offers {} only", has.join(", "));
        let (firmware, module) = (
            link.firmware.label("offers ".to_owned() + &has.join(", ")),
            link.module.label(format!("imports `{wanted}`")),
        );
        sink.report_met("", message, firmware, module, HELP);
    }
}
