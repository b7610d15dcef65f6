//! # `record-field-removed`
//!
//! ## What it does
//!
//! Finds a field that only the older contract has.
//!
//! ## Why it breaks
//!
//! Both sides are laid out from the list of fields, so a list that differs is another type: the runtime does
//! not load the module.
//!
//! ## Example
//!
//! ```wit
//! // before
//! record inputs { price: f64, limit: f64 }
//! // after
//! record inputs { price: f64 }
//! ```
//!
//! ## What to do
//!
//! Put the field back. To retire it, stop using it and say so in its doc comment; remove it with a new version
//! once no firmware calls the old one.

use crate::pair::{MemberKind, Members};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "record-field-removed",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a field was removed from a record",
    source: include_str!("record_field_removed.rs"),
    check: Check::Members(MemberKind::Field, check),
};

const HELP: &str = "put the field back. To retire it, stop using it and say so in its doc comment; remove it with a \
    new version once no firmware calls the old one";

fn check(members: &Members<'_>, sink: &mut Sink<'_>) {
    for member in members.removed() {
        let name = member.name;
        sink.report(
            &format!("{} {name}", members.kind.segment()),
            format!("field `{name}` was removed from {}", members.owner),
            member.shown(members.kind).label("still here"),
            members.after_owner.label("has no field `".to_owned() + name + "`"),
            HELP,
        );
    }
}
