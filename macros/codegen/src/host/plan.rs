//! What is generated for a world, decided once: modules, types with their paths, functions with their names.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use linchpin_contract::{
    Digest, Function, Interface, InterfaceId, Owner, Type, TypeDef, TypeKind, World, WorldItem,
    function_digest,
};
use proc_macro2::Ident;
use quote::format_ident;

use super::resolve::AbiTypes;
use crate::names::{camel_ident, snake_ident};

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
    pub(super) fn new(world: &'w World) -> Result<Self, linchpin_contract::Error> {
        let mut needed = Needed::default();
        for (_, function) in world.exported_functions() {
            function.params.iter().for_each(|param| needed.ty(&param.ty));
            function.result.iter().for_each(|result| needed.ty(result));
        }
        let own_types = needed.types.remove(&Owner::World(world.package.clone(), world.name.clone()));
        let functions = functions(world)?;
        let abi = AbiTypes::new(&functions);
        let modules = modules(world, &mut needed);
        Ok(Self { world, modules, own_types: own_types.unwrap_or_default(), functions, abi })
    }

    /// The module that holds the types of an owner; none for those of the world itself.
    pub(super) fn module(&self, owner: &Owner) -> Option<&Module<'w>> {
        match owner {
            Owner::Interface(id) => self.modules.iter().find(|module| module.id == *id),
            Owner::World(..) => None,
        }
    }
}

/// Needed types by owner, and owners in order of need.
#[derive(Default)]
struct Needed {
    order: Vec<Owner>,
    types: BTreeMap<Owner, Vec<Arc<TypeDef>>>,
}

impl Needed {
    fn ty(&mut self, ty: &Type) {
        match ty {
            Type::Primitive(_) | Type::Stream(_) | Type::Future(_) | Type::Own(_) | Type::Borrow(_) => {}
            Type::List(item) | Type::FixedList(item, _) | Type::Option(item) => self.ty(item),
            Type::Map(key, value) => {
                self.ty(key);
                self.ty(value);
            }
            Type::Result { ok, err } => [ok, err].into_iter().flatten().for_each(|part| self.ty(part)),
            Type::Tuple(items) => items.iter().for_each(|item| self.ty(item)),
            Type::Named(def) => self.def(def),
        }
    }

    fn def(&mut self, def: &Arc<TypeDef>) {
        let known =
            self.types.get(&def.owner).is_some_and(|types| types.iter().any(|other| other.name == def.name));
        if known {
            return;
        }
        match &def.kind {
            TypeKind::Record(fields) => fields.iter().for_each(|field| self.ty(&field.ty)),
            TypeKind::Variant(cases) => {
                cases.iter().filter_map(|case| case.payload.as_ref()).for_each(|payload| self.ty(payload));
            }
            TypeKind::Alias(target) => self.ty(target),
            TypeKind::Enum(_) | TypeKind::Flags(_) | TypeKind::Resource => {}
        }
        if !self.order.contains(&def.owner) {
            self.order.push(def.owner.clone());
        }
        self.types.entry(def.owner.clone()).or_default().push(Arc::clone(def));
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

/// Names for an interface, from the shortest to one that nothing else has.
fn interface_names(id: &InterfaceId) -> Vec<String> {
    let mut names = vec![id.name.clone()];
    if let Some(package) = &id.package {
        names.push(format!("{}-{}", package.name, id.name));
        names.push(format!("{}-{}-{}", package.namespace, package.name, id.name));
        if let Some(version) = &package.version {
            let version =
                version.to_string().replace(|character: char| !character.is_ascii_alphanumeric(), "-");
            names.push(format!("{}-{}-{}-{version}", package.namespace, package.name, id.name));
        }
    }
    names
}

/// Module names that would hide a type that generated code names.
const PRIMITIVES: &[&str] =
    &["bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "str", "u8", "u16", "u32", "u64", "usize"];

/// For each item the first of its names, in snake case, that is not `taken` and that no other item has among its
/// names of that rank. What has no such name gets `_` behind it.
fn distinct(choices: &[Vec<String>], taken: &[&str]) -> Vec<String> {
    let snake = |name: &String| snake_ident(name).to_string().trim_start_matches("r#").to_owned();
    let mut used: BTreeSet<String> = taken.iter().map(|name| (*name).to_owned()).collect();
    let mut chosen = Vec::new();
    for (index, names) in choices.iter().enumerate() {
        let others =
            || choices.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, names)| names);
        let unique = names.iter().enumerate().find(|(rank, name)| {
            !taken.contains(&snake(name).as_str())
                && !others().any(|names| names.get(*rank).is_some_and(|other| snake(other) == snake(name)))
        });
        let mut name = unique.map(|(_, name)| name).or(names.last()).map(snake).unwrap_or_default();
        while !used.insert(name.clone()) {
            name.push('_');
        }
        chosen.push(name);
    }
    chosen
}

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

#[cfg(test)]
mod tests {
    use super::distinct;

    fn names(list: &[&[&str]], taken: &[&str]) -> Vec<String> {
        let choices: Vec<Vec<String>> =
            list.iter().map(|names| names.iter().map(|name| (*name).to_owned()).collect()).collect();
        distinct(&choices, taken)
    }

    #[test]
    fn a_name_stays_short_until_it_clashes() {
        assert_eq!(names(&[&["plan", "a-plan"], &["stop", "b-stop"]], &[]), ["plan", "stop"]);
        assert_eq!(names(&[&["plan", "a-plan"], &["plan", "b-plan"]], &[]), ["a_plan", "b_plan"]);
        assert_eq!(names(&[&["type", "a-type"]], &[]), ["type"]);
    }

    #[test]
    fn a_taken_name_is_qualified_or_gets_a_mark() {
        assert_eq!(names(&[&["builder", "a-builder"]], &["builder"]), ["a_builder"]);
        assert_eq!(names(&[&["builder"]], &["builder"]), ["builder_"]);
    }
}
