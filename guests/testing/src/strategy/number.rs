//! Numbers within the ranges that speak of them; the ends, and what is odd, more often than their share.

use super::whole::Whole;
use linchpin_contract::{Decimal, Range, Tags};
use linchpin_host::dynamic::Value;
use proptest::num;
use proptest::strategy::{BoxedStrategy, Just, Strategy as _, Union};

type Values = BoxedStrategy<Value>;

/// Integers of one type. `None` where the ranges have no whole number of the type in common.
pub(super) fn integers<T>(tags: &[&Tags], value: fn(T) -> Value) -> Option<Values>
where
    T: Copy + TryFrom<i128> + TryInto<i128> + std::fmt::Debug + 'static,
{
    let (min, max) = ends::<T>()?;
    let (min, max) = match range(tags) {
        Some(range) => (min.max(whole(range.min, Side::Up)?), max.min(whole(range.max, Side::Down)?)),
        None => (min, max),
    };
    if min > max {
        return None;
    }
    let of = move |number: i128| T::try_from(number).ok().map(value);
    Some(Whole { min, max }.prop_filter_map("it is within the type", of).boxed())
}

/// The least and the greatest of an integer type.
fn ends<T: TryFrom<i128>>() -> Option<(i128, i128)> {
    let fits = |number: i128| T::try_from(number).is_ok();
    let max = (7..=64).rev().map(|bits| (1_i128 << bits) - 1).find(|max| fits(*max))?;
    let min = if fits(-1) { -max - 1 } else { 0 };
    Some((min, max))
}

/// Doubles.
pub(super) fn floats64(tags: &[&Tags]) -> Option<Values> {
    let Some(range) = range(tags) else {
        return Some(num::f64::ANY.prop_map(|it| Value::F64(plain64(it))).boxed());
    };
    let (min, max) = (range.min.to_f64(), range.max.to_f64());
    if min > max {
        return None;
    }
    let end = |end| Just(Value::F64(end)).boxed();
    let inside = (min..=max).prop_map(Value::F64).boxed();
    Some(Union::new_weighted(vec![(6, inside), (1, end(min)), (1, end(max))]).boxed())
}

/// Floats of 32 bits.
pub(super) fn floats32(tags: &[&Tags]) -> Option<Values> {
    let Some(range) = range(tags) else {
        return Some(num::f32::ANY.prop_map(|it| Value::F32(plain32(it))).boxed());
    };
    // Rounded from the decimal itself, as guards and newtypes are.
    let (min, max): (f32, f32) = (range.min.to_string().parse().ok()?, range.max.to_string().parse().ok()?);
    if min > max {
        return None;
    }
    let end = |end| Just(Value::F32(end)).boxed();
    let inside = (min..=max).prop_map(Value::F32).boxed();
    Some(Union::new_weighted(vec![(6, inside), (1, end(min)), (1, end(max))]).boxed())
}

/// A NaN may change on its way across, so that only the canonical one is sent.
fn plain64(value: f64) -> f64 {
    if value.is_nan() { f64::from_bits(0x7ff8 << 48) } else { value }
}

fn plain32(value: f32) -> f32 {
    if value.is_nan() { f32::from_bits(0x7fc0 << 16) } else { value }
}

/// What all ranges have in common; `None` where there is none.
fn range(tags: &[&Tags]) -> Option<Range> {
    let ranges = tags.iter().filter_map(|tags| tags.range.clone());
    ranges.reduce(|a, b| Range { min: a.min.max(b.min), max: a.max.min(b.max) })
}

/// Which way a number is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Up,
    Down,
}

/// The nearest whole number on one side.
fn whole(decimal: Decimal, side: Side) -> Option<i128> {
    let text = decimal.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let whole: i128 = whole.parse().ok()?;
    let is_negative = text.starts_with('-');
    Some(match (fraction.is_empty(), side, is_negative) {
        (false, Side::Up, false) => whole + 1,
        (false, Side::Down, true) => whole - 1,
        (true, _, _) | (false, Side::Up, true) | (false, Side::Down, false) => whole,
    })
}

#[cfg(test)]
mod tests {
    use super::{Side, ends, whole};

    #[test]
    fn decimals_are_rounded_to_the_inside_of_their_range() {
        let of = |text: &str, side| whole(text.parse().unwrap(), side).unwrap();
        assert_eq!((of("-5.5", Side::Up), of("-5.5", Side::Down)), (-5, -6));
        assert_eq!((of("5.5", Side::Up), of("5.5", Side::Down)), (6, 5));
        assert_eq!((of("-0.5", Side::Up), of("-0.5", Side::Down)), (0, -1));
        assert_eq!((of("7", Side::Up), of("7", Side::Down)), (7, 7));
    }

    #[test]
    fn the_ends_of_types_are_their_own() {
        assert_eq!(ends::<u8>(), Some((0, 255)));
        assert_eq!(ends::<i64>(), Some((i64::MIN.into(), i64::MAX.into())));
        assert_eq!(ends::<u64>(), Some((0, u64::MAX.into())));
    }
}
