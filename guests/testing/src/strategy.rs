//! Inputs of a function: any value of its types that the contract's ranges let through.
//!
//! A `@range` speaks of every number that is reached from where it stands without passing another declared type's name,
//! as the host's guards take it.

mod number;
mod whole;

use linchpin_contract::{Function, Primitive, Tags, Type, TypeDef, TypeKind};
use linchpin_host::dynamic::Value;
use proptest::arbitrary::any;
use proptest::collection::vec;
use proptest::strategy::{BoxedStrategy, Just, Strategy as _, Union};

/// Values of one type.
type Values = BoxedStrategy<Value>;

/// The arguments of one function.
pub(crate) type Arguments = BoxedStrategy<Vec<Value>>;

/// The arguments of a function, with lists of at most so many items. The error is a type without values.
pub(crate) fn arguments(function: &Function, list_items_max: usize) -> Result<Arguments, String> {
    let make = Make { list_items_max };
    let parameters = function.params.iter().map(|param| make.ty(&param.ty, &[]));
    Ok(parameters.collect::<Result<Vec<_>, _>>()?.boxed())
}

struct Make {
    list_items_max: usize,
}

impl Make {
    fn ty(&self, ty: &Type, tags: &[&Tags]) -> Result<Values, String> {
        match ty {
            Type::Primitive(primitive) => self.primitive(*primitive, tags).ok_or_else(|| ty.to_string()),
            Type::List(item) => {
                let (item, max) = (self.ty(item, tags)?, self.list_items_max);
                // Short ones find most of what there is to find, and long ones the rest.
                let lengths =
                    Union::new_weighted(vec![(1, (0..=max.min(3)).boxed()), (2, (0..=max).boxed())]);
                Ok(lengths
                    .prop_flat_map(move |length| vec(item.clone(), length))
                    .prop_map(Value::List)
                    .boxed())
            }
            Type::FixedList(item, length) => {
                let length = usize::try_from(*length).map_err(|_| ty.to_string())?;
                Ok(vec(self.ty(item, tags)?, length).prop_map(Value::List).boxed())
            }
            Type::Map(key, value) => {
                let entry = (self.ty(key, tags)?, self.ty(value, tags)?);
                Ok(vec(entry, 0..=self.list_items_max).prop_map(Value::Map).boxed())
            }
            Type::Option(some) => {
                let some = self.ty(some, tags)?.prop_map(|value| Value::Option(Some(Box::new(value))));
                Ok(Union::new_weighted(vec![(1, Just(Value::Option(None)).boxed()), (3, some.boxed())])
                    .boxed())
            }
            Type::Result { ok, err } => {
                let ok = self.payload(ok.as_deref(), tags)?.prop_map(|payload| Value::Result(Ok(payload)));
                let err = self.payload(err.as_deref(), &[])?.prop_map(|payload| Value::Result(Err(payload)));
                Ok(Union::new([ok.boxed(), err.boxed()]).boxed())
            }
            Type::Tuple(items) => {
                let items = items.iter().map(|item| self.ty(item, tags)).collect::<Result<Vec<_>, _>>()?;
                Ok(items.prop_map(Value::Tuple).boxed())
            }
            Type::Named(def) => self.def(def, tags),
            Type::Stream(_) | Type::Future(_) | Type::Own(_) | Type::Borrow(_) => Err(ty.to_string()),
        }
    }

    fn def(&self, def: &TypeDef, tags: &[&Tags]) -> Result<Values, String> {
        match &def.kind {
            TypeKind::Alias(target) => {
                let tags: Vec<&Tags> = tags.iter().copied().chain([&def.tags]).collect();
                self.ty(target, &tags)
            }
            TypeKind::Record(fields) => {
                let fields = fields.iter().map(|field| self.ty(&field.ty, &[&field.tags]));
                Ok(fields.collect::<Result<Vec<_>, _>>()?.prop_map(Value::Record).boxed())
            }
            TypeKind::Variant(cases) => {
                let cases = cases.iter().zip(0_u32..).map(|(case, index)| {
                    let payload = self.payload(case.payload.as_ref(), &[&case.tags])?;
                    Ok(payload.prop_map(move |payload| Value::Variant(index, payload)).boxed())
                });
                Ok(Union::new(cases.collect::<Result<Vec<_>, String>>()?).boxed())
            }
            TypeKind::Enum(labels) => {
                let count = u32::try_from(labels.len()).map_err(|_| def.name.clone())?;
                Ok((0..count).prop_map(Value::Enum).boxed())
            }
            TypeKind::Flags(labels) => Ok(vec(any::<bool>(), labels.len()).prop_map(Value::Flags).boxed()),
            TypeKind::Resource => Err(def.name.clone()),
        }
    }

    fn payload(
        &self,
        ty: Option<&Type>,
        tags: &[&Tags],
    ) -> Result<BoxedStrategy<Option<Box<Value>>>, String> {
        match ty {
            Some(ty) => Ok(self.ty(ty, tags)?.prop_map(|value| Some(Box::new(value))).boxed()),
            None => Ok(Just(None).boxed()),
        }
    }

    fn primitive(&self, primitive: Primitive, tags: &[&Tags]) -> Option<Values> {
        let text = vec(any::<char>(), 0..=self.list_items_max);
        Some(match primitive {
            Primitive::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
            Primitive::Char => any::<char>().prop_map(Value::Char).boxed(),
            Primitive::String => text.prop_map(|text| Value::String(text.into_iter().collect())).boxed(),
            Primitive::U8 => number::integers(tags, Value::U8)?,
            Primitive::U16 => number::integers(tags, Value::U16)?,
            Primitive::U32 => number::integers(tags, Value::U32)?,
            Primitive::U64 => number::integers(tags, Value::U64)?,
            Primitive::S8 => number::integers(tags, Value::S8)?,
            Primitive::S16 => number::integers(tags, Value::S16)?,
            Primitive::S32 => number::integers(tags, Value::S32)?,
            Primitive::S64 => number::integers(tags, Value::S64)?,
            Primitive::F32 => number::floats32(tags)?,
            Primitive::F64 => number::floats64(tags)?,
            Primitive::ErrorContext => return None,
        })
    }
}
