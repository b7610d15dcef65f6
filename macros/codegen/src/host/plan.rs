//! What is generated for a world, decided once: modules, types with their paths, functions with their names.

use std::sync::Arc;

use linchpin_contract::{
    Digest, Function, Interface, InterfaceId, Owner, TypeDef, World, WorldItem, function_digest,
};
use proc_macro2::{Ident, TokenStream};
use quote::format_ident;

use super::own::OwnTypes;
use super::resolve::AbiTypes;
use crate::distinct::{distinct, interface_names};
use crate::names::{camel_ident, snake_ident};
use crate::needed::Needed;

/// Everything that is generated for one world.
pub(super) struct Plan<'w> {
    /// The world.
    pub world: &'w World,
    /// One module for each interface that declares a needed type, in the order of need.
    pub modules: Vec<Module<'w>>,
    /// Needed types that the world itself declares.
    pub own_types: Vec<Arc<TypeDef>>,
    /// The functions, in the world's order: the index is the function's name in generated code.
    pub functions: Vec<PlannedFunction<'w>>,
    /// The types in upstream's form.
    pub abi: AbiTypes,
    /// The firmware's own types.
    pub own: &'w OwnTypes,
}

/// The types of one interface.
pub(super) struct Module<'w> {
    /// Its name, unique in the world.
    pub ident: Ident,
    /// The interface.
    pub id: InterfaceId,
    /// The interface's own text, where the world has it at hand.
    pub interface: Option<&'w Interface>,
    /// Needed types, each after those it is made of.
    pub types: Vec<Arc<TypeDef>>,
}

/// One function.
pub(super) struct PlannedFunction<'w> {
    /// Its place in `WORLD.functions`.
    pub index: usize,
    /// The interface that declares it.
    pub interface: Option<&'w InterfaceId>,
    /// The function.
    pub function: &'w Function,
    /// What its name is in Rust, unique in the world, as text without a raw prefix.
    pub stem: String,
    /// Its digest.
    pub digest: Digest,
}

impl<'w> Plan<'w> {
    /// Plans a world.
    pub(super) fn new(world: &'w World, own: &'w OwnTypes) -> Result<Self, linchpin_contract::Error> {
        let mut needed = Needed::by(world);
        let own_types = needed.types.remove(&Owner::World(world.package.clone(), world.name.clone()));
        let functions = functions(world)?;
        let abi = AbiTypes::new(&functions);
        let modules = modules(world, &mut needed);
        Ok(Self { world, modules, own_types: own_types.unwrap_or_default(), functions, abi, own })
    }

    /// Every needed type.
    pub(super) fn defs(&self) -> impl Iterator<Item = &Arc<TypeDef>> {
        self.modules.iter().flat_map(|module| &module.types).chain(&self.own_types)
    }

    /// The path of the firmware's own type for a WIT type; none if it is generated.
    pub(super) fn own(&self, def: &TypeDef) -> Option<TokenStream> {
        self.own.path(def)
    }

    /// Whether any type is the firmware's own, so that any primitive may be inside a newtype.
    pub(super) fn has_own(&self) -> bool {
        self.own.is_any()
    }

    /// The module that holds the types of an owner; none for those of the world itself.
    pub(super) fn module(&self, owner: &Owner) -> Option<&Module<'w>> {
        match owner {
            Owner::Interface(id) => self.modules.iter().find(|module| module.id == *id),
            Owner::World(..) => None,
        }
    }
}

fn modules<'w>(world: &'w World, needed: &mut Needed) -> Vec<Module<'w>> {
    let ids: Vec<InterfaceId> = needed
        .order
        .iter()
        .filter_map(|owner| match owner {
            Owner::Interface(id) => Some(id.clone()),
            Owner::World(..) => None,
        })
        .collect();
    let stems = distinct(&ids.iter().map(interface_names).collect::<Vec<_>>(), PRIMITIVES);
    ids.into_iter()
        .zip(stems)
        .map(|(id, stem)| Module {
            ident: stem_ident(&stem),
            interface: interface(world, &id),
            types: needed.types.remove(&Owner::Interface(id.clone())).unwrap_or_default(),
            id,
        })
        .collect()
}

fn interface<'w>(world: &'w World, id: &InterfaceId) -> Option<&'w Interface> {
    world.exports.iter().chain(&world.imports).find_map(|item| match item {
        WorldItem::Interface(interface) if interface.id == *id => Some(interface),
        WorldItem::Interface(_) | WorldItem::Function(_) | WorldItem::Type(_) => None,
    })
}

fn functions(world: &World) -> Result<Vec<PlannedFunction<'_>>, linchpin_contract::Error> {
    let choices: Vec<_> = world
        .exported_functions()
        .map(|(interface, function)| {
            let qualified = interface.map(interface_names).unwrap_or_default();
            let qualified = qualified.into_iter().map(|name| format!("{name}-{}", function.name));
            std::iter::once(function.name.clone()).chain(qualified).collect()
        })
        .collect();
    let stems = distinct(&choices, super::slot::TAKEN);
    world
        .exported_functions()
        .zip(stems)
        .enumerate()
        .map(|(index, ((interface, function), stem))| {
            Ok(PlannedFunction { index, interface, function, stem, digest: function_digest(function)? })
        })
        .collect()
}

/// Module names that would hide a type that generated code names.
const PRIMITIVES: &[&str] =
    &["bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "str", "u8", "u16", "u32", "u64", "usize"];

/// The identifier of a name that [`distinct`] chose. One that got a mark is no keyword, and changing its case would
/// take the mark away.
pub(super) fn stem_ident(stem: &str) -> Ident {
    if stem.ends_with('_') { format_ident!("{stem}") } else { snake_ident(stem) }
}

/// The Rust name of a declared type. One of the world itself stands beside what is generated for the world.
pub(super) fn type_ident(def: &TypeDef) -> Ident {
    let ident = camel_ident(&def.name);
    let stands_beside = matches!(def.owner, Owner::World(..));
    if stands_beside && super::slot::TAKEN_TYPES.contains(&ident.to_string().as_str()) {
        return format_ident!("{ident}_");
    }
    ident
}
