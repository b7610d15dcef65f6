//! # `data-over-limit`
//!
//! ## What it does
//!
//! Finds components whose data segments are longer than the target allows (`limits.data` in `linchpin.toml`; 32
//! KiB on `linchpin` targets that do not say less).
//!
//! ## Why it breaks
//!
//! Data is copied into memory for every new instance, and it stays in the device twice: in the artefact and in
//! memory.
//!
//! ## Example
//!
//! ```toml
//! limits = { data = "4KiB" }
//! ```
//!
//! ## What to do
//!
//! Pass large tables as a parameter, or compute them. Panic messages are data too: `linchpin build` leaves them
//! out.

use crate::rule::{Check, Rule, Sink};
use crate::system::{Module, Target};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "data-over-limit",
    level: Level::Deny,
    plane: Plane::System,
    bump: None,
    summary: "a module has more constant data than a target allows",
    source: include_str!("data_over_limit.rs"),
    check: Check::Profile(check),
};

const HELP: &str = "pass large tables as a parameter, or compute them. Panic messages are data too: `linchpin build` leaves them out";

fn check(module: &Module, target: &Target, sink: &mut Sink<'_>) {
    let found = module.profile.data_bytes;
    if let Some(limit) = target.limits.bounds.data_bytes
        && found > limit
    {
        let message = format!(
            "module `{}` has {found} bytes of data, and `{}` allows {limit}",
            module.name, target.name
        );
        let label = format!("more data than `{}` allows", target.name);
        sink.report_module(module, "data", message, label, HELP);
    }
}
