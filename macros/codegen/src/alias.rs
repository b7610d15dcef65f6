//! What a WIT alias of a primitive says: the primitive, and the tags of every alias on the way to it.

use std::sync::Arc;

use linchpin_contract::{Owner, Primitive, Range, Tags, Type, TypeDef, TypeKind};

/// The declaration behind the names that `use` leaves. Those stand for a type of another owner, while `type a = b` stands
/// for one of its own.
pub(crate) fn declared(def: &Arc<TypeDef>) -> &Arc<TypeDef> {
    let mut def = def;
    while let TypeKind::Alias(Type::Named(target)) = &def.kind
        && target.owner != def.owner
    {
        def = target;
    }
    def
}

/// The primitive that an alias stands for in the end; none for a type that is no alias of one.
pub(crate) fn primitive(def: &TypeDef) -> Option<Primitive> {
    let TypeKind::Alias(target) = &def.kind else { return None };
    let Type::Primitive(primitive) = target.resolved() else { return None };
    Some(*primitive)
}

/// The tags that say which values an alias has, without those that speak of something else.
pub(crate) fn stated(def: &TypeDef) -> Tags {
    Tags { unit: def.tags.unit.clone(), range: def.tags.range.clone(), ..Tags::default() }
}

/// Whether an alias gets a newtype in source to begin with, which is where it says more than what it stands for.
pub(crate) fn is_newtype(def: &TypeDef) -> bool {
    primitive(def).is_some() && !stated(def).is_empty()
}

/// The unit of an alias, else of what it stands for.
pub(crate) fn unit(def: &TypeDef) -> Option<&str> {
    chain(def).find_map(|def| def.tags.unit.as_deref())
}

/// The range that an alias has in common with what it stands for; none where no range is written. Its ends may be the
/// wrong way round, where nothing is in all of them.
pub(crate) fn range(def: &TypeDef) -> Option<Range> {
    chain(def)
        .filter_map(|def| def.tags.range.clone())
        .reduce(|a, b| Range { min: a.min.max(b.min), max: a.max.min(b.max) })
}

/// `interface/type`, or `world/type`.
pub(crate) fn short_name(def: &TypeDef) -> String {
    match &def.owner {
        Owner::Interface(id) => format!("{}/{}", id.name, def.name),
        Owner::World(_, world) => format!("{world}/{}", def.name),
    }
}

/// An alias and the aliases behind it.
fn chain(def: &TypeDef) -> impl Iterator<Item = &TypeDef> {
    std::iter::successors(Some(def), |def| {
        let TypeKind::Alias(Type::Named(target)) = &def.kind else { return None };
        Some(&**target)
    })
}
