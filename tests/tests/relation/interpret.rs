//! Values, and an interpreter of conversion steps over them.

use linchpin_contract::relation::{Conversion, FieldSource};
use linchpin_contract::{Primitive, Type, TypeKind};

/// A value; named parts by position, as in the canonical ABI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Primitive(Primitive),
    List(Vec<Value>),
    Option(Option<Box<Value>>),
    Result(Result<Option<Box<Value>>, Option<Box<Value>>>),
    Case(usize, Option<Box<Value>>),
    Flags(Vec<bool>),
    Record(Vec<Value>),
    Map(Vec<(Value, Value)>),
}

fn roll(seed: &mut u64, sides: usize) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*seed >> 33).unwrap() % sides
}

/// Some value of a type.
pub(crate) fn source_of(ty: &Type, seed: &mut u64) -> Value {
    let mut some = |ty: &Type| Box::new(source_of(ty, seed));
    match ty.resolved() {
        Type::Primitive(primitive) => Value::Primitive(*primitive),
        Type::List(item) => Value::List(vec![*some(item), *some(item)]),
        Type::FixedList(item, length) => Value::List((0..*length).map(|_| *some(item)).collect()),
        Type::Map(key, value) => Value::Map(vec![(*some(key), *some(value))]),
        Type::Option(item) => {
            let value = some(item);
            Value::Option((roll(seed, 3) > 0).then_some(value))
        }
        Type::Result { ok, err } => {
            let (ok, err) = (ok.as_deref().map(&mut some), err.as_deref().map(&mut some));
            Value::Result(if roll(seed, 2) == 0 { Ok(ok) } else { Err(err) })
        }
        Type::Tuple(items) => Value::Record(items.iter().map(|item| *some(item)).collect()),
        Type::Named(def) => match &def.kind {
            TypeKind::Record(fields) => Value::Record(fields.iter().map(|field| *some(&field.ty)).collect()),
            TypeKind::Variant(cases) => {
                let index = roll(seed, cases.len());
                Value::Case(index, cases[index].payload.as_ref().map(|ty| Box::new(source_of(ty, seed))))
            }
            TypeKind::Enum(labels) => Value::Case(roll(seed, labels.len()), None),
            TypeKind::Flags(labels) => Value::Flags(labels.iter().map(|_| roll(seed, 2) == 0).collect()),
            TypeKind::Alias(_) | TypeKind::Resource => unreachable!("not generated"),
        },
        Type::Stream(_) | Type::Future(_) | Type::Own(_) | Type::Borrow(_) => unreachable!("not generated"),
    }
}

