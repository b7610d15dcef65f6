//! `#[derive(Variant)]`.

use linchpin_contract::{Case, Type};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{DataEnum, Fields, Variant};

use super::pairing::{RustItem, WitItem, pair};
use super::{Cx, Expansion};
use crate::check::check;
use crate::names::camel_ident;
use crate::report::{Message, Report};
use crate::shape::rust_text;

pub(super) fn variant(cx: &Cx<'_>, cases: &[Case], data: &DataEnum, report: &mut Report) -> Expansion {
    let own: Vec<_> = data.variants.iter().collect();
    let rust: Vec<_> = own.iter().map(|case| RustItem::new(&case.ident, &case.attrs, report)).collect();
    let wit: Vec<_> = cases.iter().map(wit_item).collect();
    let mut checks = TokenStream::new();
    let mut paired = Vec::new();
    for (case, index) in cases.iter().zip(pair(cx, "case", &rust, &wit, report)) {
        let Some(own) = index.and_then(|index| own.get(index)) else { continue };
        let payload = payload(own);
        match (&case.payload, payload) {
            (None, Payload::None) => paired.push((&own.ident, None)),
            (Some(expected), Payload::One(ty)) => {
                let what =
                    format!("payload of case `{}` differs from WIT variant `{}`", own.ident, cx.def.name);
                match check(ty, Some(expected), &Message::new(what).at(case.place.as_ref())) {
                    Ok(check) => checks.extend(check),
                    Err(error) => report.error(ty, Message::from(&error)),
                }
                paired.push((&own.ident, Some(ty)));
            }
            (None, Payload::One(_) | Payload::Other) | (Some(_), Payload::None | Payload::Other) => {
                wrong_payload(cx, case, own, report);
            }
        }
    }
    Expansion { checks, parts: parts(cx, &paired) }
}

/// What a Rust case carries.
enum Payload<'a> {
    None,
    One(&'a syn::Type),
    Other,
}

fn payload(case: &Variant) -> Payload<'_> {
    match &case.fields {
        Fields::Unit => Payload::None,
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            fields.unnamed.first().map_or(Payload::Other, |field| Payload::One(&field.ty))
        }
        Fields::Unnamed(_) | Fields::Named(_) => Payload::Other,
    }
}

fn wrong_payload(cx: &Cx<'_>, case: &Case, own: &Variant, report: &mut Report) {
    let carries = case.payload.as_ref().map_or_else(|| "nothing".to_owned(), |ty| format!("one `{ty}`"));
    let what = format!("case `{}` of WIT variant `{}` carries {carries}", own.ident, cx.def.name);
    let help = format!("write `{}`", declaration(&own.ident.to_string(), case.payload.as_ref()));
    report.error(own, Message::new(what).at(case.place.as_ref()).help(help));
}

fn wit_item(case: &Case) -> WitItem<'_> {
    let rust = camel_ident(&case.name);
    let declaration = declaration(&rust.to_string(), case.payload.as_ref());
    WitItem { name: &case.name, place: case.place.as_ref(), rust, declaration }
}

fn declaration(name: &str, payload: Option<&Type>) -> String {
    payload.map_or_else(|| name.to_owned(), |ty| format!("{name}({})", rust_text(ty)))
}

fn parts(cx: &Cx<'_>, cases: &[(&syn::Ident, Option<&syn::Type>)]) -> TokenStream {
    let ident = cx.ident;
    let positions: Vec<_> = (0..cases.len()).map(Literal::usize_unsuffixed).collect();
    let patterns = cases.iter().map(|(name, payload)| match payload {
        Some(_) => quote!(Self::#name(_)),
        None => quote!(Self::#name),
    });
    let payloads = cases.iter().map(|(_, payload)| payload.map_or_else(|| quote!(()), |ty| quote!(#ty)));
    let own = cases.iter().zip(0..).map(|((name, payload), index)| case_impl(ident, name, *payload, index));
    quote! {
        #[automatically_derived]
        impl ::linchpin_guest::WitVariant for #ident {
            #[inline(always)]
            fn index(&self) -> u32 {
                match self {
                    #(#patterns => #positions,)*
                }
            }
        }
        #(#own)*
        ::linchpin_guest::__testing! { variant #ident #(#positions: #payloads),* }
    }
}

fn case_impl(ident: &syn::Ident, name: &syn::Ident, payload: Option<&syn::Type>, index: u32) -> TokenStream {
    let index = Literal::u32_unsuffixed(index);
    let (ty, make) = match payload {
        Some(ty) => (quote!(#ty), quote!(Self::#name(payload))),
        None => (quote!(()), quote!({ let () = payload; Self::#name })),
    };
    let (pattern, value, reference) = match payload {
        Some(_) => (quote!(Self::#name(payload)), quote!(payload), quote!(payload)),
        None => (quote!(Self::#name), quote!(()), quote!(&())),
    };
    quote! {
        #[automatically_derived]
        impl ::linchpin_guest::WitCase<#index> for #ident {
            type Payload = #ty;

            #[inline(always)]
            fn from_payload(payload: Self::Payload) -> Self {
                #make
            }

            #[inline(always)]
            fn into_payload(self) -> ::core::option::Option<Self::Payload> {
                #[allow(unreachable_patterns, reason = "a variant may have one case")]
                match self {
                    #pattern => ::core::option::Option::Some(#value),
                    _ => ::core::option::Option::None,
                }
            }

            #[inline(always)]
            fn payload(&self) -> ::core::option::Option<&Self::Payload> {
                #[allow(unreachable_patterns, reason = "a variant may have one case")]
                match self {
                    #pattern => ::core::option::Option::Some(#reference),
                    _ => ::core::option::Option::None,
                }
            }
        }
    }
}
