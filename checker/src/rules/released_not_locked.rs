//! # `released-not-locked`
//!
//! ## What it does
//!
//! Finds released contracts that `released/released.lock` does not list. A system without that file is not held
//! to it.
//!
//! ## Why it breaks
//!
//! What is not locked can be edited without anyone noticing.
//!
//! ## Example
//!
//! A new file in `released/` beside a `released.lock` that does not know it.
//!
//! ## What to do
//!
//! Release contracts with the command that writes the lock, or add the file's SHA-256 to it.

use crate::lock::released_name;
use crate::pair::shown_package;
use crate::rule::{Check, Filed, Rule, Sink};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "released-not-locked",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: None,
    summary: "a released contract is missing from the lock",
    source: include_str!("released_not_locked.rs"),
    check: Check::Released(check),
};

const HELP: &str = "release contracts with the command that writes the lock, or add the file's SHA-256 to it";

fn check(filed: &Filed<'_>, sink: &mut Sink<'_>) {
    let known = filed.known;
    let (Some(lock), Some(name)) = (filed.lock, released_name(known)) else { return };
    if lock.entries.iter().all(|(entry, _)| entry != name) {
        let shown = known.contract.main().map(shown_package).unwrap_or_default();
        let shown = shown.label(format!("SHA-256 is {}", known.sha256));
        sink.report_one(
            "",
            format!("`{}` is released, and `{}` does not list it", known.file, lock.file),
            shown,
            HELP,
        );
    }
}
