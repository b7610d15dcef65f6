//! # `param-removed`
//!
//! ## What it does
//!
//! Finds a parameter that only the older contract has.
//!
//! ## Why it breaks
//!
//! Both sides are laid out from the list of parameters, so a list that differs is another type: the runtime
//! does not load the module.
//!
//! ## Example
//!
//! ```wit
//! // before
//! plan: func(price: f64, limit: f64) -> f64;
//! // after
//! plan: func(price: f64) -> f64;
//! ```
//!
//! ## What to do
//!
//! Put the parameter back. To retire it, stop using it and say so in its doc comment; remove it with a new
//! version once no firmware calls the old one.

use crate::pair::{MemberKind, Members};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "param-removed",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a parameter was removed from a function",
    source: include_str!("param_removed.rs"),
    check: Check::Members(MemberKind::Param, check),
};

const HELP: &str = "put the parameter back. To retire it, stop using it and say so in its doc comment; remove it \
    with a new version once no firmware calls the old one";

fn check(members: &Members<'_>, sink: &mut Sink<'_>) {
    for member in members.removed() {
        let name = member.name;
        sink.report(
            &format!("{} {name}", members.kind.segment()),
            format!("parameter `{name}` was removed from {}", members.owner),
            member.shown(members.kind).label("still here"),
            members.after_owner.label("has no parameter `".to_owned() + name + "`"),
            HELP,
        );
    }
}
