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
pub(crate) mod docs;
mod function;
mod guards;
mod own;
mod plan;
mod resolve;
pub(crate) mod rust_type;
mod slot;
mod stub;
mod types;

use linchpin_contract::World;
use proc_macro2::{Span, TokenStream};
use quote::quote;

use crate::names::snake_ident;
use crate::report::{Message, Report};

pub use arguments::Arguments;
pub use own::OwnTypes;

/// Expands `bindings!`.
pub fn bindings(input: TokenStream) -> TokenStream {
    let mut report = Report::default();
    let module = syn::parse2::<Arguments>(input.clone()).map_err(|error| report.push(error)).ok().and_then(
        |arguments| {
            let source = arguments.source(&mut report)?;
            let world = arguments.world(&source, &mut report)?;
            let descriptor = descriptor::record(&source, world);
            let descriptor = descriptor
                .map_err(|error| report.push(syn::Error::new(arguments.span(), Message::from(&error))))
                .ok()?;
            let own = OwnTypes::new(&source.contract, arguments.types.as_ref(), &arguments.with, &mut report);
            if !report.is_empty() {
                return None;
            }
            let module = expand(world, &own, &descriptor).map_err(|error| {
                report.push(syn::Error::new(arguments.span(), Message::from(&error)));
            });
            let tracking = source.tracking();
            module.ok().map(|module| quote!(#tracking #module))
        },
    );
    let errors = report.tokens();
    module.unwrap_or_else(|| stub::module(input, &errors))
}

/// The module of a world that [`bindings`] would accept, with the firmware's own types where it has them;
/// `descriptor` is the record that it leaves in the firmware.
///
/// # Errors
/// [`linchpin_contract::Error::TypeTooLarge`] of a function whose canonical text is beyond all use.
pub fn expand(
    world: &World,
    own: &OwnTypes,
    descriptor: &[u8],
) -> Result<TokenStream, linchpin_contract::Error> {
    let plan = plan::Plan::new(world, own)?;
    let name = snake_ident(&world.name);
    let docs = docs::module(world);
    let types = types::emit(&plan);
    let contract = contract::emit(&plan);
    let functions: TokenStream =
        plan.functions.iter().map(|function| function::emit(&plan, function)).collect();
    let guards = guards::emit(&plan);
    let slot = slot::emit(&plan);
    let descriptor = descriptor::emit(descriptor);
    let checked = own.checked(&plan)?;
    Ok(quote! {
        #docs
        #[allow(deprecated, private_interfaces, clippy::all, clippy::pedantic, clippy::restriction, reason = "this module is generated")]
        pub mod #name {
            #types
            #contract
            #slot
            #functions
            #guards
            #descriptor
            #checked
        }
    })
}

/// The span of the macro call.
fn call_site() -> Span {
    Span::call_site()
}
