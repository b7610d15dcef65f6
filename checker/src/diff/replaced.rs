//! Types whose names say another thing than before while every function has the same parts as before: no text of a
//! function shows them.

use std::collections::HashSet;
use std::sync::Arc;

use linchpin_contract::{Declared, Function, Owner, Package, Type, TypeDef, TypeKind, canonical_type};

use super::compare::{Compare, Item, shown_type};
use super::effect::Effects;
use super::site::Site;
use super::source::Source;
use super::usage::unversioned;
use crate::change::{Change, ItemKind};
use crate::rule::Shown;

/// A type that functions use, and what became of its name.
pub(super) struct Replaced {
    pub(super) site: Site,
    pub(super) old: Arc<TypeDef>,
    /// Another type of that name; absent where there is none.
    pub(super) new: Option<Arc<TypeDef>>,
    pub(super) shown: (Shown, Shown),
}

impl Compare<'_> {
    /// Reports types that went or have other parts, where no function shows it: those take other types of the same
    /// parts. All functions are compared by then.
    pub(super) fn replaced_types(&mut self) {
        for Replaced { site, old, new, shown } in std::mem::take(&mut self.replaced) {
            let is_told = |def: &Arc<TypeDef>| self.told.contains(&Arc::as_ptr(def));
            if is_told(&old) || new.as_ref().is_some_and(is_told) {
                if new.is_some() {
                    *self.changed_types.entry(site.within()).or_default() += 1;
                }
                continue;
            }
            let change = if new.is_some() { Change::Changed } else { Change::Removed };
            let item = Item { kind: ItemKind::Type, name: &old.name, stability: &old.stability };
            self.item(&site, self.names(&site, &old), &item, change, shown);
        }
    }

    /// Reports types that stand where others stood in two functions of the same text, though those others are still there.
    pub(super) fn exchanged_types(&mut self, site: &Site, before: &Function, after: &Function) {
        let mut exchanged = Exchanged { pairs: Vec::new(), seen: HashSet::new() };
        for (old, new) in before.params.iter().zip(&after.params) {
            exchanged.types(&old.ty, &new.ty);
        }
        if let (Some(old), Some(new)) = (&before.result, &after.result) {
            exchanged.types(old, new);
        }
        for (old, new) in exchanged.pairs {
            // A type that went was renamed, or is told to be gone.
            if declares(self.after, old) {
                let (was, is) = (told(old, new), told(new, old));
                let item = Item { kind: ItemKind::UsedType, name: &is, stability: &new.stability };
                let shown = (shown_type(old), shown_type(new));
                // It is of the interface that declares it, which the places show.
                let site = Site { owner: String::new(), ..site.clone() };
                self.item(&site, Effects::NONE, &item, Change::Renamed(was), shown);
            }
        }
    }
}

/// Pairs of types of two names that stand in the same positions.
struct Exchanged<'t> {
    pairs: Vec<(&'t TypeDef, &'t TypeDef)>,
    seen: HashSet<(*const TypeDef, *const TypeDef)>,
}

impl<'t> Exchanged<'t> {
    fn types(&mut self, old: &'t Type, new: &'t Type) {
        match (old, new) {
            (Type::Named(old), Type::Named(new)) => self.defs(old, new),
            (Type::List(old), Type::List(new))
            | (Type::FixedList(old, _), Type::FixedList(new, _))
            | (Type::Option(old), Type::Option(new))
            | (Type::Stream(Some(old)), Type::Stream(Some(new)))
            | (Type::Future(Some(old)), Type::Future(Some(new))) => self.types(old, new),
            (Type::Map(key, value), Type::Map(new_key, new_value)) => {
                self.types(key, new_key);
                self.types(value, new_value);
            }
            (Type::Tuple(old), Type::Tuple(new)) => {
                old.iter().zip(new).for_each(|(old, new)| self.types(old, new));
            }
            (Type::Result { ok, err }, Type::Result { ok: new_ok, err: new_err }) => {
                for (old, new) in [(ok, new_ok), (err, new_err)] {
                    if let (Some(old), Some(new)) = (old, new) {
                        self.types(old, new);
                    }
                }
            }
            // Of the same text, so what differs is an alias on one side alone, or nothing.
            (
                Type::Named(_)
                | Type::List(_)
                | Type::FixedList(..)
                | Type::Option(_)
                | Type::Map(..)
                | Type::Tuple(_)
                | Type::Result { .. }
                | Type::Primitive(_)
                | Type::Stream(_)
                | Type::Future(_)
                | Type::Own(_)
                | Type::Borrow(_),
                _,
            ) => {}
        }
    }

