//! One number on its way: its unit and its range on both sides.

use linchpin_contract::{Primitive, Range, Type};

use super::found::{Found, Kind};
use super::resolve::Value;

/// What is wrong with the unit and the range of a number; nothing where the value is no number.
pub(crate) fn compare(from: &Value<'_>, to: &Value<'_>, path: &str) -> Vec<Found> {
    let (from, to) = (from.clone().resolved(), to.clone().resolved());
    let (Type::Primitive(given), Type::Primitive(taken)) = (from.ty, to.ty) else { return Vec::new() };
    if !given.is_number() || !taken.is_number() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let (given_unit, taken_unit) = (unit(&from), unit(&to));
    if given_unit != taken_unit {
        // Numbers of two units cannot be compared.
        found.push(Kind::Unit { given: given_unit, taken: taken_unit });
    } else if let Some(taken) = range(&to) {
        let given = range(&from).or_else(|| natural(*given));
        if given.as_ref().is_none_or(|given| given.min < taken.min || given.max > taken.max) {
            found.push(Kind::Range { given, taken });
        }
    }
    let at = |kind| Found { kind, path: path.to_owned(), from: from.shown(), to: to.shown() };
    found.into_iter().map(at).collect()
}

/// What the nearest tag says.
fn unit(value: &Value<'_>) -> Option<String> {
    value.tags.iter().find_map(|tags| tags.unit.clone())
}

/// Every range that speaks of the value holds.
pub(crate) fn range(value: &Value<'_>) -> Option<Range> {
    let ranges = value.tags.iter().filter_map(|tags| tags.range.clone());
    ranges.reduce(|one, other| Range { min: one.min.max(other.min), max: one.max.min(other.max) })
}

/// What an integer can hold at all, as long as a tag could say so; tags have 18 digits.
pub(crate) fn natural(primitive: Primitive) -> Option<Range> {
    let (min, max) = primitive.integer_bounds()?;
    Some(Range { min: min.to_string().parse().ok()?, max: max.to_string().parse().ok()? })
}
