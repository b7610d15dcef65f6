//! # `variant-payload-removed`
//!
//! ## What it does
//!
//! Finds a case that both contracts have, with a payload in the older one only.
//!
//! ## Why it breaks
//!
//! A payload is part of the type: the runtime does not load the module.
//!
//! ## Example
//!
//! ```wit
//! // before
//! variant fault { stale(u32) }
//! // after
//! variant fault { stale }
//! ```
//!
//! ## What to do
//!
//! Leave the case as it is and add what is needed as a new case, in a new version of the contract.

use crate::pair::{MemberKind, Members};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "variant-payload-removed",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a payload was removed from a case of a variant",
    source: include_str!("variant_payload_removed.rs"),
    check: Check::Members(MemberKind::Case, check),
};

const HELP: &str =
    "leave the case as it is and add what is needed as a new case, in a new version of the contract";

fn check(members: &Members<'_>, sink: &mut Sink<'_>) {
    for (before, after) in members.kept().chain(members.renamed()) {
        if let (Some(_), None) = (before.ty, after.ty) {
            sink.report(
                &format!("case {}", after.name),
                format!("case `{}` of {} has no payload now", after.name, members.owner),
                before.shown(members.kind).label("had a payload"),
                after.shown(members.kind).label("has no payload now"),
                HELP,
            );
        }
    }
}
