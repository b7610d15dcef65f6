//! Which resource a handle means, once two worlds have met.
//!
//! A resource has no structure, only an origin. The host's imports offer resources of its own; the guest's exports
//! define others. To compare two handles, both are traced to the side that owns what they refer to.

use std::collections::BTreeSet;

use linchpin_contract::{InterfaceId, Owner, Type, TypeDef, TypeKind, World, WorldItem};

use super::fault::Edge;
use crate::matching::taken;

/// The resource that a handle refers to, after the two worlds have met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin<'a> {
    /// One that the host's imports offer.
    Host(Option<&'a InterfaceId>, &'a str),
    /// One that the guest's exports define.
    Guest(Option<&'a InterfaceId>, &'a str),
}

/// How names of interfaces find one another.
#[derive(Debug, Clone, Copy)]
pub(super) enum Matching {
    /// As wasmtime does: the very version, else the greatest of its track.
    Track,
    /// As wasmparser does: the very name.
    Exact,
}

impl Matching {
    /// The interface of these items that stands for `wanted`.
    pub(super) fn find<'a>(
        self,
        wanted: &InterfaceId,
        items: &'a [WorldItem],
    ) -> Option<&'a linchpin_contract::Interface> {
        let interfaces = || {
            items.iter().filter_map(|item| match item {
                WorldItem::Interface(interface) => Some(interface),
                WorldItem::Function(_) | WorldItem::Type(_) => None,
            })
        };
        let exact = interfaces().find(|interface| interface.id == *wanted);
        match self {
            Self::Exact => exact,
            Self::Track => exact.or_else(|| {
                let ids: Vec<_> = interfaces().map(|interface| &interface.id).collect();
                let id = taken(wanted, &ids)?;
                interfaces().find(|interface| interface.id == *id)
            }),
        }
    }
}

/// Two worlds and how their names meet.
#[derive(Debug)]
pub(super) struct Meeting<'a> {
    pub(super) host: &'a World,
    pub(super) guest: &'a World,
    pub(super) matching: Matching,
    /// Types that the exports of the host's world take from its imports although they are exported too.
    host_imports: BTreeSet<TypeName<'a>>,
}

/// A type by the interface that declares it.
type TypeName<'a> = (&'a InterfaceId, &'a str);

/// The instance of an interface that a type is mentioned in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Scope<'a> {
    /// Whether the world imports the instance, rather than exports it.
    imported: bool,
    /// Absent for the world itself.
    interface: Option<&'a InterfaceId>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(edge: Edge, interface: Option<&'a InterfaceId>) -> Self {
        Self { imported: edge == Edge::HostToGuestImport, interface }
    }
}

impl<'a> Meeting<'a> {
    pub(super) fn new(host: &'a World, guest: &'a World, matching: Matching) -> Self {
        let host_imports = match matching {
            Matching::Track => BTreeSet::new(),
            Matching::Exact => taken_by_imports(host),
        };
        Self { host, guest, matching, host_imports }
    }

    /// What a type of the host's world stands for, and where that is declared.
    pub(super) fn host_type(&self, scope: Scope<'a>, ty: &'a Type) -> (Scope<'a>, &'a Type) {
        follow(self.host, &self.host_imports, scope, ty)
    }

    /// What a type of the guest's world stands for, and where that is declared.
    pub(super) fn guest_type(&self, scope: Scope<'a>, ty: &'a Type) -> (Scope<'a>, &'a Type) {
        follow(self.guest, &BTreeSet::new(), scope, ty)
    }

    /// Where the resource of a handle in the host's world comes from; absent where the guest lacks it.
    pub(super) fn of_host(&self, scope: Scope<'a>, def: &'a TypeDef) -> Option<Origin<'a>> {
        let (scope, def) = follow_def(self.host, &self.host_imports, scope, def);
        if scope.imported {
            return Some(Origin::Host(scope.interface, &def.name));
        }
        let interface = self.matching.find(scope.interface?, &self.guest.exports)?;
        let def = interface.types.iter().find(|other| other.name == def.name)?;
        is_resource(def).then_some(())?;
        self.of_guest(Scope::new(Edge::GuestExportToHost, Some(&interface.id)), def)
    }

    /// Whether a handle in the host's world is to a resource that the guest defines.
    pub(super) fn defined_by_guest(&self, scope: Scope<'a>, def: &'a TypeDef) -> bool {
        !follow_def(self.host, &self.host_imports, scope, def).0.imported
    }

    /// Where the resource of a handle in the guest's world comes from; absent where the host lacks it.
    pub(super) fn of_guest(&self, scope: Scope<'a>, def: &'a TypeDef) -> Option<Origin<'a>> {
        let (scope, def) = follow_def(self.guest, &BTreeSet::new(), scope, def);
        if !scope.imported {
            return Some(Origin::Guest(scope.interface, &def.name));
        }
        let (owner, def) = match scope.interface {
            Some(wanted) => {
                let interface = self.matching.find(wanted, &self.host.imports)?;
                let def = interface.types.iter().find(|other| other.name == def.name)?;
                (Some(&interface.id), def.as_ref())
            }
            None => (None, world_type(&self.host.imports, &def.name)?),
        };
        is_resource(def).then_some(())?;
        let scope = Scope::new(Edge::HostToGuestImport, owner);
        let (scope, def) = follow_def(self.host, &self.host_imports, scope, def);
        Some(Origin::Host(scope.interface, &def.name))
    }
}

