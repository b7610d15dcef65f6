//! The check of one number against the tags that speak of it.

use linchpin_contract::{Decimal, Primitive, Range, Tags};
use proc_macro2::TokenStream;
use quote::quote;

use super::Bound;
use crate::number::{Kind, atto, bounds, f64_literal, kind, signed};

/// An expression that checks the number behind a reference; none where no tag speaks of it.
pub(super) fn check(
    primitive: Primitive,
    tags: &[&Tags],
    value: &TokenStream,
    bound: &Bound<'_>,
) -> Option<TokenStream> {
    let kind = kind(primitive)?;
    let (value, side) = (&bound.number(value), &bound.side);
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

fn in_range(kind: Kind, range: &Range, value: &TokenStream) -> TokenStream {
    let (min, max) = bounds(kind, range);
    let text = range.to_string();
    quote!(::linchpin_host::abi::in_range(#value, #min, #max, #text))
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
