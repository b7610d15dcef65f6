//! `#[derive(Enum)]`.

use linchpin_contract::Label;
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{DataEnum, Fields};

use super::pairing::{RustItem, WitItem, pair};
use super::{Cx, Expansion};
use crate::names::camel_ident;
use crate::report::{Message, Report};

pub(super) fn enumeration(cx: &Cx<'_>, labels: &[Label], data: &DataEnum, report: &mut Report) -> Expansion {
    let cases: Vec<_> = data.variants.iter().collect();
    let rust: Vec<_> = cases.iter().map(|case| RustItem::new(&case.ident, &case.attrs, report)).collect();
    let wit: Vec<_> = labels.iter().map(wit_item).collect();
    let mut paired = Vec::new();
    for (label, index) in labels.iter().zip(pair(cx, "case", &rust, &wit, report)) {
        let Some(case) = index.and_then(|index| cases.get(index)) else { continue };
        match &case.fields {
            Fields::Unit => paired.push(&case.ident),
            fields @ (Fields::Named(_) | Fields::Unnamed(_)) => {
                let what = format!("case `{}` of WIT enum `{}` carries nothing", case.ident, cx.def.name);
                let help = "remove the payload, or make the WIT type a variant";
                report.error(fields, Message::new(what).at(label.place.as_ref()).help(help));
            }
        }
    }
    Expansion { checks: TokenStream::new(), parts: parts(cx, &paired) }
}

fn wit_item(label: &Label) -> WitItem<'_> {
    let rust = camel_ident(&label.name);
    let declaration = rust.to_string();
    WitItem { name: &label.name, place: label.place.as_ref(), rust, declaration }
}

fn parts(cx: &Cx<'_>, names: &[&syn::Ident]) -> TokenStream {
    let ident = cx.ident;
    let positions: Vec<_> = (0..names.len()).map(Literal::usize_unsuffixed).collect();
    quote! {
        #[automatically_derived]
        impl ::linchpin_guest::WitEnum for #ident {
            #[inline(always)]
            fn index(&self) -> u32 {
                match self {
                    #(Self::#names => #positions,)*
                }
            }

            #[inline(always)]
            fn from_index(index: u32) -> ::core::option::Option<Self> {
                match index {
                    #(#positions => ::core::option::Option::Some(Self::#names),)*
                    _ => ::core::option::Option::None,
                }
            }
        }
        ::linchpin_guest::__testing! { enumeration #ident }
    }
}
