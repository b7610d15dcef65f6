//! The types of a contract as the dynamic form takes them.

use linchpin_contract::{Primitive, Type, TypeKind};
use linchpin_host::ValueType;

/// The type with every name expanded; none for what is outside of pure functions.
pub(super) fn value_type(ty: &Type) -> Option<ValueType> {
    let boxed = |ty: &Type| Some(Box::new(value_type(ty)?));
    let side = |ty: &Option<Box<Type>>| match ty {
        Some(ty) => Some(Some(boxed(ty)?)),
        None => Some(None),
    };
    Some(match ty.resolved() {
        Type::Primitive(primitive) => scalar(*primitive)?,
        Type::List(item) => ValueType::List(boxed(item)?),
        Type::FixedList(item, length) => ValueType::FixedLengthList(boxed(item)?, *length),
        Type::Map(key, value) => ValueType::Map(boxed(key)?, boxed(value)?),
        Type::Option(some) => ValueType::Option(boxed(some)?),
        Type::Result { ok, err } => ValueType::Result { ok: side(ok)?, err: side(err)? },
        Type::Tuple(items) => ValueType::Tuple(items.iter().map(value_type).collect::<Option<_>>()?),
        Type::Named(def) => named(&def.kind)?,
        Type::Stream(_) | Type::Future(_) | Type::Own(_) | Type::Borrow(_) => return None,
    })
}

fn named(kind: &TypeKind) -> Option<ValueType> {
    Some(match kind {
        TypeKind::Record(fields) => ValueType::Record(
            fields
                .iter()
                .map(|field| Some((field.name.clone(), value_type(&field.ty)?)))
                .collect::<Option<_>>()?,
        ),
        TypeKind::Variant(cases) => {
            let case = |case: &linchpin_contract::Case| {
                let payload = match &case.payload {
                    Some(ty) => Some(value_type(ty)?),
                    None => None,
                };
                Some((case.name.clone(), payload))
            };
            ValueType::Variant(cases.iter().map(case).collect::<Option<_>>()?)
        }
        TypeKind::Enum(labels) => ValueType::Enum(labels.iter().map(|label| label.name.clone()).collect()),
        TypeKind::Flags(labels) => ValueType::Flags(labels.iter().map(|label| label.name.clone()).collect()),
        TypeKind::Alias(ty) => value_type(ty)?,
        TypeKind::Resource => return None,
    })
}

fn scalar(primitive: Primitive) -> Option<ValueType> {
    Some(match primitive {
        Primitive::Bool => ValueType::Bool,
        Primitive::U8 => ValueType::U8,
        Primitive::U16 => ValueType::U16,
        Primitive::U32 => ValueType::U32,
        Primitive::U64 => ValueType::U64,
        Primitive::S8 => ValueType::S8,
        Primitive::S16 => ValueType::S16,
        Primitive::S32 => ValueType::S32,
        Primitive::S64 => ValueType::S64,
        Primitive::F32 => ValueType::F32,
        Primitive::F64 => ValueType::F64,
        Primitive::Char => ValueType::Char,
        Primitive::String => ValueType::String,
        Primitive::ErrorContext => return None,
    })
}
