//! # `version-name`
//!
//! ## What it does
//!
//! Finds, where composition is asked for, a package whose version changed within its track.
//!
//! ## Why it breaks
//!
//! Runtimes take versions of one track for one another. Composition by `wasmparser` does not: the version is part of
//! an interface's name, and names must be equal. Newer releases of `wac` look for the track first.
//!
//! ## Example
//!
//! ```wit
//! // before
//! package acme:heater@1.0.0;
//! // after
//! package acme:heater@1.1.0;
//! ```
//!
//! ## What to do
//!
//! Build both components against the same version before composing them, or compose with a tool that takes versions
//! of one track for one another.

use crate::change::{Apart, ApartBy};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "version-name",
    level: Level::Allow,
    plane: Plane::Link,
    bump: None,
    summary: "composition takes names with their versions as they are written, and these differ",
    source: include_str!("version_name.rs"),
    check: Check::Apart(check),
};

const HELP: &str = "build both components against the same version before composing them, or compose with a tool \
    that takes versions of one track for one another";

fn check(apart: &Apart, sink: &mut Sink<'_>) {
    if apart.by == ApartBy::Name {
        let (old, new) = apart.versions();
        let message = format!(
            "`{}` goes from {old} to {new}, and composition takes names with their versions as they are written",
            apart.package
        );
        sink.report("", message, apart.before_at.label(old), apart.after_at.label(new), HELP);
    }
}
