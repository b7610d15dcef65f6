//! # `released-version-mismatch`
//!
//! ## What it does
//!
//! Finds files `released/<package>/<version>` whose `package` line says another name or version.
//!
//! ## Why it breaks
//!
//! Everyone who looks for a released version looks in the file of that name.
//!
//! ## Example
//!
//! ```wit
//! // before
//! released/heater/1.0.0.wit: package acme:heater@1.0.0;
//! // after
//! released/heater/1.1.0.wit: package acme:heater@1.0.0;
//! ```
//!
//! ## What to do
//!
//! Move the file to the name of its version, or restore its `package` line.

use crate::pair::shown_package;
use crate::rule::{Check, Rule, Sink};
use crate::system::{KnownContract, Lock, Origin};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "released-version-mismatch",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: None,
    summary: "a released contract is filed under another version than its own",
    source: include_str!("released_version_mismatch.rs"),
    check: Check::Released(check),
};

const HELP: &str = "move the file to the name of its version, or restore its `package` line";

fn check(known: &KnownContract, _lock: Option<&Lock>, sink: &mut Sink<'_>) {
    let Origin::Released { version } = &known.origin else { return };
    let Some(package) = known.package() else { return };
    let own = package.version.as_ref().map(ToString::to_string);
    if own.as_ref() == Some(version) {
        return;
    }
    let says = own.map_or_else(|| "no version".to_owned(), |own| format!("version `{own}`"));
    let shown =
        known.contract.main().map(shown_package).unwrap_or_default().label(format!("in version `{version}`"));
    sink.report_one(
        "",
        format!("`{}` is filed as version `{version}` and says {says}", known.file),
        shown,
        HELP,
    );
}
