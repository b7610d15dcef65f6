//! Source to begin a guest with: a Rust type for every WIT type of a world, and its functions still to be written.
//!
//! The derives and `export` accept what this prints. Names follow from the WIT's; `#[wit(..)]` stands only where a
//! name alone would not lead back.

use std::collections::BTreeMap;
use std::sync::Arc;

use linchpin_contract::{
    Case, Contract, Field, Function, InterfaceId, Label, Owner, Tags, Type, TypeDef, TypeKind, World,
};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::alias;
use crate::distinct::{distinct, interface_names};
use crate::export::matching::path;
use crate::host::rust_type::Contents;
use crate::host::{OwnTypes, docs};
use crate::lookup::shortest_name;
use crate::names::{camel_ident, kebab, same, snake_ident};
use crate::needed::Needed;
use crate::report::Message;
use crate::shape;
use crate::unsupported::refusals;

/// The source for a world.
///
/// # Errors
/// Everything that no guest can implement.
pub fn starter(contract: &Contract, world: &World) -> Result<String, Vec<Message>> {
    let refused = refusals(world);
    if !refused.is_empty() {
        return Err(refused);
    }
    let starter = Starter::new(contract, world);
    let head = format!(" A guest of the world `{}`.", world.name);
    let mut items = vec![
        quote!(#![doc = #head] #![cfg_attr(target_family = "wasm", no_std)]),
        quote!(
            use linchpin_guest::prelude::*;
        ),
    ];
    items.extend(starter.defs.iter().map(|def| starter.definition(def)));
    items.extend(starter.exports(world));
    items.push(quote!(linchpin_guest::runtime!();));
    Ok(items.into_iter().map(formatted).collect::<Vec<_>>().join("\n"))
}

/// One item, as rustfmt would write it.
fn formatted(item: TokenStream) -> String {
    match syn::parse2(item.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        // Names are identifiers, so that this is never reached; the tokens are right all the same.
        Err(_) => item.to_string(),
    }
}

struct Starter<'c> {
    contract: &'c Contract,
    defs: Vec<Arc<TypeDef>>,
    /// By owner and WIT name.
    idents: BTreeMap<(Owner, String), Ident>,
}

impl<'c> Starter<'c> {
    fn new(contract: &'c Contract, world: &World) -> Self {
        let mut needed = Needed::by(world);
        let order = std::mem::take(&mut needed.order);
        let defs = order.iter().filter_map(|owner| needed.types.remove(owner)).flatten();
        let defs: Vec<_> = defs.filter(is_written).collect();
        let choices: Vec<_> = defs.iter().map(|def| type_names(def)).collect();
        // The struct of the exports, and the names that the prelude brings along.
        let taken = [
            world.name.as_str(),
            "box",
            "string",
            "vec",
            "option",
            "result",
            "record",
            "enum",
            "variant",
            "flags",
            "alias",
        ];
        let stems = distinct(&choices, &taken);
        let idents = defs.iter().zip(stems).map(|(def, stem)| (key(def), camel_ident(&stem)));
        Self { contract, idents: idents.collect(), defs }
    }

    fn ident(&self, def: &TypeDef) -> Ident {
        self.idents.get(&key(def)).cloned().unwrap_or_else(|| camel_ident(&def.name))
    }

