//! A WIT number's tags in its own Rust type: bounds as literals.

use linchpin_contract::{Decimal, Primitive, Range};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// What a number can hold.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Integer { min: i128, max: i128, suffix: &'static str },
    F32,
    F64,
}

/// What a primitive can hold; none where it is no number.
pub(crate) fn kind(primitive: Primitive) -> Option<Kind> {
    let suffix = match primitive {
        Primitive::U8 => "u8",
        Primitive::U16 => "u16",
        Primitive::U32 => "u32",
        Primitive::U64 => "u64",
        Primitive::S8 => "i8",
        Primitive::S16 => "i16",
        Primitive::S32 => "i32",
        Primitive::S64 => "i64",
        Primitive::F32 => return Some(Kind::F32),
        Primitive::F64 => return Some(Kind::F64),
        Primitive::Bool | Primitive::Char | Primitive::String | Primitive::ErrorContext => return None,
    };
    let (min, max) = primitive.integer_bounds()?;
    Some(Kind::Integer { min, max, suffix })
}

/// The range in the number's own type. For integers it is cut to whole numbers and to what the type holds; where
/// nothing is left of it the least bound is above the greatest, so that every value is refused.
pub(crate) fn bounds(kind: Kind, range: &Range) -> (TokenStream, TokenStream) {
    match kind {
        Kind::F64 => (f64_literal(range.min), f64_literal(range.max)),
        Kind::F32 => (f32_literal(range.min), f32_literal(range.max)),
        Kind::Integer { min, max, suffix } => {
            let (low, high) = whole(min, max, range);
            (signed(low, suffix), signed(high, suffix))
        }
    }
}

/// Whether no number of the type is in the range.
pub(crate) fn is_empty(kind: Kind, range: &Range) -> bool {
    match kind {
        Kind::F64 | Kind::F32 => range.min > range.max,
        Kind::Integer { min, max, .. } => {
            let (low, high) = whole(min, max, range);
            low > high
        }
    }
}

/// The whole numbers of a range that lie from `min` to `max`.
fn whole(min: i128, max: i128, range: &Range) -> (i128, i128) {
    let unit = i128::pow(10, 18);
    let (low, high) = (-(-atto(range.min)).div_euclid(unit), atto(range.max).div_euclid(unit));
    if high < min || low > max { (max, min) } else { (low.max(min), high.min(max)) }
}

/// A decimal in units of 10⁻¹⁸: exact, since decimals have at most 18 digits on each side of the point.
pub(crate) fn atto(decimal: Decimal) -> i128 {
    let text = decimal.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    format!("{whole}{fraction:0<18}").parse().unwrap_or_default()
}

/// The nearest double.
pub(crate) fn f64_literal(decimal: Decimal) -> TokenStream {
    let value = decimal.to_f64();
    let literal = Literal::f64_suffixed(value.abs());
    if value.is_sign_negative() { quote!(-#literal) } else { quote!(#literal) }
}

/// Rounded from the decimal itself: through `f64` it could round twice.
fn f32_literal(decimal: Decimal) -> TokenStream {
    let value: f32 = decimal.to_string().parse().unwrap_or(f32::NAN);
    let literal = Literal::f32_suffixed(value.abs());
    if value.is_sign_negative() { quote!(-#literal) } else { quote!(#literal) }
}

/// An integer literal.
pub(crate) fn signed(value: i128, suffix: &str) -> TokenStream {
    let text = format!("{}{suffix}", value.unsigned_abs());
    let literal: Option<Literal> = text.parse().ok();
    if value < 0 { quote!(-#literal) } else { quote!(#literal) }
}

#[cfg(test)]
mod tests {
    use linchpin_contract::{Primitive, Range};

    use super::{bounds, is_empty, kind};

    fn of(primitive: Primitive, min: &str, max: &str) -> String {
        let range = Range { min: min.parse().unwrap(), max: max.parse().unwrap() };
        let (min, max) = bounds(kind(primitive).unwrap(), &range);
        format!("{min}..={max}").replace(' ', "")
    }

    #[test]
    fn integer_bounds_are_cut_to_whole_numbers_inside() {
        assert_eq!(of(Primitive::S32, "-1.5", "2.5"), "-1i32..=2i32");
        assert_eq!(of(Primitive::S32, "0.5", "3"), "1i32..=3i32");
    }

    #[test]
    fn integer_bounds_are_cut_to_what_the_type_holds() {
        assert_eq!(of(Primitive::U8, "-5", "1000"), "0u8..=255u8");
        assert_eq!(of(Primitive::S8, "-1000", "0"), "-128i8..=0i8");
    }

    #[test]
    fn a_range_outside_the_type_refuses_everything() {
        assert_eq!(of(Primitive::U8, "300", "400"), "255u8..=0u8");
        assert_eq!(of(Primitive::U8, "0.25", "0.75"), "1u8..=0u8");
    }

    #[test]
    fn a_range_without_a_number_is_empty() {
        let empty = |primitive, min: &str, max: &str| {
            is_empty(
                kind(primitive).unwrap(),
                &Range { min: min.parse().unwrap(), max: max.parse().unwrap() },
            )
        };
        assert!(empty(Primitive::U8, "300", "400") && empty(Primitive::U8, "0.25", "0.75"));
        assert!(empty(Primitive::F64, "2", "1") && !empty(Primitive::F64, "1", "1"));
        assert!(!empty(Primitive::S8, "-1000", "0"));
    }

    #[test]
    fn float_bounds_are_the_nearest_of_their_own_type() {
        assert_eq!(of(Primitive::F64, "-0.1", "80"), "-0.1f64..=80f64");
        assert_eq!(of(Primitive::F32, "0.1", "0.3"), "0.1f32..=0.3f32");
    }
}
