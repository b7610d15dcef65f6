//! WAVE, the component model's own text for values, in and out.

use std::borrow::Cow;

use linchpin_host::ValueType;
use linchpin_host::dynamic::Value;
use wasm_wave::value::{Type, Value as Wave};
use wasm_wave::wasm::{WasmTypeKind, WasmValue, WasmValueError};

use super::ValueError;

/// The value of type `ty` that `text` is; `path` is how messages name it.
pub(crate) fn from_wave(ty: &ValueType, text: &str, path: &str) -> Result<Value, ValueError> {
    let wave_ty = wave_type(ty).ok_or_else(|| unsupported(path))?;
    let wave: Wave = wasm_wave::from_str(&wave_ty, text.trim()).map_err(|reason| {
        ValueError::new(path, format!("not a value of its type in JSON or WAVE: {reason}"))
    })?;
    value(ty, &wave).ok_or_else(|| unsupported(path))
}

/// `value` as text.
pub(crate) fn to_wave(ty: &ValueType, value: &Value, path: &str) -> Result<String, ValueError> {
    let wave_ty = wave_type(ty).ok_or_else(|| unsupported(path))?;
    let wave = wave(&wave_ty, ty, value).map_err(|reason| ValueError::new(path, reason.to_string()))?;
    wasm_wave::to_string(&wave).map_err(|reason| ValueError::new(path, reason.to_string()))
}

fn unsupported(path: &str) -> ValueError {
    ValueError::new(path, "WAVE has no form for this type (a `map`, or an empty one); use JSON")
}

fn wave_type(ty: &ValueType) -> Option<Type> {
    let optional = |ty: &Option<Box<ValueType>>| match ty {
        Some(ty) => wave_type(ty).map(Some),
        None => Some(None),
    };
    match ty {
        ValueType::Bool => Some(Type::BOOL),
        ValueType::U8 => Some(Type::U8),
        ValueType::U16 => Some(Type::U16),
        ValueType::U32 => Some(Type::U32),
        ValueType::U64 => Some(Type::U64),
        ValueType::S8 => Some(Type::S8),
        ValueType::S16 => Some(Type::S16),
        ValueType::S32 => Some(Type::S32),
        ValueType::S64 => Some(Type::S64),
        ValueType::F32 => Some(Type::F32),
        ValueType::F64 => Some(Type::F64),
        ValueType::Char => Some(Type::CHAR),
        ValueType::String => Some(Type::STRING),
        // A fixed length is the same text; the call itself refuses another length.
        ValueType::List(item) | ValueType::FixedLengthList(item, _) => Some(Type::list(wave_type(item)?)),
        ValueType::Map(..) => None,
        ValueType::Option(some) => Some(Type::option(wave_type(some)?)),
        ValueType::Result { ok, err } => Some(Type::result(optional(ok)?, optional(err)?)),
        ValueType::Tuple(items) => Type::tuple(items.iter().map(wave_type).collect::<Option<Vec<_>>>()?),
        ValueType::Record(fields) => {
            let fields = fields.iter().map(|(name, ty)| Some((name.as_str(), wave_type(ty)?)));
            Type::record(fields.collect::<Option<Vec<_>>>()?)
        }
        ValueType::Variant(cases) => {
            let case = |(name, ty): &(String, Option<ValueType>)| match ty {
                Some(ty) => Some((name.clone(), Some(wave_type(ty)?))),
                None => Some((name.clone(), None)),
            };
            Type::variant(cases.iter().map(case).collect::<Option<Vec<_>>>()?)
        }
        ValueType::Enum(names) => Type::enum_ty(names.iter().map(String::as_str)),
        ValueType::Flags(names) => Type::flags(names.iter().map(String::as_str)),
    }
}

/// The parser gave `wave` for the type of `ty`, so their kinds agree; anything else is `None`.
fn value(ty: &ValueType, wave: &Wave) -> Option<Value> {
    let inner = |ty: &Option<Box<ValueType>>, wave: Option<Cow<'_, Wave>>| match (ty, wave) {
        (Some(ty), Some(wave)) => value(ty, &wave).map(|value| Some(Box::new(value))),
        (None, None) => Some(None),
        (Some(_), None) | (None, Some(_)) => None,
    };
    Some(match ty {
        ValueType::Bool => Value::Bool(wave.unwrap_bool()),
        ValueType::U8 => Value::U8(wave.unwrap_u8()),
        ValueType::U16 => Value::U16(wave.unwrap_u16()),
        ValueType::U32 => Value::U32(wave.unwrap_u32()),
        ValueType::U64 => Value::U64(wave.unwrap_u64()),
        ValueType::S8 => Value::S8(wave.unwrap_s8()),
        ValueType::S16 => Value::S16(wave.unwrap_s16()),
        ValueType::S32 => Value::S32(wave.unwrap_s32()),
        ValueType::S64 => Value::S64(wave.unwrap_s64()),
        ValueType::F32 => Value::F32(wave.unwrap_f32()),
        ValueType::F64 => Value::F64(wave.unwrap_f64()),
        ValueType::Char => Value::Char(wave.unwrap_char()),
        ValueType::String => Value::String(wave.unwrap_string().into_owned()),
        ValueType::List(item) | ValueType::FixedLengthList(item, _) => {
            Value::List(wave.unwrap_list().map(|wave| value(item, &wave)).collect::<Option<_>>()?)
        }
        ValueType::Map(..) => return None,
        ValueType::Option(some) => match wave.unwrap_option() {
            Some(wave) => Value::Option(Some(Box::new(value(some, &wave)?))),
            None => Value::Option(None),
        },
        ValueType::Result { ok, err } => Value::Result(match wave.unwrap_result() {
            Ok(wave) => Ok(inner(ok, wave)?),
            Err(wave) => Err(inner(err, wave)?),
        }),
        ValueType::Tuple(types) => {
            let items = types.iter().zip(wave.unwrap_tuple());
            Value::Tuple(items.map(|(ty, wave)| value(ty, &wave)).collect::<Option<_>>()?)
        }
        ValueType::Record(fields) => {
            let given = fields.iter().zip(wave.unwrap_record());
            Value::Record(given.map(|((_, ty), (_, wave))| value(ty, &wave)).collect::<Option<_>>()?)
        }
        ValueType::Variant(cases) => {
            let (name, payload) = wave.unwrap_variant();
            let (index, (_, ty)) = cases.iter().enumerate().find(|(_, (case, _))| *case == *name)?;
            let ty = ty.clone().map(Box::new);
            Value::Variant(u32::try_from(index).ok()?, inner(&ty, payload)?)
        }
        ValueType::Enum(names) => {
            let name = wave.unwrap_enum();
            Value::Enum(u32::try_from(names.iter().position(|known| *known == *name)?).ok()?)
        }
        ValueType::Flags(names) => {
            let set: Vec<_> = wave.unwrap_flags().collect();
            Value::Flags(names.iter().map(|name| set.iter().any(|flag| **flag == **name)).collect())
        }
    })
}

