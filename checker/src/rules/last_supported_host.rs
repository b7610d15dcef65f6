//! # `last-supported-host`
//!
//! ## What it does
//!
//! Finds modules that fit the firmwares of fewer than `least-percent` percent of all devices, 5 where
//! `linchpin.toml` says nothing. Devices whose class or firmware is unknown are taken to be able to use it, so that this
//! never follows from `fleet-version-unknown`.
//!
//! ## Why it breaks
//!
//! A module for its last few devices costs as much as any other: it is checked, signed and kept for years.
//!
//! ## Example
//!
//! ```toml
//! [system]
//! inventory = "fleet.json"
//! least-percent = 10
//! ```
//!
//! ## What to do
//!
//! Upgrade those devices and give the module up, or lower `least-percent`.

use crate::fleet::FleetFault;
use crate::rule::{Check, Rule, Shown, Sink};
use crate::verdict::{Level, Party, Plane};

pub(super) static RULE: Rule = Rule {
    id: "last-supported-host",
    level: Level::Warn,
    plane: Plane::System,
    bump: None,
    summary: "a module that only a small share of the fleet can use",
    source: include_str!("last_supported_host.rs"),
    check: Check::Fleet(check),
};

const HELP: &str = "upgrade those devices and give the module up, or lower `least-percent`";

fn check(fault: &FleetFault<'_>, sink: &mut Sink<'_>) {
    match fault {
        FleetFault::Rare { module, usable, unsure, devices, least_percent } => {
            let most = if *unsure { "at most " } else { "" };
            let message = format!(
                "`{}` can be used by {most}{usable} of {devices} devices, which is under {least_percent} %",
                module.name
            );
            let shown = Shown::new(Some(&module.place), format!("module {}", module.name));
            sink.report_sides("", message, vec![(Party::System, shown.label("for these few"))], HELP);
        }
        FleetFault::Unknown { .. } => {}
    }
}
