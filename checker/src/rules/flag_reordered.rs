//! # `flag-reordered`
//!
//! ## What it does
//!
//! Finds flags that both contracts have, in different orders.
//!
//! ## Why it breaks
//!
//! A flag is sent as the bit at its position. The runtime compares the order and does not load the module; one
//! that did not would read one value as another.
//!
//! ## Example
//!
//! ```wit
//! // before
//! flags sensors { top, bottom }
//! // after
//! flags sensors { bottom, top }
//! ```
//!
//! ## What to do
//!
//! Restore the order. It carries no meaning for people, so nothing is lost.

use crate::pair::{MemberKind, Members};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "flag-reordered",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "the flags of a set of flags were put in another order",
    source: include_str!("flag_reordered.rs"),
    check: Check::Members(MemberKind::Flag, check),
};

const HELP: &str = "restore the order. It carries no meaning for people, so nothing is lost";

fn check(members: &Members<'_>, sink: &mut Sink<'_>) {
    if let Some((before, after)) = members.moved() {
        let owner = members.owner.trim_start_matches("flags ");
        sink.report(
            "",
            format!("the flags of {owner} are in another order"),
            before.shown(members.kind).label("the order was ".to_owned() + &Members::names(&members.before)),
            after.shown(members.kind).label("the order is ".to_owned() + &Members::names(&members.after)),
            HELP,
        );
    }
}
