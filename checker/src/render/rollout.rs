//! A step of a rollout in one sentence.

use std::collections::{BTreeMap, BTreeSet};

use super::words::devices_counted;
use crate::verdict::{RolloutAction, RolloutStep};

/// `` `heater-3` with firmware 3.0.0, `setpoint` 1.3.0: install `setpoint` 1.4.0 on 12 devices, since .. ``.
pub(super) fn sentence(step: &RolloutStep) -> String {
    let modules = modules(step);
    let action = match &step.action {
        RolloutAction::Install { module, version } => format!("install `{module}` {version}"),
        RolloutAction::Upgrade { firmware } => format!("upgrade the firmware to {firmware}"),
    };
    let devices = step.devices.map_or_else(String::new, |number| format!(" on {}", devices_counted(number)));
    let reason = if step.reason.is_empty() { String::new() } else { format!(": {}", step.reason) };
    format!("`{}` with firmware {}{modules}: {action}{devices}{reason}", step.target, step.firmware)
}

/// The versions of each module that some of the devices have.
fn modules(step: &RolloutStep) -> String {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (module, version) in step.states.iter().flatten() {
        versions.entry(module).or_default().insert(version);
    }
    let joined = |versions: BTreeSet<&str>| versions.into_iter().collect::<Vec<_>>().join(" or ");
    versions.into_iter().map(|(module, of)| format!(", `{module}` {}", joined(of))).collect()
}
