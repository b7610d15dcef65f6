//! Finding a type of the contract by the name that a user wrote.

use std::collections::BTreeSet;
use std::sync::Arc;

use linchpin_contract::{Contract, Interface, Owner, Type, TypeDef, TypeKind, WorldItem};

use crate::{alias, names};

/// What a search found.
#[derive(Debug, Clone)]
pub enum Found {
    /// One type.
    One(Arc<TypeDef>),
    /// None; the names that there are.
    None(Vec<String>),
    /// Several; each as `interface/type`.
    Several(Vec<String>),
}

/// Finds a declared type by `type`, `interface/type` or `namespace:package/interface/type`.
///
/// Names that only stand for another type, as `use` leaves them, count as that type. The main package goes first; the
/// packages it needs are searched where it has nothing of the name.
pub fn find_type(contract: &Contract, wanted: &str) -> Found {
    find(contract, wanted, resolved)
}

/// The same, where an alias of a primitive or of another alias is a type of its own.
pub fn find_named(contract: &Contract, wanted: &str) -> Found {
    find(contract, wanted, |def| {
        let own = alias::declared(def);
        if alias::primitive(own).is_some() { Arc::clone(own) } else { resolved(own) }
    })
}

/// The shortest of a type's names by which a derive finds it: `inputs`, `control/inputs`, and so on to the whole name.
pub fn shortest_name(contract: &Contract, def: &TypeDef) -> String {
    let is_found = |name: &&String| {
        let found = match def.kind {
            TypeKind::Alias(_) => find_named(contract, name),
            TypeKind::Record(_)
            | TypeKind::Variant(_)
            | TypeKind::Enum(_)
            | TypeKind::Flags(_)
            | TypeKind::Resource => find_type(contract, name),
        };
        matches!(found, Found::One(found) if found.owner == def.owner && found.name == def.name)
    };
    let names =
        [def.name.clone(), alias::short_name(def), type_key(def), format!("{}/{}", def.owner, def.name)];
    names.iter().find(is_found).or(names.last()).cloned().unwrap_or_default()
}

fn find(contract: &Contract, wanted: &str, meaning: fn(&Arc<TypeDef>) -> Arc<TypeDef>) -> Found {
    let mut all = declared(contract);
    all.iter_mut().for_each(|entry| entry.def = meaning(&entry.def));
    let is_main = |entry: &&Entry| entry.is_main;
    let matches = |entry: &&Entry| entry.matches(wanted);
    let mut hits = distinct(all.iter().filter(is_main).filter(matches));
    if hits.is_empty() {
        hits = distinct(all.iter().filter(matches));
    }
    match hits.as_slice() {
        [one] => Found::One(Arc::clone(&one.def)),
        [] => {
            let names: BTreeSet<_> = all.iter().filter(is_main).map(|entry| entry.name.clone()).collect();
            Found::None(names.into_iter().collect())
        }
        several => Found::Several(several.iter().map(|entry| qualified(&entry.def, several)).collect()),
    }
}

/// The key of a declared type, without the version: `acme:water-heater/control/inputs`.
pub fn type_key(def: &TypeDef) -> String {
    match owner_key(&def.owner) {
        // An interface written inline in a world has no name of its own.
        owner if owner.is_empty() => def.name.clone(),
        owner => format!("{owner}/{}", def.name),
    }
}

/// The version of the package that declares a type; empty where it has none.
pub fn type_version(def: &TypeDef) -> String {
    let package = match &def.owner {
        Owner::Interface(id) => id.package.as_ref(),
        Owner::World(id, _) => Some(id),
    };
    package.and_then(|id| id.version.as_ref()).map(ToString::to_string).unwrap_or_default()
}

fn owner_key(owner: &Owner) -> String {
    let (package, name) = match owner {
        Owner::Interface(id) => (id.package.as_ref(), &id.name),
        Owner::World(id, name) => (Some(id), name),
    };
    package.map_or_else(|| name.clone(), |id| format!("{}:{}/{name}", id.namespace, id.name))
}

/// A type under one of the names by which it can be asked for.
struct Entry {
    /// Interface or world in which the name stands.
    owner: Owner,
    name: String,
    def: Arc<TypeDef>,
    is_main: bool,
}

impl Entry {
    fn matches(&self, wanted: &str) -> bool {
        match wanted.rsplit_once('/') {
            None => self.name == wanted,
            Some((owner, name)) => {
                let spellings =
                    [self.owner_name().to_owned(), owner_key(&self.owner), self.owner.to_string()];
                self.name == name && spellings.iter().any(|spelling| spelling == owner)
            }
        }
    }

    fn owner_name(&self) -> &str {
        match &self.owner {
            Owner::Interface(id) => &id.name,
            Owner::World(_, name) => name,
        }
    }
}

fn declared(contract: &Contract) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut is_main = true;
    for package in &contract.packages {
        let mut push = |owner: Owner, def: &Arc<TypeDef>| {
            entries.push(Entry { owner, name: def.name.clone(), def: Arc::clone(def), is_main });
        };
        for interface in &package.interfaces {
            of_interface(interface, &mut push);
        }
        for world in &package.worlds {
            for item in world.imports.iter().chain(&world.exports) {
                match item {
                    WorldItem::Interface(interface) if interface.id.package.is_none() => {
                        of_interface(interface, &mut push);
                    }
                    WorldItem::Type(def) => {
                        push(Owner::World(world.package.clone(), world.name.clone()), def)
                    }
                    WorldItem::Interface(_) | WorldItem::Function(_) => {}
                }
            }
        }
        is_main = false;
    }
    entries
}

fn of_interface(interface: &Interface, push: &mut impl FnMut(Owner, &Arc<TypeDef>)) {
    for def in &interface.types {
        push(Owner::Interface(interface.id.clone()), def);
    }
}

/// `interface/type`, or the whole name where that is not enough to tell several apart.
fn qualified(def: &TypeDef, among: &[&Entry]) -> String {
    let short = alias::short_name(def);
    let alike = among.iter().filter(|entry| alias::short_name(&entry.def) == short).count();
    if alike > 1 { format!("{}/{}", def.owner, def.name) } else { short }
}

/// The type behind a chain of aliases; the last alias where that stands for an anonymous type.
fn resolved(def: &Arc<TypeDef>) -> Arc<TypeDef> {
    let mut def = def;
    while let TypeKind::Alias(Type::Named(target)) = &def.kind {
        def = target;
    }
    Arc::clone(def)
}

/// Each type once, under its own name if that is among the hits.
fn distinct<'a>(entries: impl Iterator<Item = &'a Entry>) -> Vec<&'a Entry> {
    let mut hits: Vec<&Entry> = Vec::new();
    for entry in entries {
        let same = |hit: &&Entry| hit.def.owner == entry.def.owner && hit.def.name == entry.def.name;
        if !hits.iter().any(same) {
            hits.push(entry);
        }
    }
    hits
}

/// The closest known type name.
pub fn closest_type(wanted: &str, known: &[String]) -> Option<String> {
    let name = wanted.rsplit_once('/').map_or(wanted, |(_, name)| name);
    names::closest(name, known.iter().map(String::as_str)).map(ToOwned::to_owned)
}
