//! # `param-reordered-same-type`
//!
//! ## What it does
//!
//! Finds parameters that changed places while the types in order stayed the same.
//!
//! ## Why it breaks
//!
//! Arguments are passed by position. wasmtime links the two without a word and swaps the values;
//! `linchpin-host` compares names as well and does not load the module.
//!
//! ## Example
//!
//! ```wit
//! // before
//! plan: func(price: f64, temp: f64) -> f64;
//! // after
//! plan: func(temp: f64, price: f64) -> f64;
//! ```
//!
//! ## What to do
//!
//! Restore the order. If it must change, give the function a new name as well.

use crate::pair::{MemberKind, Members};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "param-reordered-same-type",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "parameters of the same type changed places",
    source: include_str!("param_reordered_same_type.rs"),
    check: Check::Members(MemberKind::Param, check),
};

const HELP: &str = "restore the order. If it must change, give the function a new name as well";

fn check(members: &Members<'_>, sink: &mut Sink<'_>) {
    if let Some((before, after)) = members.moved()
        && members.same_types_in_order()
    {
        sink.report(
            "",
            format!("parameters of the same type of {} changed places", members.owner),
            before.shown(members.kind).label("the order was ".to_owned() + &Members::names(&members.before)),
            after.shown(members.kind).label("the order is ".to_owned() + &Members::names(&members.after)),
            HELP,
        );
    }
}
