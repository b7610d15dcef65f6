//! # `fleet-version-unknown`
//!
//! ## What it does
//!
//! Finds groups of the inventory whose class, firmware or module version `linchpin.toml` does not name.
//!
//! ## Why it breaks
//!
//! What is not known cannot be checked: those devices may stop at the next upgrade, and nobody would have been
//! told.
//!
//! They count all the same. A finding hits a device of a known class and firmware whatever its modules are; one with an
//! unknown firmware wherever its class is hit; and one of an unknown class wherever a module version that it has is hit.
//!
//! ## Example
//!
//! The inventory has `heater-3` with firmware 2.9.0, and `linchpin.toml` knows 3.0.0 alone:
//!
//! ```toml
//! [targets.heater-3]
//! firmware = [{ version = "3.0.0", descriptor = "descriptors/heater-3.0.0.bin" }]
//! ```
//!
//! ## What to do
//!
//! Keep what tells of it and name it: a firmware's descriptor, or a module's component in `earlier`. Correct the
//! inventory where it is wrong.

use crate::fleet::FleetFault;
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Party, Plane};

pub(super) static RULE: Rule = Rule {
    id: "fleet-version-unknown",
    level: Level::Deny,
    plane: Plane::System,
    bump: None,
    summary: "devices have a class, firmware or module version that nobody knows",
    source: include_str!("fleet_version_unknown.rs"),
    check: Check::Fleet(check),
};

fn check(fault: &FleetFault<'_>, sink: &mut Sink<'_>) {
    match fault {
        FleetFault::Unknown { what, devices, help, shown } => {
            let have =
                if *devices == 1 { "1 device has".to_owned() } else { format!("{devices} devices have") };
            let message = format!("{have} {what}, and `linchpin.toml` does not know it");
            sink.report_sides("", message, vec![(Party::Fleet, shown.label("here first"))], help);
        }
        FleetFault::Rare { .. } => {}
    }
}
