//! # `record-field-reordered`
//!
//! ## What it does
//!
//! Finds fields that both contracts have, in different orders.
//!
//! ## Why it breaks
//!
//! A record is laid out in the order of its fields. The runtime compares the order and does not load the
//! module; one that did not would read one value as another.
//!
//! ## Example
//!
//! ```wit
//! // before
//! record inputs { price: f64, temp: f64 }
//! // after
//! record inputs { temp: f64, price: f64 }
//! ```
//!
//! ## What to do
//!
//! Restore the order. It carries no meaning for people, so nothing is lost.

use crate::pair::{MemberKind, Members};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "record-field-reordered",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "the fields of a record were put in another order",
    source: include_str!("record_field_reordered.rs"),
    check: Check::Members(MemberKind::Field, check),
};

const HELP: &str = "restore the order. It carries no meaning for people, so nothing is lost";

fn check(members: &Members<'_>, sink: &mut Sink<'_>) {
    if let Some((before, after)) = members.moved() {
        sink.report(
            "",
            format!("the fields of {} are in another order", members.owner),
            before.shown(members.kind).label("the order was ".to_owned() + &Members::names(&members.before)),
            after.shown(members.kind).label("the order is ".to_owned() + &Members::names(&members.after)),
            HELP,
        );
    }
}
