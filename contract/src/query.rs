//! Questions about the model that everyone asks.

use crate::error::Error;
use crate::model::{
    Contract, Function, FunctionKind, Interface, InterfaceId, Package, Type, TypeKind, World, WorldItem,
};

impl Contract {
    /// The package that was asked for; absent only in a contract built by hand without any.
    pub fn main(&self) -> Option<&Package> {
        self.packages.first()
    }

    /// The world of the main package with this name, or its only world where no name is given.
    ///
    /// # Errors
    /// [`Error::NoSuchWorld`] and [`Error::WorldNotNamed`], with the worlds there are.
    pub fn select_world(&self, name: Option<&str>) -> Result<&World, Error> {
        let package = self.main().map_or_else(String::new, |package| package.id.to_string());
        let worlds = self.main().map_or(&[][..], |package| &package.worlds);
        let known = || worlds.iter().map(|world| world.name.clone()).collect();
        match (name, worlds) {
            (Some(wanted), _) => worlds
                .iter()
                .find(|world| world.name == wanted)
                .ok_or_else(|| Error::NoSuchWorld { wanted: wanted.to_owned(), package, known: known() }),
            (None, [world]) => Ok(world),
            (None, _) => Err(Error::WorldNotNamed { package, known: known() }),
        }
    }
}

impl World {
    /// Every exported function, with its interface where it has one, in order.
    pub fn exported_functions(&self) -> impl Iterator<Item = (Option<&InterfaceId>, &Function)> {
        functions(&self.exports)
    }

    /// Every imported function, with its interface where it has one, in order.
    pub fn imported_functions(&self) -> impl Iterator<Item = (Option<&InterfaceId>, &Function)> {
        functions(&self.imports)
    }

    /// Every exported interface, in order.
    pub fn exported_interfaces(&self) -> impl Iterator<Item = &Interface> {
        interfaces(&self.exports)
    }

    /// Every imported interface, in order.
    pub fn imported_interfaces(&self) -> impl Iterator<Item = &Interface> {
        interfaces(&self.imports)
    }
}

impl Function {
    /// Whether it is declared `async`.
    pub fn is_async(&self) -> bool {
        match self.kind {
            FunctionKind::Plain => false,
            FunctionKind::Async => true,
            FunctionKind::OfResource { asynchronous } => asynchronous,
        }
    }
}

impl Type {
    /// The type itself, with aliases seen through.
    pub fn resolved(&self) -> &Self {
        let mut ty = self;
        while let Self::Named(def) = ty
            && let TypeKind::Alias(target) = &def.kind
        {
            ty = target;
        }
        ty
    }
}

fn functions(items: &[WorldItem]) -> impl Iterator<Item = (Option<&InterfaceId>, &Function)> {
    items.iter().flat_map(|item| {
        let (interface, own) = match item {
            WorldItem::Interface(interface) => (Some(interface), None),
            WorldItem::Function(function) => (None, Some(function)),
            WorldItem::Type(_) => (None, None),
        };
        let inner = interface
            .into_iter()
            .flat_map(|interface| interface.functions.iter().map(|function| (Some(&interface.id), function)));
        own.into_iter().map(|function| (None, function)).chain(inner)
    })
}

fn interfaces(items: &[WorldItem]) -> impl Iterator<Item = &Interface> {
    items.iter().filter_map(|item| match item {
        WorldItem::Interface(interface) => Some(interface),
        WorldItem::Function(_) | WorldItem::Type(_) => None,
    })
}
