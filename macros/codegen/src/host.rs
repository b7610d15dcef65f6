//! `linchpin_host::bindings!`: what device software needs to call a world, from its WIT.
//!
//! ```text
//! arguments ─▶ source ─▶ plan ─┬─▶ types       Rust types for every WIT type that the functions use
//!                              ├─▶ function    one `call_..` a function ◀─ abi (upstream's walk, our tokens)
//!                              ├─▶ guards      ranges and steps of the contract's tags
//!                              ├─▶ contract    the static `WORLD`, what loading compares bytes with
//!                              ├─▶ slot        the typed slot
//!                              └─▶ descriptor  what `linchpin inspect` finds in the firmware
//! ```
//!
//! The generated module is named after the world and names nothing but `::linchpin_host`, `::core` and `::std`.

mod abi;
mod arguments;
mod contract;
mod descriptor;
mod docs;
mod function;
mod guards;
mod plan;
mod resolve;
mod rust_type;
mod slot;
mod types;

use linchpin_contract::World;
use proc_macro2::{Span, TokenStream};
use quote::quote;

use crate::names::snake_ident;
use crate::report::Report;

pub use arguments::Arguments;

/// Expands `bindings!`.
pub fn bindings(input: TokenStream) -> TokenStream {
    let mut report = Report::default();
    let module =
        syn::parse2::<Arguments>(input).map_err(|error| report.push(error)).ok().and_then(|arguments| {
            let source = arguments.source(&mut report)?;
            let world = arguments.world(&source, &mut report)?;
            let descriptor = descriptor::record(&source, world);
            let descriptor =
                descriptor.map_err(|error| report.push(syn::Error::new(arguments.span(), error))).ok()?;
            let module = expand(world, &descriptor).map_err(|error| {
                report.push(syn::Error::new(arguments.span(), error));
            });
            let tracking = source.tracking();
            module.ok().map(|module| quote!(#tracking #module))
        });
    let errors = report.tokens();
    quote!(#errors #module)
}

/// The module of a world that [`bindings`] would accept; `descriptor` is the record that it leaves in the firmware.
///
/// # Errors
/// [`linchpin_contract::Error::TypeTooLarge`] of a function whose canonical text is beyond all use.
pub fn expand(world: &World, descriptor: &[u8]) -> Result<TokenStream, linchpin_contract::Error> {
    let plan = plan::Plan::new(world)?;
    let name = snake_ident(&world.name);
    let docs = docs::module(world);
    let types = types::emit(&plan);
    let contract = contract::emit(&plan);
    let functions: TokenStream =
        plan.functions.iter().map(|function| function::emit(&plan, function)).collect();
    let guards = guards::emit(&plan);
    let slot = slot::emit(&plan);
    let descriptor = descriptor::emit(descriptor);
    Ok(quote! {
        #docs
        #[allow(deprecated, clippy::all, clippy::pedantic, clippy::restriction, reason = "this module is generated")]
        pub mod #name {
            #types
            #contract
            #slot
            #functions
            #guards
            #descriptor
        }
    })
}

/// The span of the macro call.
fn call_site() -> Span {
    Span::call_site()
}
