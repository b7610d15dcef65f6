//! The functions of a world as a guest's own tests call them, natively and by bytes.

use std::path::Path;

use linchpin_contract::World;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::FnArg;

use super::matching::Export;
use super::methods::without_self;

/// What `linchpin_guest` makes of it depends on its feature `testing`: nothing, in all other builds.
pub(super) fn exports(world: &World, exports: &[Export<'_>], self_ty: &syn::Type, wit: &Path) -> TokenStream {
    let functions = exports.iter().map(|export| {
        let interface = export.interface.map(|id| format!("{id}#")).unwrap_or_default();
        let (name, own) = (format!("{interface}{}", export.function.name), &export.own.sig.ident);
        let inputs = export.own.sig.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(param) => Some(without_self(&param.ty, self_ty)),
            FnArg::Receiver(_) => None,
        });
        let arguments = inputs.enumerate().map(|(index, ty)| {
            let argument = format_ident!("argument{index}");
            quote!(#argument: #ty)
        });
        quote!(#name = <#self_ty>::#own, (#(#arguments),*);)
    });
    let (name, wit) = (&world.name, wit.display().to_string());
    quote! {
        #[cfg(not(target_family = "wasm"))]
        ::linchpin_guest::__testing! { exports #self_ty, #name, #wit, #(#functions)* }
    }
}
