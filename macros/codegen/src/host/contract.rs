//! The static `WORLD`: what loading compares a module's bytes with.

use linchpin_contract::World;
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use wit_bindgen_core::wit_parser::abi::{AbiVariant, WasmType};

use super::plan::{Plan, PlannedFunction};

/// The static.
pub(super) fn emit(plan: &Plan<'_>) -> TokenStream {
    let name = world_name(plan.world);
    let functions = plan.functions.iter().map(|function| emit_function(plan, function));
    quote! {
        /// What this firmware was compiled against: every function that it calls, with its digest.
        pub static WORLD: ::linchpin_host::world::WorldContract = ::linchpin_host::world::WorldContract {
            name: #name,
            functions: &[#(#functions),*],
        };
    }
}

/// As `acme:water-heater/heater@1.0.0`.
pub(super) fn world_name(world: &World) -> String {
    let package = &world.package;
    let version = package.version.as_ref().map(|version| format!("@{version}")).unwrap_or_default();
    format!("{}:{}/{}{version}", package.namespace, package.name, world.name)
}

fn emit_function(plan: &Plan<'_>, planned: &PlannedFunction<'_>) -> TokenStream {
    let interface = match planned.interface {
        Some(interface) => {
            let interface = interface.to_string();
            quote!(::core::option::Option::Some(#interface))
        }
        None => quote!(::core::option::Option::None),
    };
    let name = &planned.function.name;
    let digest = planned.digest.0.iter().map(|byte| Literal::u8_unsuffixed(*byte));
    let signature = plan
        .abi
        .functions
        .get(planned.index)
        .map(|function| plan.abi.resolve.wasm_signature(AbiVariant::GuestExport, function));
    let (params, results) =
        signature.map(|signature| (signature.params, signature.results)).unwrap_or_default();
    let params = params.into_iter().map(core_type);
    let result = results.first().map_or_else(
        || quote!(::core::option::Option::None),
        |ty| {
            let ty = core_type(*ty);
            quote!(::core::option::Option::Some(#ty))
        },
    );
    quote! {
        ::linchpin_host::world::FunctionContract {
            interface: #interface,
            name: #name,
            digest: [#(#digest),*],
            parameters: &[#(#params),*],
            result: #result,
        }
    }
}

/// Guests have 32-bit memories, so pointers and lengths are 32 bits long.
fn core_type(ty: WasmType) -> TokenStream {
    match ty {
        WasmType::I32 | WasmType::Pointer | WasmType::Length => quote!(::linchpin_host::world::CoreType::I32),
        WasmType::I64 | WasmType::PointerOrI64 => quote!(::linchpin_host::world::CoreType::I64),
        WasmType::F32 => quote!(::linchpin_host::world::CoreType::F32),
        WasmType::F64 => quote!(::linchpin_host::world::CoreType::F64),
    }
}
