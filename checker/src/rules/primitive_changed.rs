//! # `primitive-changed`
//!
//! ## What it does
//!
//! Finds a `u32` that became a `u64`, an `f32` that became an `f64`, a `char` that became a `string`, and so
//! on, wherever it stands.
//!
//! ## Why it breaks
//!
//! No runtime converts values at the boundary, so widening is not compatible either: the runtime does not load
//! the module.
//!
//! ## Example
//!
//! ```wit
//! // before
//! plan: func(hour: u8) -> f32;
//! // after
//! plan: func(hour: u16) -> f32;
//! ```
//!
//! ## What to do
//!
//! Restore the type. Another one belongs in a new version of the contract, or in a new function beside this
//! one.

use linchpin_contract::{Primitive, Type};

use crate::pair::{Difference, TypePair};
use crate::rule::{Check, Rule, Sink};
use crate::verdict::{Bump, Level, Plane};

pub(super) static RULE: Rule = Rule {
    id: "primitive-changed",
    level: Level::Deny,
    plane: Plane::Link,
    bump: Some(Bump::Major),
    summary: "a primitive type was replaced by another",
    source: include_str!("primitive_changed.rs"),
    check: Check::Type(check),
};

const HELP: &str = "restore the type. Another one belongs in a new version of the contract, or in a new function \
    beside this one";

fn check(pair: &TypePair<'_>, sink: &mut Sink<'_>) {
    if pair.difference == Difference::Primitive {
        let (before, after) = pair.shown();
        let wider = if is_widened(pair) { "; even a wider type is another type" } else { "" };
        sink.report("", format!("{}{wider}", pair.change()), before, after, HELP);
    }
}

/// Whether the newer type holds every value of the older one.
fn is_widened(pair: &TypePair<'_>) -> bool {
    let (Type::Primitive(before), Type::Primitive(after)) = (pair.before.resolved(), pair.after.resolved())
    else {
        return false;
    };
    match (before.integer_bounds(), after.integer_bounds()) {
        (Some(before), Some(after)) => after.0 <= before.0 && after.1 >= before.1,
        (_, _) => (before, after) == (&Primitive::F32, &Primitive::F64),
    }
}
