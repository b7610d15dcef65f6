//! The host's values as the bytes that the guest's native functions take and give.

use linchpin_guest::testing::{Bytes as _, Reader, write_items};
use linchpin_host::ValueType;
use linchpin_host::dynamic::Value;

/// Adds a value to the end.
pub(crate) fn write(value: &Value, to: &mut Vec<u8>) {
    match value {
        Value::Bool(value) => value.write(to),
        Value::U8(value) => value.write(to),
        Value::U16(value) => value.write(to),
        Value::U32(value) | Value::Enum(value) => value.write(to),
        Value::U64(value) => value.write(to),
        Value::S8(value) => value.write(to),
        Value::S16(value) => value.write(to),
        Value::S32(value) => value.write(to),
        Value::S64(value) => value.write(to),
        Value::F32(value) => value.write(to),
        Value::F64(value) => value.write(to),
        Value::Char(value) => value.write(to),
        Value::String(value) => value.write(to),
        Value::List(items) => write_items(items, to, write),
        Value::Map(entries) => write_items(entries, to, |(key, value), to| {
            write(key, to);
            write(value, to);
        }),
        Value::Record(parts) | Value::Tuple(parts) => parts.iter().for_each(|part| write(part, to)),
        Value::Variant(case, payload) => {
            case.write(to);
            payload.iter().for_each(|payload| write(payload, to));
        }
        Value::Flags(flags) => {
            let bits = flags.iter().zip(0..).map(|(flag, bit)| u32::from(*flag) << bit);
            bits.fold(0_u32, |all, bit| all | bit).write(to);
        }
        Value::Option(value) => {
            u32::from(value.is_some()).write(to);
            value.iter().for_each(|value| write(value, to));
        }
        Value::Result(value) => {
            u32::from(value.is_err()).write(to);
            let (Ok(payload) | Err(payload)) = value;
            payload.iter().for_each(|payload| write(payload, to));
        }
    }
}

/// The next value of a type; `None` where the bytes are none.
pub(crate) fn read(ty: &ValueType, from: &mut Reader<'_>) -> Option<Value> {
    let parts = |types: &mut dyn Iterator<Item = &ValueType>, from: &mut Reader<'_>| {
        types.map(|ty| read(ty, from)).collect::<Option<Vec<_>>>()
    };
    Some(match ty {
        ValueType::List(item) => Value::List(from.items(|from| read(item, from))?),
        ValueType::FixedLengthList(item, length) => {
            let items = from.items(|from| read(item, from))?;
            if items.len() != usize::try_from(*length).ok()? {
                return None;
            }
            Value::List(items)
        }
        ValueType::Map(key, value) => {
            Value::Map(from.items(|from| Some((read(key, from)?, read(value, from)?)))?)
        }
        ValueType::Record(fields) => Value::Record(parts(&mut fields.iter().map(|(_, ty)| ty), from)?),
        ValueType::Tuple(items) => Value::Tuple(parts(&mut items.iter(), from)?),
        ValueType::Flags(names) => {
            let bits = u32::read(from)?;
            Value::Flags((0..names.len()).map(|flag| bits >> flag & 1 == 1).collect())
        }
        ValueType::Variant(cases) => {
            let case = u32::read(from)?;
            let (_, payload) = cases.get(usize::try_from(case).ok()?)?;
            Value::Variant(case, optional(payload.as_ref(), from)?)
        }
        ValueType::Enum(_) => Value::Enum(u32::read(from)?),
        ValueType::Option(some) => {
            Value::Option(if u32::read(from)? == 0 { None } else { optional(Some(some), from)? })
        }
        ValueType::Result { ok, err } => result(ok.as_deref(), err.as_deref(), from)?,
        ValueType::Bool
        | ValueType::U8
        | ValueType::U16
        | ValueType::U32
        | ValueType::U64
        | ValueType::S8
        | ValueType::S16
        | ValueType::S32
        | ValueType::S64
        | ValueType::F32
        | ValueType::F64
        | ValueType::Char
        | ValueType::String => scalar(ty, from)?,
    })
}

/// A value without parts.
fn scalar(ty: &ValueType, from: &mut Reader<'_>) -> Option<Value> {
    Some(match ty {
        ValueType::Bool => Value::Bool(bool::read(from)?),
        ValueType::U8 => Value::U8(u8::read(from)?),
        ValueType::U16 => Value::U16(u16::read(from)?),
        ValueType::U32 => Value::U32(u32::read(from)?),
        ValueType::U64 => Value::U64(u64::read(from)?),
        ValueType::S8 => Value::S8(i8::read(from)?),
        ValueType::S16 => Value::S16(i16::read(from)?),
        ValueType::S32 => Value::S32(i32::read(from)?),
        ValueType::S64 => Value::S64(i64::read(from)?),
        ValueType::F32 => Value::F32(f32::read(from)?),
        ValueType::F64 => Value::F64(f64::read(from)?),
        ValueType::Char => Value::Char(char::read(from)?),
        ValueType::String => Value::String(String::read(from)?),
        // `read` has taken those with parts.
        _ => return None,
    })
}

fn result(ok: Option<&ValueType>, err: Option<&ValueType>, from: &mut Reader<'_>) -> Option<Value> {
    Some(Value::Result(match u32::read(from)? {
        0 => Ok(optional(ok, from)?),
        _ => Err(optional(err, from)?),
    }))
}

/// A payload, where the type has one. The outer `None` is a malformed one.
#[expect(clippy::option_option, reason = "whether there is a payload, and whether it could be read")]
fn optional(ty: Option<&ValueType>, from: &mut Reader<'_>) -> Option<Option<Box<Value>>> {
    match ty {
        Some(ty) => Some(Some(Box::new(read(ty, from)?))),
        None => Some(None),
    }
}
