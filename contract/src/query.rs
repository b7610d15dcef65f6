//! Questions about the model that everyone asks.

use std::sync::Arc;

use crate::error::Error;
use crate::model::{
    Contract, Function, FunctionKind, Interface, InterfaceId, Package, Primitive, Type, TypeDef, TypeKind,
    World, WorldItem,
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

/// A type or a function that a package declares.
#[derive(Debug, Clone, Copy)]
pub enum Declared<'p> {
    /// A type, aliases and what `use` brings in included.
    Type(&'p Arc<TypeDef>),
    /// A function.
    Function(&'p Function),
}

impl Package {
    /// Every type and function that the package itself declares: those of its interfaces, then those of its worlds and of
    /// interfaces that are written in these, each in source order with types before functions.
    pub fn declared(&self) -> impl Iterator<Item = Declared<'_>> {
        let items = self.worlds.iter().flat_map(|world| world.imports.iter().chain(&world.exports));
        let of_worlds = items.flat_map(|item| match item {
            // Those of a package stand there as well.
            WorldItem::Interface(interface) if interface.id.package.is_some() => Vec::new(),
            WorldItem::Interface(interface) => of_interface(interface).collect(),
            WorldItem::Function(function) => vec![Declared::Function(function)],
            WorldItem::Type(def) => vec![Declared::Type(def)],
        });
        self.interfaces.iter().flat_map(of_interface).chain(of_worlds)
    }
}

fn of_interface(interface: &Interface) -> impl Iterator<Item = Declared<'_>> {
    let functions = interface.functions.iter().map(Declared::Function);
    interface.types.iter().map(Declared::Type).chain(functions)
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

impl Type {
    /// The numbers that a tag on a value of this type speaks of: the value itself, or those that are reached from it
    /// without passing a declared type that is no alias.
    pub fn numbers(&self) -> Vec<Primitive> {
        match self {
            Self::Primitive(primitive) => primitive.is_number().then_some(*primitive).into_iter().collect(),
            Self::List(item) | Self::FixedList(item, _) | Self::Option(item) => item.numbers(),
            Self::Map(key, value) => [value.numbers(), key.numbers()].concat(),
            Self::Result { ok, err } => {
                [ok, err].into_iter().flatten().flat_map(|payload| payload.numbers()).collect()
            }
            Self::Tuple(items) => items.iter().flat_map(Self::numbers).collect(),
            Self::Named(def) => match &def.kind {
                TypeKind::Alias(target) => target.numbers(),
                TypeKind::Record(_)
                | TypeKind::Variant(_)
                | TypeKind::Enum(_)
                | TypeKind::Flags(_)
                | TypeKind::Resource => Vec::new(),
            },
            Self::Stream(_) | Self::Future(_) | Self::Own(_) | Self::Borrow(_) => Vec::new(),
        }
    }
}

impl Type {
    /// Brings every declared type in it, outermost first; those that a declared type is made of only where `visit`
    /// gives `true` for it, which is how a walk over many types visits each once.
    pub fn each_declared<'t>(&'t self, visit: &mut impl FnMut(&'t Arc<TypeDef>) -> bool) {
        match self {
            Self::Primitive(_) => {}
            Self::List(item) | Self::FixedList(item, _) | Self::Option(item) => item.each_declared(visit),
            Self::Map(key, value) => {
                key.each_declared(visit);
                value.each_declared(visit);
            }
            Self::Result { ok, err } => {
                [ok, err].into_iter().flatten().for_each(|part| part.each_declared(visit));
            }
            Self::Tuple(items) => items.iter().for_each(|item| item.each_declared(visit)),
            Self::Stream(item) | Self::Future(item) => item.iter().for_each(|item| item.each_declared(visit)),
            Self::Named(def) | Self::Own(def) | Self::Borrow(def) => {
                if visit(def) {
                    def.each_declared(visit);
                }
            }
        }
    }
}

impl TypeDef {
    /// As [`Type::each_declared`], of what the type is made of.
    pub fn each_declared<'t>(&'t self, visit: &mut impl FnMut(&'t Arc<TypeDef>) -> bool) {
        match &self.kind {
            TypeKind::Record(fields) => fields.iter().for_each(|field| field.ty.each_declared(visit)),
            TypeKind::Variant(cases) => {
                let payloads = cases.iter().filter_map(|case| case.payload.as_ref());
                payloads.for_each(|payload| payload.each_declared(visit));
            }
            TypeKind::Alias(target) => target.each_declared(visit),
            TypeKind::Enum(_) | TypeKind::Flags(_) | TypeKind::Resource => {}
        }
    }
}

impl Function {
    /// As [`Type::each_declared`], of parameters and result.
    pub fn each_declared<'t>(&'t self, visit: &mut impl FnMut(&'t Arc<TypeDef>) -> bool) {
        self.params.iter().for_each(|param| param.ty.each_declared(visit));
        self.result.iter().for_each(|result| result.each_declared(visit));
    }
}

impl Primitive {
    /// Whether it is an integer or a float.
    pub fn is_number(self) -> bool {
        matches!(self, Self::F32 | Self::F64) || self.integer_bounds().is_some()
    }

    /// The least and the greatest number that an integer type holds; none for every other type.
    pub fn integer_bounds(self) -> Option<(i128, i128)> {
        match self {
            Self::U8 => Some((0, u8::MAX.into())),
            Self::U16 => Some((0, u16::MAX.into())),
            Self::U32 => Some((0, u32::MAX.into())),
            Self::U64 => Some((0, u64::MAX.into())),
            Self::S8 => Some((i8::MIN.into(), i8::MAX.into())),
            Self::S16 => Some((i16::MIN.into(), i16::MAX.into())),
            Self::S32 => Some((i32::MIN.into(), i32::MAX.into())),
            Self::S64 => Some((i64::MIN.into(), i64::MAX.into())),
            Self::F32 | Self::F64 | Self::Bool | Self::Char | Self::String | Self::ErrorContext => None,
        }
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
