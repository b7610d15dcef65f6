//! For each declared type that crosses: the conversion between upstream's type and whatever the user derived.

use linchpin_contract::{Case, Field, Label, TypeDef, TypeKind};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::upstream::{Bindings, Side};
use super::wire::{Crossing, Leaf, Wire};
use crate::names::{upstream_case, upstream_snake};

/// The conversion of one declared type, and the declared types that it needs in turn.
pub(super) fn bridge(
    def: &TypeDef,
    path: &TokenStream,
    side: Side<'_>,
    bindings: &Bindings,
) -> (TokenStream, Vec<Leaf>) {
    let mut wire = Wire { bindings, side, leaves: Vec::new() };
    let body = match &def.kind {
        TypeKind::Record(fields) => record(fields, path, &mut wire),
        TypeKind::Variant(cases) => variant(cases, path, &mut wire),
        TypeKind::Enum(labels) => enumeration(labels, path),
        TypeKind::Flags(_) => flags(path),
        // Neither is a type of its own in upstream's code.
        TypeKind::Alias(_) | TypeKind::Resource => return (TokenStream::new(), Vec::new()),
    };
    let Body { bound, lift, lower } = body;
    let implementation = implementation(path, &bound, &wire.leaves, &lift, &lower);
    (implementation, wire.leaves)
}

/// The middle of an implementation: what the user's type must be, and the two conversions.
struct Body {
    bound: TokenStream,
    lift: TokenStream,
    lower: TokenStream,
}

fn implementation(
    path: &TokenStream,
    bound: &TokenStream,
    leaves: &[Leaf],
    lift: &TokenStream,
    lower: &TokenStream,
) -> TokenStream {
    let parameters = leaves.iter().map(|leaf| &leaf.parameter);
    let bounds = bounds(leaves);
    quote! {
        impl<User, #(#parameters),*> ::linchpin_guest::__private::Convert<User> for #path
        where
            User: #bound,
            #bounds
        {
            type Wire = Self;

            #[inline(always)]
            fn lift(value: Self) -> User {
                #lift
            }

            #[inline(always)]
            fn lower(value: User) -> Self {
                #lower
            }
        }
    }
}

/// What the type parameters of all leaves must be.
pub(super) fn bounds(leaves: &[Leaf]) -> TokenStream {
    leaves.iter().map(|leaf| leaf.bound.clone()).collect()
}

fn record(fields: &[Field], path: &TokenStream, wire: &mut Wire<'_>) -> Body {
    let crossings: Vec<Crossing> = fields.iter().map(|field| wire.crossing(&field.ty)).collect();
    let names: Vec<Ident> = fields.iter().map(|field| upstream_snake(&field.name)).collect();
    let users = crossings.iter().map(|crossing| &crossing.user);
    let lifts = crossings.iter().zip(&names).map(|(crossing, name)| crossing.lift(&quote!(#name)));
    let lowers = crossings.iter().zip(&names).map(|(crossing, name)| crossing.lower(&quote!(#name)));
    Body {
        bound: quote!(::linchpin_guest::WitRecord<Parts = (#(#users,)*)>),
        lift: quote! {
            let #path { #(#names),* } = value;
            <User as ::linchpin_guest::WitRecord>::from_parts((#(#lifts,)*))
        },
        lower: quote! {
            let (#(#names,)*) = <User as ::linchpin_guest::WitRecord>::into_parts(value);
            #path { #(#names: #lowers),* }
        },
    }
}

fn enumeration(labels: &[Label], path: &TokenStream) -> Body {
    let names: Vec<Ident> = labels.iter().map(|label| upstream_case(&label.name)).collect();
    let positions: Vec<_> = (0..names.len()).map(Literal::usize_unsuffixed).collect();
    Body {
        bound: quote!(::linchpin_guest::WitEnum),
        lift: quote! {
            let index = match value {
                #(#path::#names => #positions,)*
            };
            match <User as ::linchpin_guest::WitEnum>::from_index(index) {
                ::core::option::Option::Some(value) => value,
                ::core::option::Option::None => ::linchpin_guest::__private::impossible(),
            }
        },
        lower: quote! {
            match <User as ::linchpin_guest::WitEnum>::index(&value) {
                #(#positions => #path::#names,)*
                _ => ::linchpin_guest::__private::impossible(),
            }
        },
    }
}

fn flags(path: &TokenStream) -> Body {
    Body {
        bound: quote!(::linchpin_guest::WitFlags),
        lift: quote!(<User as ::linchpin_guest::WitFlags>::from_bits(value.bits() as u32)),
        lower: quote!(#path::from_bits_retain(<User as ::linchpin_guest::WitFlags>::to_bits(&value) as _)),
    }
}

fn variant(cases: &[Case], path: &TokenStream, wire: &mut Wire<'_>) -> Body {
    let mut bound = quote!(::linchpin_guest::WitVariant);
    let (mut lifts, mut lowers) = (TokenStream::new(), TokenStream::new());
    for (index, case) in cases.iter().enumerate() {
        let (index, name) = (Literal::usize_unsuffixed(index), upstream_case(&case.name));
        let crossing = wire.optional(case.payload.as_ref());
        let user = &crossing.user;
        bound.extend(quote!(+ ::linchpin_guest::WitCase<#index, Payload = #user>));
        let own = quote!(<User as ::linchpin_guest::WitCase<#index>>);
        let payload = quote!(payload);
        let (lift, lower) = (crossing.lift(&payload), crossing.lower(&payload));
        if case.payload.is_some() {
            lifts.extend(quote!(#path::#name(payload) => #own::from_payload(#lift),));
            lowers.extend(quote! {
                #index => match #own::into_payload(value) {
                    ::core::option::Option::Some(payload) => #path::#name(#lower),
                    ::core::option::Option::None => ::linchpin_guest::__private::impossible(),
                },
            });
        } else {
            lifts.extend(quote!(#path::#name => #own::from_payload(()),));
            lowers.extend(quote!(#index => #path::#name,));
        }
    }
    Body {
        bound,
        lift: quote!(match value { #lifts }),
        lower: quote! {
            match <User as ::linchpin_guest::WitVariant>::index(&value) {
                #lowers
                _ => ::linchpin_guest::__private::impossible(),
            }
        },
    }
}
