//! # `flag-removed`
//!
//! ## What it does
//!
//! Finds a flag that only the older contract has.
//!
//! ## Why it breaks
//!
//! Both sides are laid out from the list of flags, so a list that differs is another type: the runtime does not
//! load the module.
//!
//! ## Example
//!
//! ```wit
//! // before
//! flags sensors { top, bottom }
//! // after
//! flags sensors { top }
//! ```
//!
//! ## What to do
//!
//! Put the flag back. To retire it, stop using it and say so in its doc comment; remove it with a new version
//! once no firmware calls the old one.

use crate::pair::{MemberKind, Members};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "flag-removed",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a flag was removed from a set of flags",
    source: include_str!("flag_removed.rs"),
    check: Check::Members(MemberKind::Flag, check),
};

const HELP: &str = "put the flag back. To retire it, stop using it and say so in its doc comment; remove it with a \
    new version once no firmware calls the old one";

fn check(members: &Members<'_>, sink: &mut Sink<'_>) {
    for member in members.removed() {
        let name = member.name;
        sink.report(
            &format!("{} {name}", members.kind.segment()),
            format!("flag `{name}` was removed from {}", members.owner),
            member.shown(members.kind).label("still here"),
            members.after_owner.label("has no flag `".to_owned() + name + "`"),
            HELP,
        );
    }
}
