//! # `rollout-order`
//!
//! ## What it does
//!
//! Finds devices for which every order of single steps, installing a module or upgrading the firmware, leads
//! through a state in which something does not fit.
//!
//! ## Why it breaks
//!
//! A device that is between two steps runs as it is, perhaps for weeks. What does not fit there answers with its
//! fallback, or not at all.
//!
//! ## Example
//!
//! `setpoint` 1.3.0 does not fit firmware 3.1.0, and `setpoint` 1.4.0 does not fit firmware 3.0.0: neither may move
//! first.
//!
//! ## What to do
//!
//! Release a module version that fits both sides and name it in `earlier`, or give up what the finding names: it is
//! the smallest such set, searched for exactly among up to 18 candidates.

use crate::rollout::RolloutFault;
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Party, Plane};

pub(super) static RULE: Rule = Rule {
    id: "rollout-order",
    level: Level::Deny,
    plane: Plane::System,
    bump: None,
    summary: "no order of steps brings some devices to the newest versions",
    source: include_str!("rollout_order.rs"),
    check: Check::Rollout(check),
};

fn check(fault: &RolloutFault, sink: &mut Sink<'_>) {
    if fault.mended {
        return;
    }
    let message = format!("no order of steps brings {} to the newest versions", fault.devices);
    let party = if fault.listed { Party::Fleet } else { Party::System };
    sink.report_sides("", message, vec![(party, fault.shown.label(fault.reason.as_str()))], &fault.help);
}
