//! # `segment-out-of-bounds`
//!
//! ## What it does
//!
//! Finds data and element segments that are written beyond the memory or table that they belong to.
//!
//! ## Why it breaks
//!
//! Making an instance copies the segments first. One that does not fit is a trap, on every device and every time.
//!
//! ## Example
//!
//! ```wat
//! (memory 1 1)
//! (data (i32.const 65530) "ten bytes.")
//! ```
//!
//! ## What to do
//!
//! Build it again: linkers do not write this. A tool that edited the binary did.

use crate::rule::{Check, Rule, Sink};
use crate::system::{Module, Target};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "segment-out-of-bounds",
    level: Level::Deny,
    plane: Plane::Link,
    bump: None,
    summary: "a module can never be instantiated",
    source: include_str!("segment_out_of_bounds.rs"),
    check: Check::Profile(check),
};

const HELP: &str = "build it again: linkers do not write this. A tool that edited the binary did";

fn check(module: &Module, target: &Target, sink: &mut Sink<'_>) {
    if target.runtime.engine().is_none() {
        return;
    }
    for segment in &module.profile.segments_out_of_bounds {
        let message = format!("module `{}` has {segment}: no instance can be made", module.name);
        sink.report_module(module, "segments", message, format!("has {segment}"), HELP);
    }
}
