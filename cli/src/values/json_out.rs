//! From a value of a known type to JSON, fields in the order of the type.

use linchpin_host::ValueType;
use linchpin_host::dynamic::Value;
use serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};

/// A value with the type that names its parts.
pub(crate) struct TypedValue<'a> {
    pub(crate) ty: &'a ValueType,
    pub(crate) value: &'a Value,
}

impl Serialize for TypedValue<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match (self.ty, self.value) {
            (_, Value::Bool(it)) => out.serialize_bool(*it),
            (_, Value::U8(it)) => out.serialize_u8(*it),
            (_, Value::U16(it)) => out.serialize_u16(*it),
            (_, Value::U32(it)) => out.serialize_u32(*it),
            (_, Value::U64(it)) => out.serialize_u64(*it),
            (_, Value::S8(it)) => out.serialize_i8(*it),
            (_, Value::S16(it)) => out.serialize_i16(*it),
            (_, Value::S32(it)) => out.serialize_i32(*it),
            (_, Value::S64(it)) => out.serialize_i64(*it),
            (_, Value::F32(it)) if it.is_finite() => out.serialize_f32(*it),
            (_, Value::F64(it)) if it.is_finite() => out.serialize_f64(*it),
            (_, Value::F32(it)) => out.serialize_str(special(f64::from(*it))),
            (_, Value::F64(it)) => out.serialize_str(special(*it)),
            (_, Value::Char(it)) => out.serialize_char(*it),
            (_, Value::String(it)) => out.serialize_str(it),
            (ValueType::List(ty) | ValueType::FixedLengthList(ty, _), Value::List(values)) => {
                out.collect_seq(values.iter().map(|value| TypedValue { ty, value }))
            }
            (ValueType::Map(of_key, of_value), Value::Map(entries)) => {
                out.collect_seq(entries.iter().map(|(key, value)| {
                    (TypedValue { ty: of_key, value: key }, TypedValue { ty: of_value, value })
                }))
            }
            (ValueType::Tuple(types), Value::Tuple(values)) => {
                out.collect_seq(types.iter().zip(values).map(|(ty, value)| TypedValue { ty, value }))
            }
            (ValueType::Record(fields), Value::Record(values)) => out.collect_map(
                fields.iter().zip(values).map(|((name, ty), value)| (name, TypedValue { ty, value })),
            ),
            (ValueType::Flags(names), Value::Flags(flags)) => {
                let mut set = out.serialize_seq(None)?;
                for (name, _) in names.iter().zip(flags).filter(|(_, flag)| **flag) {
                    set.serialize_element(name)?;
                }
                set.end()
            }
            (ty, value) => one_case(ty, value, out),
        }
    }
}

/// Types that are one of several cases.
fn one_case<S: Serializer>(ty: &ValueType, value: &Value, out: S) -> Result<S::Ok, S::Error> {
    match (ty, value) {
        (ValueType::Enum(names), Value::Enum(index)) => match names.get(*index as usize) {
            Some(name) => out.serialize_str(name),
            None => Err(S::Error::custom("the enum has no such case")),
        },
        (ValueType::Variant(cases), Value::Variant(index, payload)) => {
            match (cases.get(*index as usize), payload.as_deref()) {
                (Some((name, Some(ty))), Some(value)) => tagged(name, Some((ty, value)), out),
                (Some((name, None)), None) => out.serialize_str(name),
                _ => Err(S::Error::custom("the variant has no such case")),
            }
        }
        (ValueType::Option(_), Value::Option(None)) => out.serialize_unit(),
        (ValueType::Option(ty), Value::Option(Some(value))) => match **ty {
            // `null` inside would read as the outer `none`.
            ValueType::Option(_) => tagged("some", Some((ty, value)), out),
            _ => TypedValue { ty, value }.serialize(out),
        },
        (ValueType::Result { ok, .. }, Value::Result(Ok(value))) => {
            tagged("ok", ok.as_deref().zip(value.as_deref()), out)
        }
        (ValueType::Result { err, .. }, Value::Result(Err(value))) => {
            tagged("err", err.as_deref().zip(value.as_deref()), out)
        }
        (_, value) => Err(S::Error::custom(format!("a {} is not of its type", value.kind()))),
    }
}

fn tagged<S: Serializer>(
    name: &str,
    payload: Option<(&ValueType, &Value)>,
    out: S,
) -> Result<S::Ok, S::Error> {
    let mut object = out.serialize_map(Some(1))?;
    object.serialize_entry(name, &payload.map(|(ty, value)| TypedValue { ty, value }))?;
    object.end()
}

/// JSON has no number for these.
fn special(value: f64) -> &'static str {
    if value.is_nan() {
        "NaN"
    } else if value > 0.0 {
        "inf"
    } else {
        "-inf"
    }
}
