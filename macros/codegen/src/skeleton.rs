//! The source of a guest crate for a world: types that fit its contract and functions to fill in.
//!
//! What is written here passes the same derives and the same `export` that check a guest written by hand.

mod naming;

use linchpin_contract::{Case, Contract, Field, Label, Tags, Type, TypeDef, TypeKind, World};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::export;
use crate::host::docs;
use crate::host::rust_type::Contents;
use crate::names::{camel_ident, snake_ident};
use crate::report::Message;
use crate::shape::rust_name;
use naming::Names;

/// The whole `lib.rs` of a guest of this world, formatted.
///
/// # Errors
/// What of the world no guest can have, as [`export`](crate::export::expand) would say it.
///
/// # Panics
/// Never: what is written is formatted as Rust, which it is.
pub fn guest(contract: &Contract, world: &World) -> Result<String, Vec<Message>> {
    let refusals = export::refusals(world);
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let names = Names::of(contract, world);
    let types = names.types().map(|def| definition(&names, def));
    let functions = names.functions().into_iter().map(|entry| function(&names, &entry));
    let module = format!(" A guest of the world `{}`.", world.name);
    let (ident, name) = (names.guest(), &world.name);
    let about = docs::item(&world.docs, &Tags::default(), &format!("The functions of the world `{name}`."));
    let tokens = quote! {
        #![doc = #module]
        #![cfg_attr(target_family = "wasm", no_std)]
        use linchpin_guest::prelude::*;
        #(#types)*
        #about
        pub struct #ident;
        #[linchpin_guest::export(world = #name)]
        impl #ident { #(#functions)* }
        linchpin_guest::runtime!();
    };
    let file = syn::parse2(tokens).map_err(|error| vec![Message::new(error.to_string())])?;
    Ok(spaced(&prettyplease::unparse(&file)))
}

/// With an empty line before each item, as people write them.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = "";
    for line in text.lines() {
        let opens = !line.is_empty() && !line.starts_with([' ', '}', ')', ']']);
        let begins = opens && !before.starts_with("///") && !before.starts_with("#[") && !before.is_empty();
        let continues = before.starts_with("//!") && line.starts_with("//!");
        if begins && !continues {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        before = line;
    }
    out
}

fn definition(names: &Names<'_>, def: &TypeDef) -> TokenStream {
    let ident = names.of_type(def);
    let docs = docs::item(&def.docs, &def.tags, "");
    let wit = names.spelling(def).map(|name| quote!(#[wit(#name)]));
    match &def.kind {
        TypeKind::Record(fields) => {
            let (derives, fields) = (derives(def, "Record"), fields.iter().map(|it| field(names, it)));
            quote!(#docs #derives #wit pub struct #ident { #(#fields,)* })
        }
        TypeKind::Variant(cases) => {
            let (derives, cases) = (derives(def, "Variant"), cases.iter().map(|it| case(names, it)));
            quote!(#docs #derives #wit pub enum #ident { #(#cases,)* })
        }
        TypeKind::Enum(labels) => {
            let labels = labels.iter().map(label);
            let derives = derives(def, "Enum");
            quote!(#docs #derives #wit pub enum #ident { #(#labels,)* })
        }
        TypeKind::Flags(labels) => {
            let flags = labels.iter().map(flag);
            let derives = derives(def, "Flags");
            quote!(#docs #derives #wit pub struct #ident { #(#flags,)* })
        }
        TypeKind::Alias(target) => {
            let ty = rust_type(names, target);
            quote!(#docs pub type #ident = #ty;)
        }
        // `refusals` let no world with resources through.
        TypeKind::Resource => TokenStream::new(),
    }
}

fn derives(def: &TypeDef, own: &str) -> TokenStream {
    let contents = Contents::of_def(def);
    let own = format_ident!("{own}");
    let copy = (!contents.heap).then(|| quote!(Copy,));
    let compare = (!contents.long_tuple).then(|| quote!(Debug, PartialEq,));
    let eq = (!contents.long_tuple && !contents.floats).then(|| quote!(Eq,));
    quote!(#[derive(Clone, #copy #compare #eq #own)])
}

fn field(names: &Names<'_>, field: &Field) -> TokenStream {
    let docs = docs::item(&field.docs, &field.tags, "");
    let (ident, ty) = (snake_ident(&field.name), rust_type(names, &field.ty));
    quote!(#docs pub #ident: #ty)
}

fn case(names: &Names<'_>, case: &Case) -> TokenStream {
    let docs = docs::item(&case.docs, &case.tags, "");
    let ident = camel_ident(&case.name);
    let payload = case.payload.as_ref().map(|payload| {
        let ty = rust_type(names, payload);
        quote!((#ty))
    });
    quote!(#docs #ident #payload)
}

fn flag(label: &Label) -> TokenStream {
    let docs = docs::item(&label.docs, &Tags::default(), "");
    let ident = snake_ident(&label.name);
    quote!(#docs pub #ident: bool)
}

fn label(label: &Label) -> TokenStream {
    let docs = docs::item(&label.docs, &Tags::default(), "");
    let ident = camel_ident(&label.name);
    quote!(#docs #ident)
}

fn function(names: &Names<'_>, entry: &naming::Entry<'_>) -> TokenStream {
    let function = entry.function;
    let docs = docs::item(&function.docs, &function.tags, "");
    let wit = entry.spelling.as_ref().map(|name| quote!(#[wit(#name)]));
    let ident = &entry.ident;
    let params = function.params.iter().map(|param| {
        let (ident, ty) = (snake_ident(&param.name), rust_type(names, &param.ty));
        quote!(#ident: #ty)
    });
    let result = function.result.as_ref().map(|result| {
        let ty = rust_type(names, result);
        quote!(-> #ty)
    });
    quote! {
        #docs #wit
        pub fn #ident(#(#params),*) #result { todo!() }
    }
}

fn rust_type(names: &Names<'_>, ty: &Type) -> TokenStream {
    let part = |ty: &Type| rust_type(names, ty);
    let side = |ty: &Option<Box<Type>>| ty.as_deref().map_or_else(|| quote!(()), part);
    match ty {
        Type::Primitive(primitive) => {
            let ident = format_ident!("{}", rust_name(*primitive));
            quote!(#ident)
        }
        Type::Named(def) => {
            let ident = names.of_type(naming::meant(def));
            quote!(#ident)
        }
        Type::List(item) => {
            let item = part(item);
            quote!(Vec<#item>)
        }
        Type::Option(item) => {
            let item = part(item);
            quote!(Option<#item>)
        }
        Type::Result { ok, err } => {
            let (ok, err) = (side(ok), side(err));
            quote!(Result<#ok, #err>)
        }
        Type::Tuple(items) => {
            let items = items.iter().map(part);
            quote!((#(#items,)*))
        }
        // `refusals` let no world with these through.
        Type::FixedList(..)
        | Type::Map(..)
        | Type::Stream(_)
        | Type::Future(_)
        | Type::Own(_)
        | Type::Borrow(_) => quote!(core::convert::Infallible),
    }
}
