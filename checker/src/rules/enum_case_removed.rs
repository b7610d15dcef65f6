//! # `enum-case-removed`
//!
//! ## What it does
//!
//! Finds a case that only the older contract has.
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
//! enum mode { off, eco, boost }
//! // after
//! enum mode { off, eco }
//! ```
//!
//! ## What to do
//!
//! Put the case back. To retire it, stop using it and say so in its doc comment; remove it with a new version
//! once no firmware calls the old one.

use crate::pair::{MemberKind, Members};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "enum-case-removed",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a case was removed from an enum",
    source: include_str!("enum_case_removed.rs"),
    check: Check::Members(MemberKind::EnumCase, check),
};

const HELP: &str = "put the case back. To retire it, stop using it and say so in its doc comment; remove it with a \
    new version once no firmware calls the old one";

fn check(members: &Members<'_>, sink: &mut Sink<'_>) {
    for member in members.removed() {
        let name = member.name;
        sink.report(
            &format!("{} {name}", members.kind.segment()),
            format!("case `{name}` was removed from {}", members.owner),
            member.shown(members.kind).label("still here"),
            members.after_owner.label("has no case `".to_owned() + name + "`"),
            HELP,
        );
    }
}
