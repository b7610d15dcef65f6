//! Names: WIT's kebab case, Rust's cases, and what upstream's generator makes of them.

use heck::{ToKebabCase as _, ToSnakeCase as _, ToUpperCamelCase as _};
use proc_macro2::{Ident, Span};
use syn::ext::IdentExt as _;

/// A name as a Rust field, function or parameter: `tank-temp` is `tank_temp`, `type` is `r#type`.
pub fn snake_ident(name: &str) -> Ident {
    any_ident(&name.to_snake_case())
}

/// A name as a Rust type or case: `too-few-prices` is `TooFewPrices`.
pub fn camel_ident(name: &str) -> Ident {
    any_ident(&name.to_upper_camel_case())
}

/// The WIT spelling of a Rust identifier: `r#type`, `type_` and `Type` are all `type`.
pub fn kebab(ident: &Ident) -> String {
    ident.unraw().to_string().to_kebab_case()
}

/// Whether a Rust identifier is a WIT name's own, in any of Rust's cases.
pub fn same(ident: &Ident, name: &str) -> bool {
    let rust = ident.unraw().to_string();
    rust.to_snake_case() == name.to_snake_case() || rust == name.to_upper_camel_case()
}

/// The function, field or module that upstream's generator makes of a name.
pub fn upstream_snake(name: &str) -> Ident {
    Ident::new(&wit_bindgen_rust::to_rust_ident(name), Span::call_site())
}

/// The type that upstream's generator makes of a name. `Guest` is taken there by the trait of exports.
pub fn upstream_type(name: &str) -> Ident {
    if name == "guest" { Ident::new("Guest_", Span::call_site()) } else { upstream_case(name) }
}

/// The case that upstream's generator makes of a name.
pub fn upstream_case(name: &str) -> Ident {
    Ident::new(&name.to_upper_camel_case(), Span::call_site())
}

/// The closest of several names, if one is close enough to be what was meant.
pub fn closest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let scored = known.into_iter().map(|other| (strsim::jaro_winkler(name, other), other));
    let close = scored.filter(|(score, _)| *score >= 0.8);
    close.max_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, name)| name)
}

/// An identifier of any text, raw where it is a keyword, with `_` behind the few that cannot be raw.
fn any_ident(text: &str) -> Ident {
    match text {
        "self" | "Self" | "super" | "crate" => Ident::new(&format!("{text}_"), Span::call_site()),
        _ if syn::parse_str::<Ident>(text).is_ok() => Ident::new(text, Span::call_site()),
        _ => Ident::new_raw(text, Span::call_site()),
    }
}
