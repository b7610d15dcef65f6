//! `#[derive(Flags)]`.

use linchpin_contract::Label;
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::DataStruct;

use super::pairing::{RustItem, WitItem, pair};
use super::record::named_fields;
use super::{Cx, Expansion};
use crate::names::snake_ident;
use crate::report::{Message, Report};
use crate::unsupported::MAX_FLAGS;

pub(super) fn flags(cx: &Cx<'_>, labels: &[Label], data: &DataStruct, report: &mut Report) -> Expansion {
    let Some(named) = named_fields(data) else { return cx.wrong_item("a struct of `bool` fields", report) };
    if labels.len() > MAX_FLAGS {
        let what = format!("WIT flags `{}` has more than the {MAX_FLAGS} flags that can cross", cx.def.name);
        report.error(cx.ident, Message::new(what).at(cx.def.place.as_ref()).help("split the type"));
        return Expansion::default();
    }
    let rust: Vec<_> =
        named.iter().map(|(ident, field)| RustItem::new(ident, &field.attrs, report)).collect();
    let wit: Vec<_> = labels.iter().map(wit_item).collect();
    let mut paired = Vec::new();
    for (label, index) in labels.iter().zip(pair(cx, "flag", &rust, &wit, report)) {
        let Some((ident, own)) = index.and_then(|index| named.get(index)) else { continue };
        if !is_bool(&own.ty) {
            let what = format!("flag `{ident}` of WIT flags `{}` is not a `bool`", cx.def.name);
            report.error(&own.ty, Message::new(what).at(label.place.as_ref()).help("write `bool`"));
        }
        paired.push(*ident);
    }
    Expansion { checks: TokenStream::new(), parts: parts(cx, &paired) }
}

/// Whether the type is written `bool`. A flag has no other, so there is nothing to leave to the compiler.
fn is_bool(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Path(path) if path.path.is_ident("bool"))
}

fn wit_item(label: &Label) -> WitItem<'_> {
    let rust = snake_ident(&label.name);
    let declaration = format!("{rust}: bool");
    WitItem { name: &label.name, place: label.place.as_ref(), rust, declaration }
}

fn parts(cx: &Cx<'_>, names: &[&syn::Ident]) -> TokenStream {
    let ident = cx.ident;
    let positions: Vec<_> = (0..names.len()).map(Literal::usize_unsuffixed).collect();
    quote! {
        #[automatically_derived]
        impl ::linchpin_guest::WitFlags for #ident {
            #[inline(always)]
            fn to_bits(&self) -> u32 {
                0 #(| (u32::from(self.#names) << #positions))*
            }

            #[inline(always)]
            fn from_bits(bits: u32) -> Self {
                Self { #(#names: (bits >> #positions) & 1 == 1),* }
            }
        }
        ::linchpin_guest::__testing! { flags #ident }
    }
}
