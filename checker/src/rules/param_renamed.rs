//! # `param-renamed`
//!
//! ## What it does
//!
//! Finds a parameter whose name changed while its type and its neighbours stayed, or that declares its old name
//! by `@was`.
//!
//! ## Why it breaks
//!
//! The bytes are the same, but nothing says that the meaning is. wasmtime does not compare names of parameters;
//! `linchpin-host` does, because a swapped pair of values looks the same as a rename.
//!
//! ## Example
//!
//! ```wit
//! // before
//! plan: func(price: f64) -> f64;
//! // after
//! plan: func(cost: f64) -> f64;
//! ```
//!
//! ## What to do
//!
//! Keep the old name until no firmware calls the old contract. If it is another parameter altogether, that is
//! an addition and a removal.

use crate::pair::{MemberKind, Members};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "param-renamed",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a parameter of a function was renamed",
    source: include_str!("param_renamed.rs"),
    check: Check::Members(MemberKind::Param, check),
};

const HELP: &str = "keep the old name until no firmware calls the old contract. If it is another parameter \
    altogether, that is an addition and a removal";

fn check(members: &Members<'_>, sink: &mut Sink<'_>) {
    for (before, after) in members.renamed() {
        sink.report(
            &format!("{} {}", members.kind.segment(), after.name),
            format!("parameter `{}` of {} was renamed to `{}`", before.name, members.owner, after.name),
            before.shown(members.kind).label("the name was `".to_owned() + before.name + "`"),
            after.shown(members.kind).label("the name is `".to_owned() + after.name + "`"),
            HELP,
        );
    }
}
