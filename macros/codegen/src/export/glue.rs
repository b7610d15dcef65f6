//! The glue of one world: upstream's bindings, conversions, and the implementation that calls the user.

use std::collections::BTreeMap;

use linchpin_contract::{Type, World};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{FnArg, ReturnType};

use super::bridges::{bounds, bridge};
use super::matching::Export;
use super::methods::without_self;
use super::upstream::{Bindings, COMPONENT, Side};
use super::wire::{Leaf, Wire};
use crate::names::upstream_snake;

pub(super) fn glue(
    world: &World,
    exports: &[Export<'_>],
    self_ty: &syn::Type,
    bindings: &Bindings,
) -> TokenStream {
    let mut glue =
        Glue { bindings, self_ty, markers: TokenStream::new(), bridges: BTreeMap::new(), marked: 0 };
    let guests = glue.guests(world, exports);
    let Glue { markers, bridges, .. } = glue;
    let (code, bridges) = (&bindings.code, bridges.values());
    quote! {
        #[cfg(target_family = "wasm")]
        #[allow(warnings, clippy::all, clippy::pedantic, clippy::restriction, reason = "generated code")]
        const _: () = {
            use ::linchpin_guest::__private::Disagreed as _;

            mod __bindings {
                #code
            }

            #(#bridges)*
            #markers
            #guests
        };
    }
}

struct Glue<'a> {
    bindings: &'a Bindings,
    self_ty: &'a syn::Type,
    markers: TokenStream,
    /// The conversion of each declared type, by its path in upstream's code.
    bridges: BTreeMap<String, TokenStream>,
    marked: usize,
}

impl Glue<'_> {
    /// One implementation of upstream's `Guest` trait for each exported interface, and one for the world's own.
    fn guests(&mut self, world: &World, exports: &[Export<'_>]) -> TokenStream {
        let component = format_ident!("{COMPONENT}");
        let mut guests = TokenStream::new();
        let mut owners: Vec<_> = world.exported_interfaces().map(|interface| Some(&interface.id)).collect();
        if exports.iter().any(|export| export.interface.is_none()) {
            owners.push(None);
        }
        for owner in owners {
            let path = owner.map(|id| self.bindings.interface_path(id, Side::Export(id)));
            let path = path.unwrap_or_else(|| quote!(__bindings));
            let own = exports.iter().filter(|export| export.interface == owner);
            let functions: Vec<_> = own.map(|export| self.function(export)).collect();
            guests.extend(quote! {
                impl #path::Guest for __bindings::#component {
                    #(#functions)*
                }
            });
        }
        guests
    }

    fn function(&mut self, export: &Export<'_>) -> TokenStream {
        let side = export.interface.map_or(Side::Import, Side::Export);
        let (name, own) = (upstream_snake(&export.function.name), &export.own.sig.ident);
        let inputs = export.own.sig.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(param) => Some(without_self(&param.ty, self.self_ty)),
            FnArg::Receiver(_) => None,
        });
        let (mut params, mut arguments) = (TokenStream::new(), TokenStream::new());
        for (index, (param, ty)) in export.function.params.iter().zip(inputs).enumerate() {
            let (marker, wire) = self.marker(Some(&param.ty), side);
            let argument = format_ident!("argument{index}");
            params.extend(quote!(#argument: #wire,));
            arguments
                .extend(quote!(::linchpin_guest::__private::Bridge::<#marker, #ty>::NEW.lift(#argument),));
        }
        let (marker, wire) = self.marker(export.function.result.as_ref(), side);
        let result = match &export.own.sig.output {
            ReturnType::Default => quote!(()),
            ReturnType::Type(_, ty) => {
                let ty = without_self(ty, self.self_ty);
                quote!(#ty)
            }
        };
        let self_ty = self.self_ty;
        quote! {
            #[inline(always)]
            fn #name(#params) -> #wire {
                let result = <#self_ty>::#own(#arguments);
                ::linchpin_guest::__private::Bridge::<#marker, #result>::NEW.lower(result)
            }
        }
    }

    /// A marker for the conversion of one parameter or result, and its type in upstream's code.
    fn marker(&mut self, ty: Option<&Type>, side: Side<'_>) -> (Ident, TokenStream) {
        let marker = format_ident!("__Crossing{}", self.marked);
        self.marked += 1;
        let mut wire = Wire { bindings: self.bindings, side, leaves: Vec::new() };
        let crossing = wire.optional(ty);
        let leaves = wire.leaves;
        let parameters = leaves.iter().map(|leaf| &leaf.parameter);
        let bounds = bounds(&leaves);
        let value = quote!(value);
        let (lift, lower) = (crossing.lift(&value), crossing.lower(&value));
        let (user, wire) = (crossing.user, crossing.wire);
        self.markers.extend(quote! {
            struct #marker;

            impl<#(#parameters),*> ::linchpin_guest::__private::Convert<#user> for #marker
            where
                #bounds
            {
                type Wire = #wire;

                #[inline(always)]
                fn lift(value: #wire) -> #user {
                    #lift
                }

                #[inline(always)]
                fn lower(value: #user) -> #wire {
                    #lower
                }
            }
        });
        self.reach(leaves, side);
        (marker, wire)
    }

    /// Adds the conversions of these declared types and of all that they are made of.
    fn reach(&mut self, leaves: Vec<Leaf>, side: Side<'_>) {
        let mut open = leaves;
        while let Some(leaf) = open.pop() {
            let Some((def, path)) = leaf.declared else { continue };
            let key = path.to_string();
            if self.bridges.contains_key(&key) {
                continue;
            }
            let (implementation, inner) = bridge(&def, &path, side, self.bindings);
            self.bridges.insert(key, implementation);
            open.extend(inner);
        }
    }
}
