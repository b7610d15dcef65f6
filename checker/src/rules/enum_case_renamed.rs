//! # `enum-case-renamed`
//!
//! ## What it does
//!
//! Finds a case whose name changed while its type and its neighbours stayed, or that declares its old name by
//! `@was`.
//!
//! ## Why it breaks
//!
//! Names are part of the type: the runtime compares them and does not load the module. The bytes may even be
//! the same; what they mean is not known to be.
//!
//! ## Example
//!
//! ```wit
//! // before
//! enum mode { off, eco }
//! // after
//! enum mode { off, saver }
//! ```
//!
//! ## What to do
//!
//! Keep the old name until no firmware calls the old contract. If it is another case altogether, that is an
//! addition and a removal.

use crate::pair::{MemberKind, Members};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "enum-case-renamed",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a case of an enum was renamed",
    source: include_str!("enum_case_renamed.rs"),
    check: Check::Members(MemberKind::EnumCase, check),
};

const HELP: &str = "keep the old name until no firmware calls the old contract. If it is another case altogether, \
    that is an addition and a removal";

fn check(members: &Members<'_>, sink: &mut Sink<'_>) {
    for (before, after) in members.renamed() {
        sink.report(
            &format!("{} {}", members.kind.segment(), after.name),
            format!("case `{}` of {} was renamed to `{}`", before.name, members.owner, after.name),
            before.shown(members.kind).label("the name was `".to_owned() + before.name + "`"),
            after.shown(members.kind).label("the name is `".to_owned() + after.name + "`"),
            HELP,
        );
    }
}