/// The type without the aliases that lead to it, and the instance that declares it.
fn follow<'a>(
    world: &World,
    from_imports: &BTreeSet<TypeName<'a>>,
    scope: Scope<'a>,
    ty: &'a Type,
) -> (Scope<'a>, &'a Type) {
    let (mut scope, mut ty) = (scope, ty);
    while let Type::Named(def) = ty {
        scope = enter(world, from_imports, scope, def);
        let TypeKind::Alias(target) = &def.kind else { break };
        scope.imported |= renewed(def, target);
        ty = target;
    }
    (scope, ty)
}

/// As [`follow`], of a declared type.
fn follow_def<'a>(
    world: &World,
    from_imports: &BTreeSet<TypeName<'a>>,
    scope: Scope<'a>,
    def: &'a TypeDef,
) -> (Scope<'a>, &'a TypeDef) {
    let (mut scope, mut def) = (enter(world, from_imports, scope, def), def);
    while let TypeKind::Alias(ty @ Type::Named(target)) = &def.kind {
        scope.imported |= renewed(def, ty);
        def = target;
        scope = enter(world, from_imports, scope, def);
    }
    (scope, def)
}

/// Whether a component exports a type of an interface that it imports as that interface's own: an alias of itself.
fn renewed(def: &TypeDef, target: &Type) -> bool {
    matches!(target, Type::Named(target) if def.owner == target.owner && def.name == target.name)
}

/// The instance that declares a type which `scope` mentions.
///
/// An exported interface takes types of other interfaces from the exports where they are exported too, else from
/// the imports. What the world itself uses, it imports. `wit_component` encodes a world's type with one alias for
/// each type that any interface takes from another: once the imports have taken one, the exports take the same.
fn enter<'a>(
    world: &World,
    from_imports: &BTreeSet<TypeName<'a>>,
    scope: Scope<'a>,
    def: &'a TypeDef,
) -> Scope<'a> {
    match &def.owner {
        // The model gives the types of an inline interface no name of their own.
        Owner::Interface(id) if id.package.is_none() => scope,
        Owner::Interface(id) if scope.interface == Some(id) => scope,
        Owner::Interface(id) => {
            let exported = || world.exported_interfaces().any(|interface| interface.id == *id);
            let imported = scope.imported || from_imports.contains(&(id, def.name.as_str())) || !exported();
            Scope { imported, interface: Some(id) }
        }
        Owner::World(..) => Scope { imported: true, interface: None },
    }
}

/// Types that what a world imports takes from other interfaces by `use`.
fn taken_by_imports(world: &World) -> BTreeSet<TypeName<'_>> {
    let of_interfaces = world.imported_interfaces().flat_map(|interface| &interface.types);
    let of_world = world.imports.iter().filter_map(|item| match item {
        WorldItem::Type(def) => Some(def),
        WorldItem::Interface(_) | WorldItem::Function(_) => None,
    });
    let mut taken = BTreeSet::new();
    for def in of_interfaces.chain(of_world) {
        if let TypeKind::Alias(Type::Named(target)) = &def.kind
            && let Owner::Interface(id) = &target.owner
            && target.owner != def.owner
        {
            taken.insert((id, target.name.as_str()));
        }
    }
    taken
}

/// Whether a declared type is a resource, perhaps under another name.
pub(super) fn is_resource(def: &TypeDef) -> bool {
    let mut def = def;
    while let TypeKind::Alias(Type::Named(target)) = &def.kind {
        def = target;
    }
    matches!(def.kind, TypeKind::Resource)
}

/// A type of the world itself.
pub(super) fn world_type<'a>(items: &'a [WorldItem], name: &str) -> Option<&'a TypeDef> {
    items.iter().find_map(|item| match item {
        WorldItem::Type(def) if def.name == name => Some(def.as_ref()),
        WorldItem::Type(_) | WorldItem::Interface(_) | WorldItem::Function(_) => None,
    })
}
