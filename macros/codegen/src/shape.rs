//! A WIT type as tokens: the constant to compare with, and the Rust type to write.

use linchpin_contract::{Error, Primitive, Type, TypeDef, TypeKind, type_digest};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use std::sync::Arc;

use crate::alias;
use crate::lookup::{type_key, type_version};
use crate::names::camel_ident;

/// The `Shape` constant of a type.
///
/// # Errors
/// When a type expands to more text than is reasonable.
pub fn shape(ty: &Type) -> Result<TokenStream, Error> {
    Ok(match ty {
        Type::Primitive(primitive) => {
            let name = primitive.as_str();
            quote!(::linchpin_guest::Shape::Primitive(#name))
        }
        Type::List(item) | Type::FixedList(item, _) => {
            let item = shape(item)?;
            quote!(::linchpin_guest::Shape::List(&#item))
        }
        Type::Option(item) => {
            let item = shape(item)?;
            quote!(::linchpin_guest::Shape::Option(&#item))
        }
        Type::Result { ok, err } => {
            let (ok, err) = (payload(ok.as_deref())?, payload(err.as_deref())?);
            quote!(::linchpin_guest::Shape::Result(&#ok, &#err))
        }
        Type::Tuple(items) => {
            let items = items.iter().map(shape).collect::<Result<Vec<_>, _>>()?;
            quote!(::linchpin_guest::Shape::Tuple(&[#(&#items),*]))
        }
        Type::Named(def) => named(def)?,
        // Refused before any check is written; here they must only not cause a second error.
        Type::Map(..) | Type::Stream(_) | Type::Future(_) | Type::Own(_) | Type::Borrow(_) => {
            quote!(::linchpin_guest::Shape::Reported)
        }
    })
}

/// The `Shape` constant of a type that may be absent.
///
/// # Errors
/// As [`shape`].
pub fn payload(ty: Option<&Type>) -> Result<TokenStream, Error> {
    ty.map_or_else(|| Ok(quote!(::linchpin_guest::Shape::Unit)), shape)
}

fn named(def: &Arc<TypeDef>) -> Result<TokenStream, Error> {
    match &def.kind {
        TypeKind::Alias(target) => {
            let of = shape(target)?;
            let own = alias::declared(def);
            if !Arc::ptr_eq(own, def) || alias::primitive(def).is_none() {
                return Ok(of);
            }
            let (key, tags) = (type_key(def), alias::stated(def).to_string());
            Ok(quote! {
                ::linchpin_guest::Shape::Alias(
                    ::linchpin_guest::AliasShape { key: #key, tags: #tags },
                    &#of,
                )
            })
        }
        TypeKind::Record(_) | TypeKind::Variant(_) | TypeKind::Enum(_) | TypeKind::Flags(_) => {
            let (key, version) = (type_key(def), type_version(def));
            let digest = type_digest(&Type::Named(Arc::clone(def)))?.0.map(Literal::u8_unsuffixed);
            Ok(quote! {
                ::linchpin_guest::Shape::Named(::linchpin_guest::NamedShape {
                    key: #key,
                    version: #version,
                    digest: [#(#digest),*],
                })
            })
        }
        TypeKind::Resource => Ok(quote!(::linchpin_guest::Shape::Reported)),
    }
}

/// How the type is written in Rust, for messages. A declared type goes by its WIT name in camel case, and so does an alias
/// that has something to say, as a newtype.
pub fn rust_text(ty: &Type) -> String {
    text(ty, &|def| Some(alias::declared(def)).filter(|own| alias::is_newtype(own)).cloned())
}

/// The same without newtypes.
pub fn plain_text(ty: &Type) -> String {
    text(ty, &|_| None)
}

fn text(ty: &Type, newtype: &dyn Fn(&Arc<TypeDef>) -> Option<Arc<TypeDef>>) -> String {
    let part = |ty: &Type| text(ty, newtype);
    let optional = |ty: Option<&Type>| ty.map_or_else(|| "()".to_owned(), part);
    match ty {
        Type::Primitive(primitive) => rust_name(*primitive).to_owned(),
        Type::List(item) | Type::FixedList(item, _) => format!("Vec<{}>", part(item)),
        Type::Option(item) => format!("Option<{}>", part(item)),
        Type::Result { ok, err } => {
            format!("Result<{}, {}>", optional(ok.as_deref()), optional(err.as_deref()))
        }
        Type::Tuple(items) => match items.as_slice() {
            [one] => format!("({},)", part(one)),
            items => format!("({})", items.iter().map(part).collect::<Vec<_>>().join(", ")),
        },
        Type::Named(def) => match &def.kind {
            TypeKind::Alias(target) => {
                newtype(def).map_or_else(|| part(target), |own| camel_ident(&own.name).to_string())
            }
            TypeKind::Record(_)
            | TypeKind::Variant(_)
            | TypeKind::Enum(_)
            | TypeKind::Flags(_)
            | TypeKind::Resource => camel_ident(&def.name).to_string(),
        },
        Type::Map(..) | Type::Stream(_) | Type::Future(_) | Type::Own(_) | Type::Borrow(_) => ty.to_string(),
    }
}

/// A primitive's name in Rust.
pub fn rust_name(primitive: Primitive) -> &'static str {
    match primitive {
        Primitive::S8 => "i8",
        Primitive::S16 => "i16",
        Primitive::S32 => "i32",
        Primitive::S64 => "i64",
        Primitive::String => "String",
        Primitive::Bool
        | Primitive::U8
        | Primitive::U16
        | Primitive::U32
        | Primitive::U64
        | Primitive::F32
        | Primitive::F64
        | Primitive::Char
        | Primitive::ErrorContext => primitive.as_str(),
    }
}
