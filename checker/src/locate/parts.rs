//! Everything that has a name in a function or a type, with its place.

use linchpin_contract::{Function, Owner, Place, Type, TypeDef, TypeKind};

use super::Kind;
use super::name::Name;

/// What is told of each named thing.
pub(super) type Tell<'t> = &'t mut dyn FnMut(Kind, Name, Option<&Place>);

/// The parameters of a function, every declared type that it takes or gives, and where those are declared.
pub(super) fn of_function(name: &Name, function: &Function, tell: Tell<'_>) {
    for param in &function.params {
        tell(Kind::Parameter, name.then(&param.name), param.place.as_ref());
    }
    let mut seen = Vec::new();
    let params = function.params.iter().map(|param| &param.ty);
    for ty in params.chain(&function.result) {
        reached(ty, &mut seen);
    }
    for def in seen {
        // An interface is used where its types are, and so is its package.
        if let Owner::Interface(id) = &def.owner
            && let Some(package) = &id.package
        {
            tell(Kind::Interface, Name::interface(id), None);
            tell(Kind::Package, Name::package(package), None);
        }
        of_type(def, tell);
    }
}

/// A declared type and what it names itself, without the types that it is made of.
pub(super) fn of_type(def: &TypeDef, tell: Tell<'_>) {
    let owner = match &def.owner {
        Owner::Interface(id) => Name::interface(id),
        Owner::World(package, world) => Name { interface: Some(world.clone()), ..Name::package(package) },
    };
    let name = owner.then(&def.name);
    tell(Kind::Type, name.clone(), def.place.as_ref());
    match &def.kind {
        TypeKind::Record(fields) => {
            fields.iter().for_each(|it| tell(Kind::Field, name.then(&it.name), it.place.as_ref()));
        }
        TypeKind::Variant(cases) => {
            cases.iter().for_each(|it| tell(Kind::Case, name.then(&it.name), it.place.as_ref()));
        }
        TypeKind::Enum(labels) => {
            labels.iter().for_each(|it| tell(Kind::Case, name.then(&it.name), it.place.as_ref()));
        }
        TypeKind::Flags(labels) => {
            labels.iter().for_each(|it| tell(Kind::Flag, name.then(&it.name), it.place.as_ref()));
        }
        TypeKind::Alias(_) | TypeKind::Resource => {}
    }
}

/// Every declared type that a type is made of, once each.
fn reached<'t>(ty: &'t Type, seen: &mut Vec<&'t TypeDef>) {
    match ty {
        Type::Primitive(_) => {}
        Type::List(item) | Type::FixedList(item, _) | Type::Option(item) => reached(item, seen),
        Type::Map(key, value) => {
            reached(key, seen);
            reached(value, seen);
        }
        Type::Result { ok, err } => ok.iter().chain(err).for_each(|ty| reached(ty, seen)),
        Type::Tuple(items) => items.iter().for_each(|ty| reached(ty, seen)),
        Type::Stream(item) | Type::Future(item) => item.iter().for_each(|ty| reached(ty, seen)),
        Type::Named(def) | Type::Own(def) | Type::Borrow(def) => declared(def, seen),
    }
}

fn declared<'t>(def: &'t TypeDef, seen: &mut Vec<&'t TypeDef>) {
    if seen.iter().any(|known| known.name == def.name && known.owner == def.owner) {
        return;
    }
    seen.push(def);
    match &def.kind {
        TypeKind::Record(fields) => fields.iter().for_each(|field| reached(&field.ty, seen)),
        TypeKind::Variant(cases) => {
            cases.iter().flat_map(|case| &case.payload).for_each(|ty| reached(ty, seen));
        }
        TypeKind::Alias(ty) => reached(ty, seen),
        TypeKind::Enum(_) | TypeKind::Flags(_) | TypeKind::Resource => {}
    }
}
