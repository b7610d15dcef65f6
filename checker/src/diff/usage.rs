//! Who uses what: interfaces by worlds, types by functions.

use std::collections::{BTreeMap, HashSet};
use std::ptr;

use linchpin_contract::{
    Function, Interface, InterfaceId, PackageId, Type, TypeDef, TypeKind, World, WorldItem,
};

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
    types: HashSet<*const TypeDef>,
}

impl<'a> Usage<'a> {
    pub(super) fn of(sides: [&'a Source; 2]) -> Self {
        let mut usage = Self::default();
        for side in sides {
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
        }
        usage
    }

    /// How worlds use an interface; both ways false where none names it.
    pub(super) fn of_interface(&self, id: &InterfaceId) -> Use {
        self.interfaces.get(&unversioned(id)).copied().unwrap_or_default()
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
        function.params.iter().for_each(|param| self.ty(&param.ty));
        function.result.iter().for_each(|result| self.ty(result));
    }

    fn ty(&mut self, ty: &Type) {
        match ty {
            Type::Primitive(_) => {}
            Type::List(item) | Type::FixedList(item, _) | Type::Option(item) => self.ty(item),
            Type::Map(key, value) => {
                self.ty(key);
                self.ty(value);
            }
            Type::Result { ok, err } => [ok, err].into_iter().flatten().for_each(|part| self.ty(part)),
            Type::Tuple(items) => items.iter().for_each(|item| self.ty(item)),
            Type::Stream(item) | Type::Future(item) => item.iter().for_each(|item| self.ty(item)),
            Type::Named(def) | Type::Own(def) | Type::Borrow(def) => self.def(def),
        }
    }

    fn def(&mut self, def: &TypeDef) {
        if !self.types.insert(ptr::from_ref(def)) {
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
    }
}
