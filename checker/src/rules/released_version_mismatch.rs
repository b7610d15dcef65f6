//! # `released-version-mismatch`
//!
//! ## What it does
//!
//! Finds files `released/<package>/<version>` whose `package` line says another name or version. The folder may have
//! any name; it means the package of the current contract that lies in a folder of that name, else the package of that
//! name, else that of the other releases in it.
//!
//! ## Why it breaks
//!
//! Everyone who looks for a released version looks in the file of that name. A release under another name is one that
//! no later version is held to.
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
//! Move the file to the name of its package and version, or restore its `package` line.

use crate::pair::shown_package;
use crate::rule::{Check, Filed, Rule, Sink};
use crate::system::Origin;
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "released-version-mismatch",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: None,
    summary: "a released contract is filed under another name or version than its own",
    source: include_str!("released_version_mismatch.rs"),
    check: Check::Released(check),
};

const HELP: &str = "move the file to the name of its package and version, or restore its `package` line";

fn check(filed: &Filed<'_>, sink: &mut Sink<'_>) {
    let known = filed.known;
    let Origin::Released { version } = &known.origin else { return };
    let Some(package) = known.package() else { return };
    let own = package.version.as_ref().map(ToString::to_string);
    let message = match &filed.among {
        Some(among) => {
            format!("`{}` is filed among the releases of `{among}` and says `{package}`", known.file)
        }
        None if own.as_ref() == Some(version) => return,
        None => {
            let says = own.map_or_else(|| "no version".to_owned(), |own| format!("version `{own}`"));
            format!("`{}` is filed as version `{version}` and says {says}", known.file)
        }
    };
    let label = match &filed.among {
        Some(among) => format!("among the releases of `{among}`"),
        None => format!("in version `{version}`"),
    };
    let shown = known.contract.main().map(shown_package).unwrap_or_default().label(label);
    sink.report_one("", message, shown, HELP);
}
