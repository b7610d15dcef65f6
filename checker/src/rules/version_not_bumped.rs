//! # `version-not-bumped`
//!
//! ## What it does
//!
//! Finds current contracts whose version was released, and whose content is not that of the release: functions,
//! types, units, ranges, worlds. Between two contracts, finds packages that changed and kept their version, or grew and
//! have none.
//!
//! ## Why it breaks
//!
//! A version is a promise: two contracts of one name and version cannot be told apart by anyone who has only
//! the name.
//!
//! ## Example
//!
//! ```wit
//! // before
//! package acme:heater@1.0.0; // released with `plan: func(price: f64) -> f64`
//! // after
//! package acme:heater@1.0.0; // now with `plan: func(price: f32) -> f64`
//! ```
//!
//! ## What to do
//!
//! Give the current contract a higher version; what does not fit the released one needs a higher major version.

use crate::bump::Step;
use crate::change::Versions;
use crate::rule::{Check, Reissued, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "version-not-bumped",
    level: Level::Deny,
    plane: Plane::Policy,
    bump: None,
    summary: "a contract changed and kept the version that was released",
    source: include_str!("version_not_bumped.rs"),
    check: Check::Several(&[Check::Reissued(check), Check::Versions(same)]),
};

const HELP: &str = "give the current contract a higher version; what does not fit the released one needs a higher \
    major version";

const UNVERSIONED: &str =
    "write a version behind the package's name, as in `@0.1.0`, so that a step can be told";

fn check(reissued: &Reissued, sink: &mut Sink<'_>) {
    let message = format!("`{}` is not as `{}` {}", reissued.item, reissued.package, reissued.promise);
    sink.report(&reissued.item, message, reissued.released.clone(), reissued.current.clone(), HELP);
}

fn same(versions: &Versions, sink: &mut Sink<'_>) {
    let Some(bump) = versions.required else { return };
    // What breaks is told by itself, with or without a version.
    if versions.declared == Step::Unversioned && bump == Bump::Minor {
        let message = format!("`{}` has no version, and {}", versions.package, versions.reason(bump));
        let (before, after) = (versions.before_at.label("no version"), versions.after_at.label("none here"));
        sink.report("", message, before, after, UNVERSIONED);
        return;
    }
    let Some(version) = &versions.before else { return };
    if versions.declared == Step::Same {
        let both = match versions.after.as_ref().filter(|after| *after != version) {
            // Build metadata is no step.
            Some(after) => format!("goes from {version} to {after}, which are one version"),
            None => format!("is {version} on both sides"),
        };
        let message = format!("`{}` {both}, and {}", versions.package, versions.reason(bump));
        let (before, after) =
            (versions.before_at.label("this version"), versions.after_at.label("the same version"));
        sink.report("", message, before, after, &versions.help());
    }
}
