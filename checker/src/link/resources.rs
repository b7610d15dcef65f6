//! Which resource a handle means, once two worlds have met.
//!
//! A resource has no structure, only an origin. The host's imports offer resources of its own; the guest's exports
//! define others. To compare two handles, both are traced to the side that owns what they refer to.

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
#[derive(Debug, Clone, Copy)]
pub(super) struct Meeting<'a> {
    pub(super) host: &'a World,
    pub(super) guest: &'a World,
    pub(super) matching: Matching,
}

/// Where a type is mentioned.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) edge: Edge,
    pub(super) interface: Option<&'a InterfaceId>,
}

/// A resource as one world declares it.
struct Declared<'a> {
    /// Whether the world's imports bring it, rather than its exports define it.
    imported: bool,
    owner: Option<&'a InterfaceId>,
    name: &'a str,
}

impl<'a> Meeting<'a> {
    /// Where the resource of a handle in the host's world comes from; absent where the guest lacks it.
    pub(super) fn of_host(&self, scope: Scope<'a>, def: &'a TypeDef) -> Option<Origin<'a>> {
        let declared = declared(self.host, scope, def);
        if declared.imported {
            return Some(Origin::Host(declared.owner, declared.name));
        }
        let wanted = declared.owner?;
        let interface = self.matching.find(wanted, &self.guest.exports)?;
        let def = interface.types.iter().find(|def| def.name == declared.name)?;
        is_resource(def).then_some(())?;
        let scope = Scope { edge: Edge::GuestExportToHost, interface: Some(&interface.id) };
        self.of_guest(scope, def)
    }

    /// Whether a handle in the host's world is to a resource that the guest defines.
    pub(super) fn defined_by_guest(&self, scope: Scope<'a>, def: &'a TypeDef) -> bool {
        !declared(self.host, scope, def).imported
    }

    /// Where the resource of a handle in the guest's world comes from; absent where the host lacks it.
    pub(super) fn of_guest(&self, scope: Scope<'a>, def: &'a TypeDef) -> Option<Origin<'a>> {
        let declared = declared(self.guest, scope, def);
        if !declared.imported {
            return Some(Origin::Guest(declared.owner, declared.name));
        }
        let (owner, def) = match declared.owner {
            Some(wanted) => {
                let interface = self.matching.find(wanted, &self.host.imports)?;
                let def = interface.types.iter().find(|def| def.name == declared.name)?;
                (Some(&interface.id), def.as_ref())
            }
            None => (None, world_type(&self.host.imports, declared.name)?),
        };
        is_resource(def).then_some(())?;
        let host = self::declared(self.host, Scope { edge: Edge::HostToGuestImport, interface: owner }, def);
        Some(Origin::Host(host.owner, host.name))
    }
}

/// Whether a declared type is a resource, perhaps under another name.
pub(super) fn is_resource(def: &TypeDef) -> bool {
    matches!(base(def).0.kind, TypeKind::Resource)
}

/// A type of the world itself.
pub(super) fn world_type<'a>(items: &'a [WorldItem], name: &str) -> Option<&'a TypeDef> {
    items.iter().find_map(|item| match item {
        WorldItem::Type(def) if def.name == name => Some(def.as_ref()),
        WorldItem::Type(_) | WorldItem::Interface(_) | WorldItem::Function(_) => None,
    })
}

/// What an alias stands for in the end, and whether the way there leads through the world itself.
fn base(def: &TypeDef) -> (&TypeDef, bool) {
    let mut def = def;
    let mut through_world = matches!(def.owner, Owner::World(..));
    while let TypeKind::Alias(Type::Named(target)) = &def.kind {
        def = target;
        through_world |= matches!(def.owner, Owner::World(..));
    }
    (def, through_world)
}

/// An exported interface takes resources of other interfaces from the exports where they are exported too, else from
/// the imports. What the world itself uses, it imports.
fn declared<'a>(world: &'a World, scope: Scope<'a>, def: &'a TypeDef) -> Declared<'a> {
    let (def, through_world) = base(def);
    let owner = match &def.owner {
        // The model gives the types of an inline interface no name of their own.
        Owner::Interface(id) if id.package.is_none() => scope.interface,
        Owner::Interface(id) => Some(id),
        Owner::World(..) => None,
    };
    let imported = match (scope.edge, owner) {
        (Edge::HostToGuestImport, _) | (_, None) => true,
        (Edge::GuestExportToHost, _) if through_world => true,
        (Edge::GuestExportToHost, Some(owner)) => {
            scope.interface != Some(owner)
                && !world.exported_interfaces().any(|interface| interface.id == *owner)
        }
    };
    Declared { imported, owner, name: &def.name }
}