    fn definition(&self, def: &TypeDef) -> TokenStream {
        let ident = self.ident(def);
        let docs = docs::item(&def.docs, &def.tags, &format!("The {} `{}`.", def.kind.as_str(), def.name));
        let name = shortest_name(self.contract, def);
        let wit = if kebab(&ident) == name { TokenStream::new() } else { quote!(#[wit(#name)]) };
        let item = match &def.kind {
            TypeKind::Record(fields) => self.record(&ident, fields),
            TypeKind::Variant(cases) => self.variant(&ident, cases),
            TypeKind::Enum(labels) => enumeration(&ident, labels),
            TypeKind::Flags(labels) => flags(&ident, labels),
            TypeKind::Alias(_) => {
                let primitive =
                    alias::primitive(def).map(|primitive| format_ident!("{}", shape::rust_name(primitive)));
                quote!(pub struct #ident(#primitive);)
            }
            TypeKind::Resource => return TokenStream::new(),
        };
        let derives = derives(def);
        quote!(#docs #derives #wit #item)
    }

    fn record(&self, ident: &Ident, fields: &[Field]) -> TokenStream {
        let fields = fields.iter().map(|field| {
            let docs = docs::item(&field.docs, &field.tags, &format!("The field `{}`.", field.name));
            let (name, ty) = (snake_ident(&field.name), self.ty(&field.ty));
            let wit = wit(&name, &field.name);
            quote!(#docs #wit pub #name: #ty)
        });
        quote!(pub struct #ident { #(#fields,)* })
    }

    fn variant(&self, ident: &Ident, cases: &[Case]) -> TokenStream {
        let cases = cases.iter().map(|case| {
            let docs = docs::item(&case.docs, &case.tags, &format!("The case `{}`.", case.name));
            let name = camel_ident(&case.name);
            let wit = wit(&name, &case.name);
            let payload = case.payload.as_ref().map(|payload| {
                let ty = self.ty(payload);
                quote!((#ty))
            });
            quote!(#docs #wit #name #payload)
        });
        quote!(pub enum #ident { #(#cases,)* })
    }

    /// A type as a user writes it.
    fn ty(&self, ty: &Type) -> TokenStream {
        let side = |ty: &Option<Box<Type>>| ty.as_deref().map_or_else(|| quote!(()), |ty| self.ty(ty));
        match ty {
            Type::Primitive(primitive) => {
                let name = format_ident!("{}", shape::rust_name(*primitive));
                quote!(#name)
            }
            Type::List(item) | Type::FixedList(item, _) => {
                let item = self.ty(item);
                quote!(Vec<#item>)
            }
            Type::Option(item) => {
                let item = self.ty(item);
                quote!(Option<#item>)
            }
            Type::Result { ok, err } => {
                let (ok, err) = (side(ok), side(err));
                quote!(Result<#ok, #err>)
            }
            Type::Tuple(items) => {
                let items = items.iter().map(|item| self.ty(item));
                quote!((#(#items,)*))
            }
            Type::Named(def) => match &def.kind {
                TypeKind::Alias(target) => match self.idents.get(&key(alias::declared(def))) {
                    Some(ident) => quote!(#ident),
                    None => self.ty(target),
                },
                TypeKind::Record(_)
                | TypeKind::Variant(_)
                | TypeKind::Enum(_)
                | TypeKind::Flags(_)
                | TypeKind::Resource => {
                    let ident = self.ident(def);
                    quote!(#ident)
                }
            },
            // Refused before anything is written.
            Type::Map(..) | Type::Stream(_) | Type::Future(_) | Type::Own(_) | Type::Borrow(_) => {
                quote!(core::convert::Infallible)
            }
        }
    }

    /// The struct that stands for the world, and its functions.
    fn exports(&self, world: &World) -> [TokenStream; 2] {
        let (ident, name) = (camel_ident(&world.name), &world.name);
        let docs =
            docs::item(&world.docs, &Tags::default(), &format!("The functions of the world `{name}`."));
        let functions: Vec<_> = world.exported_functions().collect();
        let choices: Vec<_> =
            functions.iter().map(|(owner, function)| function_names(*owner, function)).collect();
        let stems = distinct(&choices, &[]);
        let methods = functions.iter().zip(stems).map(|((owner, function), stem)| {
            let alike = functions.iter().filter(|(_, other)| other.name == function.name).count();
            let path = path(world, *owner, function);
            let wit = if alike > 1 { quote!(#[wit(#path)]) } else { TokenStream::new() };
            self.method(function, &snake_ident(&stem), &wit)
        });
        [
            quote!(#docs #[derive(Debug)] pub struct #ident;),
            quote!(#[linchpin_guest::export(world = #name)] impl #ident { #(#methods)* }),
        ]
    }

    fn method(&self, function: &Function, name: &Ident, wit: &TokenStream) -> TokenStream {
        let what = format!("The function `{}`.", function.name);
        let docs = docs::item(&function.docs, &function.tags, &what);
        let parameters = function.params.iter().map(|param| {
            let (ident, ty) = (snake_ident(&param.name), self.ty(&param.ty));
            let wit = self::wit(&ident, &param.name);
            quote!(#wit #ident: #ty)
        });
        let result = function.result.as_ref().map(|ty| {
            let ty = self.ty(ty);
            quote!(-> #ty)
        });
        quote!(#docs #wit pub fn #name(#(#parameters),*) #result { todo!() })
    }
}

fn key(def: &TypeDef) -> (Owner, String) {
    (def.owner.clone(), def.name.clone())
}

fn type_names(def: &TypeDef) -> Vec<String> {
    let owners = match &def.owner {
        Owner::Interface(id) => interface_names(id),
        Owner::World(_, name) => vec![name.clone()],
    };
    let qualified = owners.into_iter().map(|owner| format!("{owner}-{}", def.name));
    std::iter::once(def.name.clone()).chain(qualified).collect()
}

fn function_names(owner: Option<&InterfaceId>, function: &Function) -> Vec<String> {
    let owners = owner.map(interface_names).unwrap_or_default();
    let qualified = owners.into_iter().map(|owner| format!("{owner}-{}", function.name));
    std::iter::once(function.name.clone()).chain(qualified).collect()
}

/// `#[wit(..)]` for a name that Rust cannot write.
fn wit(ident: &Ident, name: &str) -> TokenStream {
    if same(ident, name) { TokenStream::new() } else { quote!(#[wit(#name)]) }
}

fn enumeration(ident: &Ident, labels: &[Label]) -> TokenStream {
    let cases = labels.iter().map(|label| {
        let docs = docs::item(&label.docs, &Tags::default(), &format!("The case `{}`.", label.name));
        let name = camel_ident(&label.name);
        let wit = wit(&name, &label.name);
        quote!(#docs #wit #name)
    });
    quote!(pub enum #ident { #(#cases,)* })
}

fn flags(ident: &Ident, labels: &[Label]) -> TokenStream {
    let flags = labels.iter().map(|label| {
        let docs = docs::item(&label.docs, &Tags::default(), &format!("The flag `{}`.", label.name));
        let name = snake_ident(&label.name);
        let wit = wit(&name, &label.name);
        quote!(#docs #wit pub #name: bool)
    });
    quote!(pub struct #ident { #(#flags,)* })
}

fn derives(def: &TypeDef) -> TokenStream {
    let contents = Contents::of_def(&OwnTypes::default(), def);
    let compare = (!contents.long_tuple).then(|| quote!(Debug, PartialEq,));
    let copy = (!contents.heap).then(|| quote!(Copy,));
    match &def.kind {
        TypeKind::Record(_) => quote!(#[derive(Record, #compare Clone, #copy)]),
        TypeKind::Variant(_) => quote!(#[derive(Variant, #compare Clone, #copy)]),
        TypeKind::Enum(_) => quote!(#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]),
        TypeKind::Flags(_) => quote!(#[derive(Flags, Debug, Clone, Copy, PartialEq, Eq, Default)]),
        TypeKind::Alias(_) => {
            let compare = if contents.floats { quote!(PartialOrd) } else { quote!(Eq, PartialOrd, Ord) };
            quote!(#[derive(Alias, Debug, Clone, #copy PartialEq, #compare)])
        }
        TypeKind::Resource => TokenStream::new(),
    }
}

/// Whether a type gets a Rust type of its own: of the aliases those of a primitive whose tags say more than it does.
fn is_written(def: &Arc<TypeDef>) -> bool {
    match &def.kind {
        TypeKind::Alias(_) => Arc::ptr_eq(alias::declared(def), def) && alias::is_newtype(def),
        TypeKind::Record(_) | TypeKind::Variant(_) | TypeKind::Enum(_) | TypeKind::Flags(_) => true,
        TypeKind::Resource => false,
    }
}
