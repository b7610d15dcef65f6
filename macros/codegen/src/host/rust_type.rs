//! The Rust type of a WIT type, and what can be derived for it.

use linchpin_contract::{Primitive, Type, TypeDef, TypeKind};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::own::OwnTypes;
use super::plan::{Plan, type_ident};

/// Where a path is written, which decides how it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From<'m> {
    /// In the world's module.
    World,
    /// In the module of an interface.
    Interface(&'m Ident),
}

/// The path of a declared type.
pub(super) fn path(plan: &Plan<'_>, def: &TypeDef, from: From<'_>) -> TokenStream {
    let ident = type_ident(def);
    match (plan.module(&def.owner), from) {
        (Some(module), From::Interface(here)) if module.ident == *here => quote!(self::#ident),
        (Some(module), From::Interface(_)) => {
            let module = &module.ident;
            quote!(super::#module::#ident)
        }
        (Some(module), From::World) => {
            let module = &module.ident;
            quote!(self::#module::#ident)
        }
        (None, From::World) => quote!(self::#ident),
        (None, From::Interface(_)) => quote!(super::#ident),
    }
}

/// The type of an owned value.
pub(super) fn owned(plan: &Plan<'_>, ty: &Type, from: From<'_>) -> TokenStream {
    let part = |ty: &Type| owned(plan, ty, from);
    let side = |ty: &Option<Box<Type>>| ty.as_deref().map_or_else(|| quote!(()), part);
    match ty {
        Type::Primitive(primitive) => self::primitive(*primitive),
        Type::Named(def) => path(plan, def, from),
        Type::List(item) => {
            let item = part(item);
            quote!(::std::vec::Vec<#item>)
        }
        Type::Option(item) => {
            let item = part(item);
            quote!(::core::option::Option<#item>)
        }
        Type::Result { ok, err } => {
            let (ok, err) = (side(ok), side(err));
            quote!(::core::result::Result<#ok, #err>)
        }
        Type::Tuple(items) => {
            let items = items.iter().map(part);
            quote!((#(#items,)*))
        }
        // `Arguments::world` let no world with these through.
        Type::FixedList(..)
        | Type::Map(..)
        | Type::Stream(_)
        | Type::Future(_)
        | Type::Own(_)
        | Type::Borrow(_) => quote!(::core::convert::Infallible),
    }
}

/// How an argument is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Passing {
    /// As it is.
    Value,
    /// By reference.
    Reference,
}

/// Types without parts are passed as they are, all others by reference.
pub(super) fn passing(ty: &Type) -> Passing {
    match ty.resolved() {
        Type::Primitive(Primitive::String) => Passing::Reference,
        Type::Primitive(_) => Passing::Value,
        Type::Named(def) if matches!(def.kind, TypeKind::Enum(_)) => Passing::Value,
        Type::Named(_)
        | Type::List(_)
        | Type::FixedList(..)
        | Type::Map(..)
        | Type::Option(_)
        | Type::Result { .. }
        | Type::Tuple(_)
        | Type::Stream(_)
        | Type::Future(_)
        | Type::Own(_)
        | Type::Borrow(_) => Passing::Reference,
    }
}

/// The type of a parameter, written in the world's module.
pub(super) fn parameter(plan: &Plan<'_>, ty: &Type) -> TokenStream {
    if let Type::Named(def) = ty
        && let Some(newtype) = newtype(plan, def)
    {
        let path = path(plan, newtype, From::World);
        return match passing(ty) {
            Passing::Value => path,
            Passing::Reference => quote!(&#path),
        };
    }
    match (passing(ty), ty.resolved()) {
        (Passing::Value, _) => owned(plan, ty, From::World),
        (Passing::Reference, Type::Primitive(_)) => quote!(&::core::primitive::str),
        (Passing::Reference, Type::List(item)) => {
            let item = owned(plan, item, From::World);
            quote!(&[#item])
        }
        (Passing::Reference, _) => {
            let ty = owned(plan, ty, From::World);
            quote!(&#ty)
        }
    }
}

/// The first in a chain of aliases that is a newtype of the firmware's.
fn newtype<'d>(plan: &Plan<'_>, def: &'d TypeDef) -> Option<&'d TypeDef> {
    match &def.kind {
        TypeKind::Alias(_) if plan.own(def).is_some() => Some(def),
        TypeKind::Alias(Type::Named(target)) => newtype(plan, target),
        TypeKind::Alias(_)
        | TypeKind::Record(_)
        | TypeKind::Variant(_)
        | TypeKind::Enum(_)
        | TypeKind::Flags(_)
        | TypeKind::Resource => None,
    }
}

fn primitive(primitive: Primitive) -> TokenStream {
    let name = match primitive {
        Primitive::String => return quote!(::std::string::String),
        // Outside the pure subset: `Arguments::world` let none through.
        Primitive::ErrorContext => return quote!(::core::convert::Infallible),
        Primitive::Bool => "bool",
        Primitive::U8 => "u8",
        Primitive::U16 => "u16",
        Primitive::U32 => "u32",
        Primitive::U64 => "u64",
        Primitive::S8 => "i8",
        Primitive::S16 => "i16",
        Primitive::S32 => "i32",
        Primitive::S64 => "i64",
        Primitive::F32 => "f32",
        Primitive::F64 => "f64",
        Primitive::Char => "char",
    };
    let ident = format_ident!("{name}");
    quote!(#ident)
}

/// What a type consists of, as far as derives ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Contents {
    /// Strings or lists, so that a copy is not plain.
    pub(crate) heap: bool,
    /// Floats, so that equality is partial.
    pub(crate) floats: bool,
    /// A tuple of more than 12 items, which the standard library can only copy.
    pub(crate) long_tuple: bool,
}

impl Contents {
    const NONE: Self = Self { heap: false, floats: false, long_tuple: false };

    /// Of a type.
    pub(crate) fn of(own: &OwnTypes, ty: &Type) -> Self {
        let of = |ty: &Type| Self::of(own, ty);
        match ty {
            Type::Primitive(primitive) => Self {
                heap: *primitive == Primitive::String,
                floats: matches!(primitive, Primitive::F32 | Primitive::F64),
                long_tuple: false,
            },
            Type::List(item) => Self { heap: true, ..of(item) },
            Type::Option(item) | Type::FixedList(item, _) => of(item),
            Type::Map(key, value) => Self { heap: true, ..Self::all(own, [&**key, value]) },
            Type::Result { ok, err } => Self::all(own, [ok, err].into_iter().flatten().map(|ty| &**ty)),
            Type::Tuple(items) => {
                let parts = Self::all(own, items);
                Self { long_tuple: parts.long_tuple || items.len() > 12, ..parts }
            }
            Type::Named(def) => Self::of_def(own, def),
            Type::Stream(_) | Type::Future(_) | Type::Own(_) | Type::Borrow(_) => {
                Self { heap: true, ..Self::NONE }
            }
        }
    }

    /// Of a declared type.
    pub(crate) fn of_def(own: &OwnTypes, def: &TypeDef) -> Self {
        if own.path(def).is_some() {
            // What it derives is not to be seen from here.
            return Self { heap: true, floats: true, long_tuple: false };
        }
        match &def.kind {
            TypeKind::Record(fields) => Self::all(own, fields.iter().map(|field| &field.ty)),
            TypeKind::Variant(cases) => Self::all(own, cases.iter().filter_map(|case| case.payload.as_ref())),
            TypeKind::Alias(target) => Self::of(own, target),
            TypeKind::Enum(_) | TypeKind::Flags(_) => Self::NONE,
            TypeKind::Resource => Self { heap: true, ..Self::NONE },
        }
    }

    fn all<'t>(own: &OwnTypes, types: impl IntoIterator<Item = &'t Type>) -> Self {
        types.into_iter().map(|ty| Self::of(own, ty)).fold(Self::NONE, |all, one| Self {
            heap: all.heap || one.heap,
            floats: all.floats || one.floats,
            long_tuple: all.long_tuple || one.long_tuple,
        })
    }
}
