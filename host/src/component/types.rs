//! From the validator's types to the plain tree, bounded before it is built.
//!
//! What is asynchronous, a handle or an error context is no plain value and is refused by name.

use super::size::Sizes;
use super::value_type::ValueType;
use wasmparser::PrimitiveValType;
use wasmparser::component_types::{ComponentDefinedType, ComponentFuncType, ComponentValType};
use wasmparser::types::{TypeIdentifier, TypesRef};

/// The most bytes that the expanded text of one function may have.
pub(super) const TEXT_BYTES_MAX: usize = 1 << 20;
/// The most bytes that the expanded texts of one component may have together.
pub(super) const TEXT_BYTES_MAX_TOTAL: usize = 4 << 20;

/// Why a type was not decoded.
pub(super) enum Unfit {
    /// It is not a plain value.
    Impure(&'static str),
    /// Its expansion is over a bound.
    TooLarge(&'static str),
}

/// The parameters and the result of a function, expanded.
pub(super) struct Signature {
    pub(super) parameters: Vec<(String, ValueType)>,
    pub(super) result: Option<ValueType>,
}

/// Decodes types of one component and remembers their sizes.
pub(super) struct Decoder<'a> {
    types: TypesRef<'a>,
    sizes: Sizes<'a>,
    total: usize,
}

impl<'a> Decoder<'a> {
    pub(super) fn new(types: TypesRef<'a>) -> Self {
        Self { types, sizes: Sizes::new(types), total: 0 }
    }

    /// Expands one function's types.
    pub(super) fn signature(&mut self, function: &ComponentFuncType) -> Result<Signature, Unfit> {
        if function.async_ {
            return Err(Unfit::Impure("`async`"));
        }
        let bytes = self.sizes.function(function)?;
        self.total = self.total.saturating_add(bytes);
        if bytes > TEXT_BYTES_MAX {
            return Err(Unfit::TooLarge("over 1 MiB of text when expanded"));
        }
        if self.total > TEXT_BYTES_MAX_TOTAL {
            return Err(Unfit::TooLarge("with those before it over 4 MiB of text when expanded"));
        }
        let mut parameters = Vec::with_capacity(function.params.len());
        for (name, ty) in &function.params {
            parameters.push((name.as_str().to_owned(), self.expand(*ty)?));
        }
        let result = function.result.map(|ty| self.expand(ty)).transpose()?;
        Ok(Signature { parameters, result })
    }

    fn expand(&self, ty: ComponentValType) -> Result<ValueType, Unfit> {
        let id = match ty {
            ComponentValType::Primitive(primitive) => return self::primitive(primitive),
            ComponentValType::Type(id) => id,
        };
        Ok(match known(self.types, id) {
            ComponentDefinedType::Primitive(primitive) => return self::primitive(*primitive),
            ComponentDefinedType::Record(record) => ValueType::Record(
                record
                    .fields
                    .iter()
                    .map(|(name, ty)| Ok((name.as_str().to_owned(), self.expand(*ty)?)))
                    .collect::<Result<_, Unfit>>()?,
            ),
            ComponentDefinedType::Variant(variant) => ValueType::Variant(
                variant
                    .cases
                    .iter()
                    .map(|(name, case)| {
                        Ok((name.as_str().to_owned(), case.ty.map(|ty| self.expand(ty)).transpose()?))
                    })
                    .collect::<Result<_, Unfit>>()?,
            ),
            ComponentDefinedType::List { element, .. } => ValueType::List(self.boxed(*element)?),
            ComponentDefinedType::Map { key, value, .. } => {
                ValueType::Map(self.boxed(*key)?, self.boxed(*value)?)
            }
            ComponentDefinedType::FixedLengthList { element, length, .. } => {
                ValueType::FixedLengthList(self.boxed(*element)?, *length)
            }
            ComponentDefinedType::Tuple(tuple) => {
                ValueType::Tuple(tuple.types.iter().map(|ty| self.expand(*ty)).collect::<Result<_, Unfit>>()?)
            }
            ComponentDefinedType::Flags(names) => ValueType::Flags(owned(names.iter().map(|n| n.as_str()))),
            ComponentDefinedType::Enum(names) => ValueType::Enum(owned(names.iter().map(|n| n.as_str()))),
            ComponentDefinedType::Option { ty, .. } => ValueType::Option(self.boxed(*ty)?),
            ComponentDefinedType::Result { ok, err, .. } => ValueType::Result {
                ok: ok.map(|ty| self.boxed(ty)).transpose()?,
                err: err.map(|ty| self.boxed(ty)).transpose()?,
            },
            ComponentDefinedType::Own(_) | ComponentDefinedType::Borrow(_) => {
                return Err(Unfit::Impure("a resource"));
            }
            ComponentDefinedType::Future { .. } => return Err(Unfit::Impure("a `future`")),
            ComponentDefinedType::Stream { .. } => return Err(Unfit::Impure("a `stream`")),
        })
    }

    fn boxed(&self, ty: ComponentValType) -> Result<Box<ValueType>, Unfit> {
        self.expand(ty).map(Box::new)
    }
}

/// The type of an id that came from the same `types`.
pub(super) fn known<T: TypeIdentifier>(types: TypesRef<'_>, id: T) -> &T::Data {
    types.get(id).expect("the validator gives an id only to a type that it has")
}

fn owned<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    names.map(str::to_owned).collect()
}

fn primitive(ty: PrimitiveValType) -> Result<ValueType, Unfit> {
    Ok(match ty {
        PrimitiveValType::Bool => ValueType::Bool,
        PrimitiveValType::S8 => ValueType::S8,
        PrimitiveValType::U8 => ValueType::U8,
        PrimitiveValType::S16 => ValueType::S16,
        PrimitiveValType::U16 => ValueType::U16,
        PrimitiveValType::S32 => ValueType::S32,
        PrimitiveValType::U32 => ValueType::U32,
        PrimitiveValType::S64 => ValueType::S64,
        PrimitiveValType::U64 => ValueType::U64,
        PrimitiveValType::F32 => ValueType::F32,
        PrimitiveValType::F64 => ValueType::F64,
        PrimitiveValType::Char => ValueType::Char,
        PrimitiveValType::String => ValueType::String,
        PrimitiveValType::ErrorContext => return Err(Unfit::Impure("an `error-context`")),
    })
}
