//! # `released-missing`
//!
//! ## What it does
//!
//! Finds entries of `released/released.lock` whose contract is not there any more.
//!
//! ## Why it breaks
//!
//! Firmware in the field was built for that contract. Without its text nobody can tell what the next version changes,
//! and a change that breaks looks like none.
//!
//! ## Example
//!
//! `released.lock` lists `heater/1.0.0.wit`, and the file was deleted.
//!
//! ## What to do
//!
//! Restore the file from version control. What was released stays released.

use crate::rule::{Check, Rule, Shown, Sink};
use crate::system::Lock;
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "released-missing",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: None,
    summary: "a contract was released and is not there any more",
    source: include_str!("released_missing.rs"),
    check: Check::ReleaseGone(check),
};

const HELP: &str = "restore the file from version control; what was released stays released";

fn check(name: &str, lock: &Lock, sink: &mut Sink<'_>) {
    let message = format!("`{name}` was released, as `{}` says, and is not there any more", lock.file);
    sink.report_one("", message, Shown::new(None, lock.file.clone()).label("lists it"), HELP);
}
