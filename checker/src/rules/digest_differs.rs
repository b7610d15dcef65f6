//! # `digest-differs`
//!
//! ## What it does
//!
//! Finds pairs of functions whose digests differ although no other rule found a difference.
//!
//! ## Why it breaks
//!
//! Equal digests are what `linchpin-host` asks for. A difference that cannot be explained is still a
//! difference: the module is not loaded.
//!
//! ## Example
//!
//! No contract is known that leads here. If you find one, please report it.
//!
//! ## What to do
//!
//! Build the module against the contract that the firmware was built for.

use crate::pair::FunctionPair;
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "digest-differs",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "two functions differ in a way that no other rule names",
    source: include_str!("digest_differs.rs"),
    check: Check::Unexplained(check),
};

const HELP: &str = "build the module against the contract that the firmware was built for";

fn check(pair: &FunctionPair<'_>, sink: &mut Sink<'_>) {
    let (before, after) = pair.shown();
    let message = format!("function `{}` is not the function that the firmware calls", pair.after.name);
    sink.report("", message, before.label("one digest"), after.label("another digest"), HELP);
}
