//! # `enum-case-reordered`
//!
//! ## What it does
//!
//! Finds cases that both contracts have, in different orders.
//!
//! ## Why it breaks
//!
//! A case is sent as its position. The runtime compares the order and does not load the module; one that did
//! not would read one value as another.
//!
//! ## Example
//!
//! ```wit
//! // before
//! enum mode { off, eco }
//! // after
//! enum mode { eco, off }
//! ```
//!
//! ## What to do
//!
//! Restore the order. It carries no meaning for people, so nothing is lost.

use crate::pair::{MemberKind, Members};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "enum-case-reordered",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "the cases of an enum were put in another order",
    source: include_str!("enum_case_reordered.rs"),
    check: Check::Members(MemberKind::EnumCase, check),
};

const HELP: &str = "restore the order. It carries no meaning for people, so nothing is lost";

fn check(members: &Members<'_>, sink: &mut Sink<'_>) {
    if let Some((before, after)) = members.moved() {
        sink.report(
            "",
            format!("the cases of {} are in another order", members.owner),
            before.shown(members.kind).label("the order was ".to_owned() + &Members::names(&members.before)),
            after.shown(members.kind).label("the order is ".to_owned() + &Members::names(&members.after)),
            HELP,
        );
    }
}
