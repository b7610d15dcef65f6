//! # `released-changed`
//!
//! ## What it does
//!
//! Finds released contracts whose text is not what `released/released.lock` says it was.
//!
//! ## Why it breaks
//!
//! A released contract is what firmware in the field was built from. Editing it changes nothing there, and
//! makes every later check a lie.
//!
//! ## Example
//!
//! Any edit of `released/heater/1.0.0.wit`.
//!
//! ## What to do
//!
//! Restore the file from version control. What should change belongs in a new version.

use crate::lock::released_name;
use crate::pair::shown_package;
use crate::rule::{Check, Filed, Rule, Sink};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "released-changed",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: None,
    summary: "a released contract was edited",
    source: include_str!("released_changed.rs"),
    check: Check::Released(check),
};

const HELP: &str = "restore the file from version control. What should change belongs in a new version";

fn check(filed: &Filed<'_>, sink: &mut Sink<'_>) {
    let known = filed.known;
    let (Some(lock), Some(name)) = (filed.lock, released_name(known)) else { return };
    let locked = lock.entries.iter().find(|(entry, _)| entry == name);
    if let Some((_, digest)) = locked
        && *digest != known.sha256
    {
        let shown = known.contract.main().map(shown_package).unwrap_or_default();
        let shown = shown.label(format!("SHA-256 is {}", known.sha256));
        let message = format!("`{}` is not the text that was released (SHA-256 {digest})", known.file);
        sink.report_one("", message, shown, HELP);
    }
}
