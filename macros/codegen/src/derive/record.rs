//! `#[derive(Record)]`.

use linchpin_contract::Field;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{DataStruct, Fields};

use super::pairing::{RustItem, WitItem, pair};
use super::{Cx, Expansion};
use crate::check::check;
use crate::names::snake_ident;
use crate::report::{Message, Report};
use crate::shape::rust_text;

pub(super) fn record(cx: &Cx<'_>, fields: &[Field], data: &DataStruct, report: &mut Report) -> Expansion {
    let Some(named) = named_fields(data) else { return cx.wrong_item("a struct with named fields", report) };
    let rust: Vec<_> =
        named.iter().map(|(ident, field)| RustItem::new(ident, &field.attrs, report)).collect();
    let wit: Vec<_> = fields.iter().map(wit_item).collect();
    let mut checks = TokenStream::new();
    let mut paired = Vec::new();
    for (field, index) in fields.iter().zip(pair(cx, "field", &rust, &wit, report)) {
        let Some((ident, own)) = index.and_then(|index| named.get(index)) else { continue };
        let what = format!("field `{ident}` differs from WIT record `{}`", cx.def.name);
        match check(&own.ty, Some(&field.ty), &Message::new(what).at(field.place.as_ref())) {
            Ok(check) => checks.extend(check),
            Err(error) => report.error(&own.ty, Message::from(&error)),
        }
        paired.push((*ident, &own.ty));
    }
    Expansion { checks, parts: parts(cx, &paired) }
}

/// The fields with their names; none for a struct of another form.
pub(super) fn named_fields(data: &DataStruct) -> Option<Vec<(&syn::Ident, &syn::Field)>> {
    match &data.fields {
        Fields::Named(fields) => {
            Some(fields.named.iter().filter_map(|field| Some((field.ident.as_ref()?, field))).collect())
        }
        Fields::Unnamed(_) | Fields::Unit => None,
    }
}

fn wit_item(field: &Field) -> WitItem<'_> {
    let rust = snake_ident(&field.name);
    let declaration = format!("{rust}: {}", rust_text(&field.ty));
    WitItem { name: &field.name, place: field.place.as_ref(), rust, declaration }
}

fn parts(cx: &Cx<'_>, fields: &[(&syn::Ident, &syn::Type)]) -> TokenStream {
    let ident = cx.ident;
    let names: Vec<_> = fields.iter().map(|(name, _)| name).collect();
    let types: Vec<_> = fields.iter().map(|(_, ty)| ty).collect();
    let values: Vec<_> = (0..fields.len()).map(|index| format_ident!("part{index}")).collect();
    let testing = testing(ident, &values, fields);
    quote! {
        #[automatically_derived]
        impl ::linchpin_guest::WitRecord for #ident {
            type Parts = (#(#types,)*);
            type Refs<'a> = (#(&'a #types,)*);

            #[inline(always)]
            fn from_parts((#(#values,)*): Self::Parts) -> Self {
                Self { #(#names: #values),* }
            }

            #[inline(always)]
            fn into_parts(self) -> Self::Parts {
                (#(self.#names,)*)
            }

            #[inline(always)]
            fn parts(&self) -> Self::Refs<'_> {
                (#(&self.#names,)*)
            }
        }
        #testing
    }
}

/// What lets tests make and read values, in builds for tests.
fn testing(ident: &syn::Ident, parts: &[syn::Ident], fields: &[(&syn::Ident, &syn::Type)]) -> TokenStream {
    let types = fields.iter().map(|(_, ty)| ty);
    quote!(::linchpin_guest::__testing! { record #ident #(#parts: #types),* })
}
