//! Rust types for the WIT types that a world's functions use.
//!
//! Each interface has a module. Where a name means one type in the whole world, the world's module has it too.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use linchpin_contract::{Case, Field, Label, Owner, Tags, Type, TypeDef, TypeKind};
use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::own::unique_ident;
use super::plan::{Module, Plan, type_ident};
use super::rust_type::{Contents, From, owned, path};
use crate::names::{camel_ident, snake_ident};

/// Every module of types, the world's own types, and the names that need no module.
pub(super) fn emit(plan: &Plan<'_>) -> TokenStream {
    let modules = plan.modules.iter().map(|module| emit_module(plan, module));
    let own = plan.own_types.iter().map(|def| definition(plan, def, From::World));
    let shortcuts = shortcuts(plan);
    quote!(#(#modules)* #(#own)* #shortcuts)
}

fn emit_module(plan: &Plan<'_>, module: &Module<'_>) -> TokenStream {
    let ident = &module.ident;
    let text = module.interface.map_or("", |interface| interface.docs.as_str());
    let docs = docs::item(text, &Tags::default(), &format!("Types of the interface `{}`.", module.id));
    let types = module.types.iter().map(|def| definition(plan, def, From::Interface(ident)));
    quote! {
        #docs
        pub mod #ident { #(#types)* }
    }
}

/// `pub use` for each type whose Rust name nothing else in the world has.
fn shortcuts(plan: &Plan<'_>) -> TokenStream {
    let mut meanings: BTreeMap<String, BTreeSet<(Owner, String)>> = BTreeMap::new();
    let own = plan.own_types.iter();
    for def in plan.modules.iter().flat_map(|module| &module.types).chain(own) {
        let target = target(def);
        let meaning = (target.owner.clone(), target.name.clone());
        meanings.entry(type_ident(def).to_string()).or_default().insert(meaning);
    }
    let mut taken: BTreeSet<String> = plan.own_types.iter().map(|def| type_ident(def).to_string()).collect();
    taken.extend(super::slot::TAKEN_TYPES.iter().map(|name| (*name).to_owned()));
    let mut uses = TokenStream::new();
    for module in &plan.modules {
        for def in &module.types {
            let ident = type_ident(def);
            let is_only = meanings.get(&ident.to_string()).is_some_and(|meanings| meanings.len() == 1);
            if is_only && taken.insert(ident.to_string()) {
                let module = &module.ident;
                uses.extend(quote!(pub use self::#module::#ident;));
            }
        }
    }
    uses
}

/// The type behind the names that `use` leaves.
fn target(def: &Arc<TypeDef>) -> &Arc<TypeDef> {
    let mut def = def;
    while let TypeKind::Alias(Type::Named(target)) = &def.kind {
        def = target;
    }
    def
}

fn definition(plan: &Plan<'_>, def: &TypeDef, from: From<'_>) -> TokenStream {
    let docs = docs::item(&def.docs, &def.tags, &format!("The {} `{}`.", def.kind.as_str(), def.name));
    let deprecated = docs::deprecation(&def.stability);
    if plan.own(def).is_some() {
        let (ident, unique) = (type_ident(def), unique_ident(plan, def));
        let world = match from {
            From::World => quote!(self),
            From::Interface(_) => quote!(super),
        };
        return quote!(#docs #deprecated pub type #ident = #world::__own::#unique;);
    }
    let item = match &def.kind {
        TypeKind::Record(fields) => record(plan, def, fields, from),
        TypeKind::Variant(cases) => variant(plan, def, cases, from),
        TypeKind::Enum(labels) => enumeration(def, labels),
        TypeKind::Flags(labels) => flags(def, labels),
        TypeKind::Alias(target) => alias(plan, def, target, from),
        // `Arguments::world` let no world with resources through.
        TypeKind::Resource => return TokenStream::new(),
    };
    quote!(#docs #deprecated #item)
}

fn record(plan: &Plan<'_>, def: &TypeDef, fields: &[Field], from: From<'_>) -> TokenStream {
    let ident = type_ident(def);
    let derives = derives(Contents::of_def(plan.own, def));
    let fields = fields.iter().map(|field| {
        let docs = docs::item(&field.docs, &field.tags, &format!("The field `{}`.", field.name));
        let (name, ty) = (snake_ident(&field.name), owned(plan, &field.ty, from));
        quote!(#docs pub #name: #ty)
    });
    quote!(#derives pub struct #ident { #(#fields,)* })
}

fn variant(plan: &Plan<'_>, def: &TypeDef, cases: &[Case], from: From<'_>) -> TokenStream {
    let ident = type_ident(def);
    let derives = derives(Contents::of_def(plan.own, def));
    let cases = cases.iter().map(|case| {
        let docs = docs::item(&case.docs, &case.tags, &format!("The case `{}`.", case.name));
        let name = camel_ident(&case.name);
        let payload = case.payload.as_ref().map(|payload| {
            let ty = owned(plan, payload, from);
            quote!((#ty))
        });
        quote!(#docs #name #payload)
    });
    quote!(#derives pub enum #ident { #(#cases,)* })
}

fn enumeration(def: &TypeDef, labels: &[Label]) -> TokenStream {
    let ident = type_ident(def);
    let cases = labels.iter().map(|label| {
        let docs = docs::item(&label.docs, &Tags::default(), &format!("The case `{}`.", label.name));
        let name = camel_ident(&label.name);
        quote!(#docs #name)
    });
    quote! {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum #ident { #(#cases,)* }
    }
}

fn flags(def: &TypeDef, labels: &[Label]) -> TokenStream {
    let ident = type_ident(def);
    let flags = labels.iter().map(|label| {
        let docs = docs::item(&label.docs, &Tags::default(), &format!("The flag `{}`.", label.name));
        let name = snake_ident(&label.name);
        quote!(#docs pub #name: bool)
    });
    quote! {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
        pub struct #ident { #(#flags,)* }
    }
}

/// A name that `use` leaves is the type itself under its own name; any other alias is a type alias.
fn alias(plan: &Plan<'_>, def: &TypeDef, target: &Type, from: From<'_>) -> TokenStream {
    let ident = type_ident(def);
    match target {
        Type::Named(target) if type_ident(target) == ident => {
            let path = path(plan, target, from);
            quote!(pub use #path;)
        }
        target => {
            let ty = owned(plan, target, from);
            quote!(pub type #ident = #ty;)
        }
    }
}

fn derives(contents: Contents) -> TokenStream {
    let copy = (!contents.heap).then(|| quote!(, Copy));
    let compare = (!contents.long_tuple).then(|| quote!(, Debug, PartialEq));
    let eq = (!contents.long_tuple && !contents.floats).then(|| quote!(, Eq, Hash));
    quote!(#[derive(Clone #copy #compare #eq)])
}
