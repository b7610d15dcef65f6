//! Rust names for everything that a guest of a world has, and the attribute where the name alone does not tell.

use std::collections::BTreeSet;
use std::sync::Arc;

use heck::ToUpperCamelCase as _;
use linchpin_contract::{Contract, Function, InterfaceId, Owner, Type, TypeDef, TypeKind, World};
use proc_macro2::Ident;

use crate::lookup::{Found, find_type};
use crate::names::{self, camel_ident, snake_ident};

/// Names that a guest's own types would hide.
const TAKEN: [&str; 6] = ["Box", "Option", "Result", "Self", "String", "Vec"];

/// A function of the world and what it is called in Rust.
pub(super) struct Entry<'a> {
    pub(super) function: &'a Function,
    pub(super) ident: Ident,
    /// What `#[wit(..)]` must say, if it must be there.
    pub(super) spelling: Option<String>,
}

/// The names of one guest.
pub(super) struct Names<'a> {
    contract: &'a Contract,
    world: &'a World,
    guest: Ident,
    /// In the order of their first use.
    types: Vec<(&'a TypeDef, Ident)>,
}

impl<'a> Names<'a> {
    pub(super) fn of(contract: &'a Contract, world: &'a World) -> Self {
        let mut found = Vec::new();
        for (_, function) in world.exported_functions() {
            for ty in function.params.iter().map(|param| &param.ty).chain(&function.result) {
                used(ty, &mut found);
            }
        }
        let guest = camel_ident(&world.name);
        let mut taken: BTreeSet<String> = TAKEN.iter().map(|name| (*name).to_owned()).collect();
        taken.insert(guest.to_string());
        let mut types = Vec::new();
        for def in found {
            let free = candidates(def).into_iter().find(|name| taken.insert(name.clone()));
            types.push((def, camel_ident(&free.unwrap_or_else(|| def.name.clone()))));
        }
        Self { contract, world, guest, types }
    }

    /// The type that has the functions.
    pub(super) fn guest(&self) -> &Ident {
        &self.guest
    }

    /// Every declared type that a function uses, names that stand for another left out.
    pub(super) fn types(&self) -> impl Iterator<Item = &'a TypeDef> {
        self.types.iter().map(|(def, _)| *def)
    }

    pub(super) fn of_type(&self, def: &TypeDef) -> Ident {
        let own = self.types.iter().find(|(other, _)| is_same(other, def));
        own.map_or_else(|| camel_ident(&def.name), |(_, ident)| ident.clone())
    }

    /// What `#[wit(..)]` must say of a type: nothing where its Rust name finds it.
    pub(super) fn spelling(&self, def: &TypeDef) -> Option<String> {
        let finds = |name: &str| match find_type(self.contract, name) {
            Found::One(found) => is_same(&found, def),
            Found::None(_) | Found::Several(_) => false,
        };
        if finds(&names::kebab(&self.of_type(def))) {
            return None;
        }
        let owner = match &def.owner {
            Owner::Interface(id) => &id.name,
            Owner::World(_, name) => name,
        };
        let spellings =
            [def.name.clone(), format!("{owner}/{}", def.name), format!("{}/{}", def.owner, def.name)];
        spellings.into_iter().find(|spelling| finds(spelling))
    }

    /// Every function, with the interface before its name where another interface has one of that name.
    pub(super) fn functions(&self) -> Vec<Entry<'a>> {
        let all: Vec<_> = self.world.exported_functions().collect();
        let mut taken = BTreeSet::new();
        let mut entries = Vec::new();
        for (interface, function) in &all {
            let own = snake_ident(&function.name);
            let alike = all.iter().filter(|(_, other)| names::same(&own, &other.name)).count();
            let Some(id) = interface.filter(|_| alike > 1) else {
                taken.insert(own.to_string());
                entries.push(Entry { function, ident: own, spelling: None });
                continue;
            };
            let short = format!("{}/{}", id.name, function.name);
            let full = format!("{id}/{}", function.name);
            let is_short = |(id, other): &&(Option<&InterfaceId>, &Function)| {
                id.is_some_and(|id| format!("{}/{}", id.name, other.name) == short)
            };
            let several = all.iter().filter(is_short).count() > 1;
            let mut ident = snake_ident(&short.replace('/', "-"));
            if !taken.insert(ident.to_string()) {
                ident = snake_ident(&full.replace([':', '/', '@', '.', '+'], "-"));
                taken.insert(ident.to_string());
            }
            entries.push(Entry { function, ident, spelling: Some(if several { full } else { short }) });
        }
        entries
    }
}

/// The type that a name left by `use` stands for.
pub(super) fn meant(def: &Arc<TypeDef>) -> &TypeDef {
    let mut def = def;
    while let TypeKind::Alias(Type::Named(target)) = &def.kind {
        def = target;
    }
    def
}

fn is_same(one: &TypeDef, other: &TypeDef) -> bool {
    one.owner == other.owner && one.name == other.name
}

/// What a type may be called, the nicest first.
fn candidates(def: &TypeDef) -> Vec<String> {
    let (package, owner) = match &def.owner {
        Owner::Interface(id) => (id.package.as_ref(), &id.name),
        Owner::World(id, name) => (Some(id), name),
    };
    let camel = |parts: &[&str]| parts.join("-").to_upper_camel_case();
    let mut candidates = vec![camel(&[&def.name]), camel(&[owner, &def.name])];
    if let Some(id) = package {
        candidates.push(camel(&[&id.namespace, &id.name, owner, &def.name]));
        let version = id.version.as_ref().map_or_else(String::new, ToString::to_string);
        let version = version.replace(['.', '+'], "-");
        candidates.push(camel(&[&id.namespace, &id.name, owner, &def.name, "v", &version]));
    }
    candidates
}

/// Every declared type of a type, itself first, each once.
fn used<'a>(ty: &'a Type, found: &mut Vec<&'a TypeDef>) {
    match ty {
        Type::Primitive(_) | Type::Stream(_) | Type::Future(_) | Type::Own(_) | Type::Borrow(_) => {}
        Type::List(item) | Type::FixedList(item, _) | Type::Option(item) => used(item, found),
        Type::Map(key, value) => [key, value].into_iter().for_each(|part| used(part, found)),
        Type::Result { ok, err } => [ok, err].into_iter().flatten().for_each(|part| used(part, found)),
        Type::Tuple(items) => items.iter().for_each(|item| used(item, found)),
        Type::Named(def) => {
            let def = meant(def);
            if found.iter().any(|other| is_same(other, def)) {
                return;
            }
            found.push(def);
            match &def.kind {
                TypeKind::Record(fields) => fields.iter().for_each(|field| used(&field.ty, found)),
                TypeKind::Variant(cases) => {
                    cases.iter().filter_map(|case| case.payload.as_ref()).for_each(|ty| used(ty, found));
                }
                TypeKind::Alias(target) => used(target, found),
                TypeKind::Enum(_) | TypeKind::Flags(_) | TypeKind::Resource => {}
            }
        }
    }
}
