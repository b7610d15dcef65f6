//! # `world-unserved`
//!
//! ## What it does
//!
//! Finds worlds that a firmware calls and of which no module for its class of device has anything, where there are
//! modules for other worlds of it.
//!
//! ## Why it breaks
//!
//! Nothing was checked for such a world. Its module may be looked after elsewhere, and then all is well; or a
//! `component` names the file of another module, and the one that is meant was never looked at.
//!
//! ## Example
//!
//! ```toml
//! [targets.heater-3]
//! runtime = "linchpin"
//! firmware = [{ version = "3.0.0", wit = "wit/heater", worlds = ["setpoint", "forecast"] }]
//!
//! [modules.setpoint]
//! component = "setpoint.wasm"
//! version = "1.4.0"
//! targets = ["heater-3"]
//! ```
//!
//! ## What to do
//!
//! Name the module that serves the world, and check that each `component` is the file that is meant. If it is looked
//! after elsewhere, say so in a waiver.

use crate::rule::{Check, Rule, Sink};
use crate::served::Unserved;
use crate::verdict::{Level, Party, Plane};

pub(super) static RULE: Rule = Rule {
    id: "world-unserved",
    level: Level::Warn,
    plane: Plane::System,
    bump: None,
    summary: "a firmware calls a world that no module serves",
    source: include_str!("world_unserved.rs"),
    check: Check::Unserved(check),
};

fn check(unserved: &Unserved, sink: &mut Sink<'_>) {
    let Unserved { target, world, firmwares, firmware, written } = unserved;
    let calls = if firmwares.len() == 1 { "calls" } else { "call" };
    let message = format!(
        "firmware {} of `{target}` {calls} world `{world}`, which no module for `{target}` serves",
        firmwares.join(", ")
    );
    let help = format!(
        "name the module that serves it with `targets = [\"{target}\"]`, and check that each `component` is the file \
         that is meant; if it is looked after elsewhere, say so in a waiver"
    );
    let caller = (Party::System, firmware.label("calls it"));
    let called = written.as_ref().map(|shown| (Party::Firmware, shown.label("called, and not served")));
    sink.report_sides("", message, [caller].into_iter().chain(called).collect(), &help);
}
