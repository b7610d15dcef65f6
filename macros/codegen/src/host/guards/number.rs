//! The check of one number against the tags that speak of it.

use linchpin_contract::{Decimal, Primitive, Range, Tags};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// An expression that checks the number behind a reference; none where no tag speaks of it.
pub(super) fn check(
    primitive: Primitive,
    tags: &[&Tags],
    value: &TokenStream,
    side: &TokenStream,
) -> Option<TokenStream> {
    let kind = kind(primitive)?;
    let ranges = tags.iter().filter_map(|tags| tags.range.as_ref()).map(|range| in_range(kind, range, value));
    let steps = tags
        .iter()
        .filter_map(|tags| Some((tags.step?, tags.range.as_ref())))
        .map(|(step, range)| on_step(step, range, value, side));
    super::all(&ranges.chain(steps).collect::<Vec<_>>())
}

/// Whether any tag speaks of a number of this type.
pub(super) fn is_checked(primitive: Primitive, tags: &[&Tags]) -> bool {
    kind(primitive).is_some() && tags.iter().any(|tags| tags.range.is_some() || tags.step.is_some())
}

/// What a number can hold.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Integer { min: i128, max: i128, suffix: &'static str },
    F32,
    F64,
}

fn kind(primitive: Primitive) -> Option<Kind> {
    let integer = |min: i128, max: i128, suffix| Some(Kind::Integer { min, max, suffix });
    match primitive {
        Primitive::U8 => integer(0, u8::MAX.into(), "u8"),
        Primitive::U16 => integer(0, u16::MAX.into(), "u16"),
        Primitive::U32 => integer(0, u32::MAX.into(), "u32"),
        Primitive::U64 => integer(0, u64::MAX.into(), "u64"),
        Primitive::S8 => integer(i8::MIN.into(), i8::MAX.into(), "i8"),
        Primitive::S16 => integer(i16::MIN.into(), i16::MAX.into(), "i16"),
        Primitive::S32 => integer(i32::MIN.into(), i32::MAX.into(), "i32"),
        Primitive::S64 => integer(i64::MIN.into(), i64::MAX.into(), "i64"),
        Primitive::F32 => Some(Kind::F32),
        Primitive::F64 => Some(Kind::F64),
        Primitive::Bool | Primitive::Char | Primitive::String | Primitive::ErrorContext => None,
    }
}

fn in_range(kind: Kind, range: &Range, value: &TokenStream) -> TokenStream {
    let (min, max) = bounds(kind, range);
    let text = range.to_string();
    quote!(::linchpin_host::abi::in_range(#value, #min, #max, #text))
}

/// The range in the number's own type. For integers it is cut to whole numbers and to what the type holds; where
/// nothing is left of it the least bound is above the greatest, so that every value is refused.
fn bounds(kind: Kind, range: &Range) -> (TokenStream, TokenStream) {
    match kind {
        Kind::F64 => (f64_literal(range.min), f64_literal(range.max)),
        Kind::F32 => (f32_literal(range.min), f32_literal(range.max)),
        Kind::Integer { min, max, suffix } => {
            let atto = i128::pow(10, 18);
            let (low, high) = (self::atto(range.min), self::atto(range.max));
            let (low, high) = (-(-low).div_euclid(atto), high.div_euclid(atto));
            let (low, high) =
                if high < min || low > max { (max, min) } else { (low.max(min), high.min(max)) };
            (integer_literal(low, suffix), integer_literal(high, suffix))
        }
    }
}

fn on_step(step: Decimal, range: Option<&Range>, value: &TokenStream, side: &TokenStream) -> TokenStream {
    let (origin, origin_atto) =
        range.map_or((quote!(0.0), 0), |range| (f64_literal(range.min), atto(range.min)));
    let (step_atto, text) = (atto(step), step.to_string());
    let step = f64_literal(step);
    let (origin_atto, step_atto) = (signed(origin_atto, ""), signed(step_atto, ""));
    quote! {
        ::linchpin_host::abi::on_step(
            #value,
            #side,
            &::linchpin_host::abi::Steps {
                origin: #origin,
                step: #step,
                origin_atto: #origin_atto,
                step_atto: #step_atto,
                text: #text,
            },
        )
    }
}

/// A decimal in units of 10⁻¹⁸: exact, since decimals have at most 18 digits on each side of the point.
fn atto(decimal: Decimal) -> i128 {
    let text = decimal.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    format!("{whole}{fraction:0<18}").parse().unwrap_or_default()
}

fn f64_literal(decimal: Decimal) -> TokenStream {
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

fn integer_literal(value: i128, suffix: &str) -> TokenStream {
    signed(value, suffix)
}

fn signed(value: i128, suffix: &str) -> TokenStream {
    let text = format!("{}{suffix}", value.unsigned_abs());
    let literal: Option<Literal> = text.parse().ok();
    if value < 0 { quote!(-#literal) } else { quote!(#literal) }
}

#[cfg(test)]
mod tests {
    use linchpin_contract::{Primitive, Range};

    use super::{bounds, kind};

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
    fn float_bounds_are_the_nearest_of_their_own_type() {
        assert_eq!(of(Primitive::F64, "-0.1", "80"), "-0.1f64..=80f64");
        assert_eq!(of(Primitive::F32, "0.1", "0.3"), "0.1f32..=0.3f32");
    }
}