fn wave(wave_ty: &Type, ty: &ValueType, value: &Value) -> Result<Wave, WasmValueError> {
    match (ty, value) {
        (_, Value::Bool(it)) => Ok(Wave::make_bool(*it)),
        (_, Value::U8(it)) => Ok(Wave::make_u8(*it)),
        (_, Value::U16(it)) => Ok(Wave::make_u16(*it)),
        (_, Value::U32(it)) => Ok(Wave::make_u32(*it)),
        (_, Value::U64(it)) => Ok(Wave::make_u64(*it)),
        (_, Value::S8(it)) => Ok(Wave::make_s8(*it)),
        (_, Value::S16(it)) => Ok(Wave::make_s16(*it)),
        (_, Value::S32(it)) => Ok(Wave::make_s32(*it)),
        (_, Value::S64(it)) => Ok(Wave::make_s64(*it)),
        (_, Value::F32(it)) => Ok(Wave::make_f32(*it)),
        (_, Value::F64(it)) => Ok(Wave::make_f64(*it)),
        (_, Value::Char(it)) => Ok(Wave::make_char(*it)),
        (_, Value::String(it)) => Ok(Wave::make_string(it.as_str().into())),
        (ValueType::List(item) | ValueType::FixedLengthList(item, _), Value::List(values)) => {
            let values: Vec<_> = values.iter().map(|value| of(item, value)).collect::<Result<_, _>>()?;
            Wave::make_list(wave_ty, values)
        }
        (ValueType::Tuple(types), Value::Tuple(values)) => {
            let items = types.iter().zip(values).map(|(ty, value)| of(ty, value));
            Wave::make_tuple(wave_ty, items.collect::<Result<Vec<_>, _>>()?)
        }
        (ValueType::Record(fields), Value::Record(values)) => {
            let fields =
                fields.iter().zip(values).map(|((name, ty), value)| Ok((name.as_str(), of(ty, value)?)));
            Wave::make_record(wave_ty, fields.collect::<Result<Vec<_>, WasmValueError>>()?)
        }
        (ty, value) => one_case(wave_ty, ty, value),
    }
}

/// Types that are one of several cases, and flags.
fn one_case(wave_ty: &Type, ty: &ValueType, value: &Value) -> Result<Wave, WasmValueError> {
    let optional = |ty: &Option<Box<ValueType>>, value: &Option<Box<Value>>| {
        ty.as_deref().zip(value.as_deref()).map(|(ty, value)| of(ty, value)).transpose()
    };
    match (ty, value) {
        (ValueType::Option(some), Value::Option(value)) => {
            Wave::make_option(wave_ty, value.as_deref().map(|value| of(some, value)).transpose()?)
        }
        (ValueType::Result { ok, err }, Value::Result(value)) => {
            let value = match value {
                Ok(value) => Ok(optional(ok, value)?),
                Err(value) => Err(optional(err, value)?),
            };
            Wave::make_result(wave_ty, value)
        }
        (ValueType::Variant(cases), Value::Variant(index, payload)) => {
            let no_case = || WasmValueError::UnknownCase(index.to_string());
            let (name, ty) = cases.get(*index as usize).ok_or_else(no_case)?;
            Wave::make_variant(wave_ty, name, optional(&ty.clone().map(Box::new), payload)?)
        }
        (ValueType::Enum(names), Value::Enum(index)) => {
            let no_case = || WasmValueError::UnknownCase(index.to_string());
            Wave::make_enum(wave_ty, names.get(*index as usize).ok_or_else(no_case)?)
        }
        (ValueType::Flags(names), Value::Flags(flags)) => {
            let set = names.iter().zip(flags).filter(|(_, flag)| **flag).map(|(name, _)| name.as_str());
            Wave::make_flags(wave_ty, set)
        }
        (_, value) => {
            Err(WasmValueError::WrongTypeKind { kind: WasmTypeKind::Unsupported, ty: value.kind().into() })
        }
    }
}

/// A part of a value.
fn of(ty: &ValueType, value: &Value) -> Result<Wave, WasmValueError> {
    let wave_ty = wave_type(ty).ok_or_else(|| WasmValueError::UnsupportedType("map".into()))?;
    wave(&wave_ty, ty, value)
}
