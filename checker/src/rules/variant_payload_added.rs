//! # `variant-payload-added`
//!
//! ## What it does
//!
//! Finds a case that both contracts have, with a payload in the newer one only.
//!
//! ## Why it breaks
//!
//! A payload is part of the type: the runtime does not load the module.
//!
//! ## Example
//!
//! ```wit
//! // before
//! variant fault { stale }
//! // after
//! variant fault { stale(u32) }
//! ```
//!
//! ## What to do
//!
//! Leave the case as it is and add what is needed as a new case, in a new version of the contract.

use crate::pair::{MemberKind, Members};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "variant-payload-added",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a payload was added to a case of a variant",
    source: include_str!("variant_payload_added.rs"),
    check: Check::Members(MemberKind::Case, check),
};

const HELP: &str =
    "leave the case as it is and add what is needed as a new case, in a new version of the contract";

fn check(members: &Members<'_>, sink: &mut Sink<'_>) {
    for (before, after) in members.kept().chain(members.renamed()) {
        if let (None, Some(_)) = (before.ty, after.ty) {
            sink.report(
                &format!("case {}", after.name),
                format!("case `{}` of {} has a payload now", after.name, members.owner),
                before.shown(members.kind).label("had no payload"),
                after.shown(members.kind).label("has a payload now"),
                HELP,
            );
        }
    }
}
