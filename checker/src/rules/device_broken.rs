//! # `device-broken`
//!
//! ## What it does
//!
//! Finds devices of the inventory whose firmware and modules do not fit as they are, and that one step mends.
//!
//! ## Why it breaks
//!
//! What is about to be shipped is not at fault, and these devices do not do today what they are meant to do; or the
//! inventory is wrong.
//!
//! ## Example
//!
//! Seven devices have firmware 3.1.0 with `setpoint` 1.3.0, which lacks a function that this firmware calls. `setpoint`
//! 1.4.0 has it.
//!
//! ## What to do
//!
//! Take the first step of the rollout for them at once, or correct the inventory.

use crate::rollout::RolloutFault;
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Party, Plane};

pub(super) static RULE: Rule = Rule {
    id: "device-broken",
    level: Level::Warn,
    plane: Plane::System,
    bump: None,
    summary: "devices do not work as they are, and one step mends them",
    source: include_str!("device_broken.rs"),
    check: Check::Rollout(check),
};

fn check(fault: &RolloutFault, sink: &mut Sink<'_>) {
    if fault.mended {
        let message = format!("{} does not fit as it is", fault.devices);
        let sides = vec![(Party::Fleet, fault.shown.label(fault.reason.as_str()))];
        sink.report_sides("", message, sides, &fault.help);
    }
}
