//! # `param-added`
//!
//! ## What it does
//!
//! Finds a parameter that only the newer contract has.
//!
//! ## Why it breaks
//!
//! Both sides are laid out from the list of parameters, so a list that differs is another type: the runtime
//! does not load the module. Even a parameter of type `option<_>` changes the signature.
//!
//! ## Example
//!
//! ```wit
//! // before
//! plan: func(price: f64) -> f64;
//! // after
//! plan: func(price: f64, limit: option<f64>) -> f64;
//! ```
//!
//! ## What to do
//!
//! Leave the released contract as it is. Put the change into a new version, and let every firmware that the
//! module names be built for it first; or build the module against the version that the firmware calls. To pass
//! more to the same function, add a new function beside it.

use crate::pair::{MemberKind, Members};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "param-added",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a parameter was added to a function",
    source: include_str!("param_added.rs"),
    check: Check::Members(MemberKind::Param, check),
};

const HELP: &str = "leave the released contract as it is. Put the change into a new version, and let every firmware \
    that the module names be built for it first; or build the module against the version that the \
    firmware calls. To pass more to the same function, add a new function beside it";

fn check(members: &Members<'_>, sink: &mut Sink<'_>) {
    for member in members.added() {
        let name = member.name;
        sink.report(
            &format!("{} {name}", members.kind.segment()),
            format!("parameter `{name}` was added to {}", members.owner),
            members.before_owner.label("has no parameter `".to_owned() + name + "`"),
            member.shown(members.kind).label("added here"),
            HELP,
        );
    }
}
