//! One typed call over any engine: `call_plan(&mut instance, &inputs)`.

use linchpin_contract::Type;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::plan::{Plan, PlannedFunction};
use super::rust_type::{self, From, Passing};
use super::{abi, docs};
use crate::names::snake_ident;

/// The function.
pub(super) fn emit(plan: &Plan<'_>, planned: &PlannedFunction<'_>) -> TokenStream {
    let name = call_ident(planned);
    let signature = Signature::new(plan, planned);
    let (parameters, result) = (&signature.parameters, &signature.result);
    let body = abi::call(plan, planned, &signature.names);
    let docs = docs::attribute(&format!(
        "Calls `{}` on an instance of any engine, without range checks.\n\n\
         # Errors\nWhen the guest does not return, or returns bytes that are no value of the result.",
        planned.function.name
    ));
    let deprecated = docs::deprecation(&planned.function.stability);
    quote! {
        #docs
        #deprecated
        pub fn #name<I: ::linchpin_host::abi::Instance>(
            instance: &mut I,
            #(#parameters),*
        ) -> ::core::result::Result<#result, ::linchpin_host::abi::CallError> {
            use ::linchpin_host::abi;
            #body
        }
    }
}

/// The name of the function that [`emit`] makes.
pub(super) fn call_ident(planned: &PlannedFunction<'_>) -> Ident {
    format_ident!("call_{}", planned.stem)
}

/// A function's parameters and result in Rust.
pub(super) struct Signature {
    /// Parameter names, none of them `instance`, `cx` or another that generated code uses.
    pub names: Vec<(Ident, Passing)>,
    /// `name: Type`.
    pub parameters: Vec<TokenStream>,
    /// The owned result.
    pub result: TokenStream,
}

impl Signature {
    /// Of a function, as written in the world's module.
    pub(super) fn new(plan: &Plan<'_>, planned: &PlannedFunction<'_>) -> Self {
        let params = &planned.function.params;
        let names: Vec<_> = params
            .iter()
            .map(|param| (parameter_ident(&param.name), rust_type::passing(&param.ty)))
            .collect();
        let parameters = params.iter().zip(&names).map(|(param, (name, _))| {
            let ty = rust_type::parameter(plan, &param.ty);
            quote!(#name: #ty)
        });
        let parameters = parameters.collect();
        Self { parameters, result: result(plan, planned.function.result.as_ref()), names }
    }
}

fn result(plan: &Plan<'_>, ty: Option<&Type>) -> TokenStream {
    ty.map_or_else(|| quote!(()), |ty| rust_type::owned(plan, ty, From::World))
}

/// Names that generated code uses beside the parameters.
const LOCALS: &[&str] =
    &["instance", "cx", "lift", "slots", "value", "abi", "flat", "case", "guard", "violation"];

/// Names that generated code uses with a number behind them.
const NUMBERED: &[&str] = &[
    "address", "area", "bits", "element", "field", "flags", "flat", "list", "payload", "result", "string",
    "window",
];

fn parameter_ident(name: &str) -> Ident {
    let ident = snake_ident(name);
    let text = ident.to_string();
    let stem = text.trim_end_matches(|last: char| last.is_ascii_digit());
    if LOCALS.contains(&text.as_str()) || (stem.len() < text.len() && NUMBERED.contains(&stem)) {
        return format_ident!("{text}_");
    }
    ident
}
