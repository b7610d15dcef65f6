//! Who uses what: interfaces by worlds, types by functions.

use std::collections::{BTreeMap, HashSet};
use std::ptr;
use std::sync::Arc;

use linchpin_contract::{Function, Interface, InterfaceId, PackageId, TypeDef, TypeKind, World, WorldItem};

use super::source::{Content, Source};

/// How worlds use an interface.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Use {
    /// Modules call it; the firmware provides it.
    pub(super) imported: bool,
    /// Firmware calls it; modules provide it.
    pub(super) exported: bool,
}

impl Use {
    pub(super) const IMPORTED: Self = Self { imported: true, exported: false };
    pub(super) const EXPORTED: Self = Self { imported: false, exported: true };
}

/// An interface in any version: namespace, package and interface.
pub(super) type Unversioned<'a> = (&'a str, &'a str, &'a str);

pub(super) fn unversioned(id: &InterfaceId) -> Unversioned<'_> {
    let (namespace, package) = id.package.as_ref().map_or(("", ""), package_name);
    (namespace, package, &id.name)
}

pub(super) fn package_name(id: &PackageId) -> (&str, &str) {
    (&id.namespace, &id.name)
}

/// Whether there is anything to link: types alone are not.
pub(super) fn callable(interface: &Interface) -> bool {
    !interface.functions.is_empty()
        || interface.types.iter().any(|def| matches!(def.kind, TypeKind::Resource))
}

/// Whether an interface is looked up when things are linked: what modules export always is, what they import where
/// there is anything to link.
pub(super) fn looked_up(interface: &Interface, usage: Use) -> bool {
    usage.exported || callable(interface)
}

/// What the worlds of both sides use.
#[derive(Default)]
pub(super) struct Usage<'a> {
    interfaces: BTreeMap<Unversioned<'a>, Use>,
    /// The same, of the older and of the newer side alone.
    sides: [BTreeMap<Unversioned<'a>, Use>; 2],
    types: HashSet<*const TypeDef>,
}

impl<'a> Usage<'a> {
    pub(super) fn of(sides: [&'a Source; 2]) -> Self {
        let mut usage = Self::default();
        for (index, side) in sides.into_iter().enumerate() {
            let others = std::mem::take(&mut usage.interfaces);
            match &side.content {
                Content::Contract(contract) => {
                    for package in &contract.packages {
                        package.interfaces.iter().for_each(|interface| usage.interface(interface));
                        package.worlds.iter().for_each(|world| usage.world(world));
                    }
                }
                Content::Component(worlds) | Content::Worlds(worlds) => {
                    worlds.iter().for_each(|world| usage.world(world));
                }
            }
            let own = usage.interfaces.clone();
            for (id, other) in others {
                let both = usage.interfaces.entry(id).or_default();
                both.imported |= other.imported;
                both.exported |= other.exported;
            }
            if let Some(side) = usage.sides.get_mut(index) {
                *side = own;
            }
        }
        usage
    }

    /// How worlds use an interface; both ways false where none names it.
    pub(super) fn of_interface(&self, id: &InterfaceId) -> Use {
        self.interfaces.get(&unversioned(id)).copied().unwrap_or_default()
    }

    /// How the worlds of the older and of the newer side use an interface.
    pub(super) fn on_sides(&self, id: &InterfaceId) -> [Use; 2] {
        self.sides.each_ref().map(|side| side.get(&unversioned(id)).copied().unwrap_or_default())
    }

    /// Whether a function of its side uses the type.
    pub(super) fn of_type(&self, def: &TypeDef) -> bool {
        self.types.contains(&ptr::from_ref(def))
    }

    fn world(&mut self, world: &'a World) {
        for (items, way) in [(&world.imports, Use::IMPORTED), (&world.exports, Use::EXPORTED)] {
            for item in items {
                match item {
                    WorldItem::Interface(interface) => {
                        let entry = self.interfaces.entry(unversioned(&interface.id)).or_default();
                        entry.imported |= way.imported;
                        entry.exported |= way.exported;
                        self.interface(interface);
                    }
                    WorldItem::Function(function) => self.function(function),
                    WorldItem::Type(_) => {}
                }
            }
        }
    }

    fn interface(&mut self, interface: &Interface) {
        interface.functions.iter().for_each(|function| self.function(function));
    }

    fn function(&mut self, function: &Function) {
        function.each_declared(&mut |def| self.types.insert(Arc::as_ptr(def)));
    }
}
