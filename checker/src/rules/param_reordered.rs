//! # `param-reordered`
//!
//! ## What it does
//!
//! Finds parameters that changed places, and with them the order of types.
//!
//! ## Why it breaks
//!
//! Arguments are passed by position, so the types no longer agree: the runtime does not load the module.
//!
//! ## Example
//!
//! ```wit
//! // before
//! plan: func(price: f64, hour: u8) -> f64;
//! // after
//! plan: func(hour: u8, price: f64) -> f64;
//! ```
//!
//! ## What to do
//!
//! Restore the order. If it must change, give the function a new name as well.

use crate::pair::{MemberKind, Members};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "param-reordered",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "the parameters of a function were put in another order",
    source: include_str!("param_reordered.rs"),
    check: Check::Members(MemberKind::Param, check),
};

const HELP: &str = "restore the order. If it must change, give the function a new name as well";

fn check(members: &Members<'_>, sink: &mut Sink<'_>) {
    if let Some((before, after)) = members.moved()
        && !members.same_types_in_order()
    {
        sink.report(
            "",
            format!("the parameters of {} are in another order", members.owner),
            before.shown(members.kind).label("the order was ".to_owned() + &Members::names(&members.before)),
            after.shown(members.kind).label("the order is ".to_owned() + &Members::names(&members.after)),
            HELP,
        );
    }
}