    fn defs(&mut self, old: &'t Arc<TypeDef>, new: &'t Arc<TypeDef>) {
        if !self.seen.insert((Arc::as_ptr(old), Arc::as_ptr(new))) {
            return;
        }
        if old.name != new.name {
            // What `use` and aliases call them is not what they are.
            let (old, new) = (innermost(old), innermost(new));
            if !same_origin(old, new) {
                self.pairs.push((old, new));
            }
            return;
        }
        if !same_origin(old, new) && !is_alias(old) && !is_alias(new) {
            return self.pairs.push((old, new));
        }
        match (&old.kind, &new.kind) {
            (TypeKind::Record(old), TypeKind::Record(new)) => {
                old.iter().zip(new).for_each(|(old, new)| self.types(&old.ty, &new.ty));
            }
            (TypeKind::Variant(old), TypeKind::Variant(new)) => {
                for (old, new) in old.iter().zip(new) {
                    if let (Some(old), Some(new)) = (&old.payload, &new.payload) {
                        self.types(old, new);
                    }
                }
            }
            (TypeKind::Alias(old), TypeKind::Alias(new)) => self.types(old, new),
            (
                TypeKind::Record(_)
                | TypeKind::Variant(_)
                | TypeKind::Alias(_)
                | TypeKind::Enum(_)
                | TypeKind::Flags(_)
                | TypeKind::Resource,
                _,
            ) => {}
        }
    }
}

/// The type that an alias stands for in the end, as far as it has a name.
fn innermost(def: &TypeDef) -> &TypeDef {
    match &def.kind {
        TypeKind::Alias(Type::Named(target)) => innermost(target),
        TypeKind::Alias(_)
        | TypeKind::Record(_)
        | TypeKind::Variant(_)
        | TypeKind::Enum(_)
        | TypeKind::Flags(_)
        | TypeKind::Resource => def,
    }
}

fn is_alias(def: &TypeDef) -> bool {
    matches!(def.kind, TypeKind::Alias(_))
}

/// Whether both are declared under one name in one interface.
fn same_origin(one: &TypeDef, other: &TypeDef) -> bool {
    let same_owner = match (&one.owner, &other.owner) {
        (Owner::Interface(one), Owner::Interface(other)) => unversioned(one) == unversioned(other),
        (Owner::World(..), Owner::World(..)) => true,
        (Owner::Interface(_) | Owner::World(..), _) => false,
    };
    same_owner && one.name == other.name
}

/// As it is told beside a type of the same name: with its interface.
fn told(def: &TypeDef, beside: &TypeDef) -> String {
    match &def.owner {
        Owner::Interface(id) if def.name == beside.name => format!("{}.{}", id.name, def.name),
        Owner::Interface(_) | Owner::World(..) => def.name.clone(),
    }
}

/// Whether a side declares a type of this name, with these parts, in the same interface or world.
fn declares(side: &Source, def: &TypeDef) -> bool {
    let text = |def: &TypeDef| canonical_type(&Type::Named(Arc::new(def.clone()))).ok();
    let wanted = text(def);
    let is_it = |other: &Arc<TypeDef>| same_origin(other, def) && wanted.is_some() && text(other) == wanted;
    let declared = side.packages().0.iter().flat_map(Package::declared);
    let mut types = declared.filter_map(|declared| match declared {
        Declared::Type(def) => Some(def),
        Declared::Function(_) => None,
    });
    types.any(is_it)
}