/// Whether a value is one of this type.
pub(crate) fn fits(value: &Value, ty: &Type) -> bool {
    let payload = |value: &Option<Box<Value>>, ty: Option<&Type>| match (value, ty) {
        (Some(value), Some(ty)) => fits(value, ty),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    match (value, ty.resolved()) {
        (Value::Primitive(value), Type::Primitive(wanted)) => value == wanted,
        (Value::List(items), Type::List(item)) => items.iter().all(|value| fits(value, item)),
        (Value::List(items), Type::FixedList(item, length)) => {
            items.len() == usize::try_from(*length).unwrap() && items.iter().all(|value| fits(value, item))
        }
        (Value::Map(entries), Type::Map(key, value)) => {
            entries.iter().all(|(own_key, own)| fits(own_key, key) && fits(own, value))
        }
        (Value::Option(value), Type::Option(item)) => value.as_ref().is_none_or(|value| fits(value, item)),
        (Value::Result(Ok(value)), Type::Result { ok, .. }) => payload(value, ok.as_deref()),
        (Value::Result(Err(value)), Type::Result { err, .. }) => payload(value, err.as_deref()),
        (Value::Record(values), Type::Tuple(items)) => {
            values.len() == items.len() && values.iter().zip(items).all(|(value, ty)| fits(value, ty))
        }
        // The target may have more flags; those are unset.
        (value, Type::Named(def)) => match (value, &def.kind) {
            (Value::Record(values), TypeKind::Record(fields)) => {
                values.len() == fields.len()
                    && values.iter().zip(fields).all(|(value, field)| fits(value, &field.ty))
            }
            (Value::Case(index, value), TypeKind::Variant(cases)) => {
                cases.get(*index).is_some_and(|case| payload(value, case.payload.as_ref()))
            }
            (Value::Case(index, None), TypeKind::Enum(labels)) => *index < labels.len(),
            (Value::Flags(flags), TypeKind::Flags(labels)) => flags.len() <= labels.len(),
            (_, _) => false,
        },
        (_, _) => false,
    }
}

/// One step over the values it may choose from.
pub(crate) fn convert(source: FieldSource, conversion: &Conversion, values: &[Value]) -> Value {
    match source {
        FieldSource::At(index) => apply(conversion, &values[index]),
        FieldSource::Absent | FieldSource::Unrelated(_) => {
            assert_eq!(*conversion, Conversion::Nothing);
            Value::Option(None)
        }
    }
}

fn apply(conversion: &Conversion, value: &Value) -> Value {
    let boxed = |conversion: &Conversion, value: &Value| Some(Box::new(apply(conversion, value)));
    match (conversion, value) {
        (Conversion::Copy, value) => value.clone(),
        (Conversion::Nothing, _) => Value::Option(None),
        (Conversion::Widen { from, to }, Value::Primitive(own)) => {
            assert_eq!(own, from);
            Value::Primitive(*to)
        }
        (Conversion::Wrap(inner), value) => Value::Option(boxed(inner, value)),
        (Conversion::Option(inner), Value::Option(value)) => {
            Value::Option(value.as_ref().and_then(|value| boxed(inner, value)))
        }
        (Conversion::List(inner), Value::List(values)) => {
            Value::List(values.iter().map(|value| apply(inner, value)).collect())
        }
        (Conversion::FixedList(inner, length), Value::List(values)) => {
            assert_eq!(values.len(), usize::try_from(*length).unwrap());
            Value::List(values.iter().map(|value| apply(inner, value)).collect())
        }
        (Conversion::Map(key, inner), Value::Map(entries)) => {
            Value::Map(entries.iter().map(|(own, value)| (apply(key, own), apply(inner, value))).collect())
        }
        (Conversion::Tuple(steps), Value::Record(values)) => {
            assert_eq!(steps.len(), values.len());
            Value::Record(steps.iter().zip(values).map(|(step, value)| apply(step, value)).collect())
        }
        (Conversion::Result { ok, .. }, Value::Result(Ok(value))) => {
            Value::Result(Ok(payload(ok.as_deref(), value)))
        }
        (Conversion::Result { err, .. }, Value::Result(Err(value))) => {
            Value::Result(Err(payload(err.as_deref(), value)))
        }
        (Conversion::Record(steps), Value::Record(values)) => {
            Value::Record(steps.iter().map(|step| convert(step.source, &step.conversion, values)).collect())
        }
        (Conversion::Variant(steps), Value::Case(index, value)) => {
            let step = &steps[*index];
            Value::Case(step.target, payload(step.payload.as_ref(), value))
        }
        (Conversion::Enum(steps), Value::Case(index, None)) => Value::Case(steps[*index].target, None),
        (Conversion::Flags(steps), Value::Flags(flags)) => {
            let count = steps.iter().map(|step| step.target + 1).max().unwrap_or(0);
            let mut target = vec![false; count];
            for (step, flag) in steps.iter().zip(flags) {
                target[step.target] = *flag;
            }
            Value::Flags(target)
        }
        (conversion, value) => panic!("{conversion:?} does not take {value:?}"),
    }
}

fn payload(conversion: Option<&Conversion>, value: &Option<Box<Value>>) -> Option<Box<Value>> {
    assert_eq!(conversion.is_some(), value.is_some());
    Some(Box::new(apply(conversion?, value.as_deref()?)))
}
