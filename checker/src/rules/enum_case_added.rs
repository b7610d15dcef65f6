//! # `enum-case-added`
//!
//! ## What it does
//!
//! Finds a case that only the newer contract has.
//!
//! ## Why it breaks
//!
//! Both sides are laid out from the list of cases, so a list that differs is another type: the runtime does not
//! load the module.
//!
//! ## Example
//!
//! ```wit
//! // before
//! enum mode { off, eco }
//! // after
//! enum mode { off, eco, boost }
//! ```
//!
//! ## What to do
//!
//! Leave the released contract as it is. Put the change into a new version, and let every firmware that the
//! module names be built for it first; or build the module against the version that the firmware calls.

use crate::pair::{MemberKind, Members};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "enum-case-added",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a case was added to an enum",
    source: include_str!("enum_case_added.rs"),
    check: Check::Members(MemberKind::EnumCase, check),
};

const HELP: &str = "leave the released contract as it is. Put the change into a new version, and let every firmware \
    that the module names be built for it first; or build the module against the version that the \
    firmware calls";

fn check(members: &Members<'_>, sink: &mut Sink<'_>) {
    for member in members.added() {
        let name = member.name;
        sink.report(
            &format!("{} {name}", members.kind.segment()),
            format!("case `{name}` was added to {}", members.owner),
            members.before_owner.label("has no case `".to_owned() + name + "`"),
            member.shown(members.kind).label("added here"),
            HELP,
        );
    }
}
