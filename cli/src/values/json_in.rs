//! From JSON to a value of a known type.

use linchpin_host::ValueType;
use linchpin_host::dynamic::Value;
use serde_json::Value as Json;

use super::ValueError;

type Result<T> = std::result::Result<T, ValueError>;

/// The value of type `ty` that `json` is; `path` is how messages name it.
pub(crate) fn from_json(ty: &ValueType, json: &Json, path: &str) -> Result<Value> {
    match ty {
        ValueType::Bool => {
            json.as_bool().map(Value::Bool).ok_or_else(|| expected(path, "true or false", json))
        }
        ValueType::U8 => integer(json, path, "u8").map(Value::U8),
        ValueType::U16 => integer(json, path, "u16").map(Value::U16),
        ValueType::U32 => integer(json, path, "u32").map(Value::U32),
        ValueType::U64 => integer(json, path, "u64").map(Value::U64),
        ValueType::S8 => integer(json, path, "s8").map(Value::S8),
        ValueType::S16 => integer(json, path, "s16").map(Value::S16),
        ValueType::S32 => integer(json, path, "s32").map(Value::S32),
        ValueType::S64 => integer(json, path, "s64").map(Value::S64),
        ValueType::F32 => float32(json, path).map(Value::F32),
        ValueType::F64 => float(json, path).map(Value::F64),
        ValueType::Char => character(json, path).map(Value::Char),
        ValueType::String => string(json, path, "a string").map(|text| Value::String(text.into())),
        ValueType::List(item) => items(item, array(json, path, "an array")?, path).map(Value::List),
        ValueType::FixedLengthList(item, length) => {
            let values = sized(json, path, *length as usize)?;
            items(item, values, path).map(Value::List)
        }
        ValueType::Map(key, value) => entries(key, value, json, path),
        ValueType::Option(some) => option(some, json, path),
        ValueType::Result { ok, err } => result(ok.as_deref(), err.as_deref(), json, path),
        ValueType::Tuple(types) => {
            let values = sized(json, path, types.len())?;
            let values = types.iter().zip(values).enumerate();
            let item = |(index, (ty, json))| from_json(ty, json, &format!("{path}[{index}]"));
            values.map(item).collect::<Result<_>>().map(Value::Tuple)
        }
        ValueType::Record(fields) => record(fields, json, path),
        ValueType::Variant(cases) => variant(cases, json, path),
        ValueType::Enum(names) => {
            let name = string(json, path, &one_of(names))?;
            position(names, name, path).map(Value::Enum)
        }
        ValueType::Flags(names) => flags(names, json, path),
    }
}

fn expected(path: &str, what: &str, found: &Json) -> ValueError {
    ValueError::new(path, format!("expected {what}, found {}", shown(found)))
}

/// As much of a value as fits into a message.
fn shown(json: &Json) -> String {
    match json {
        Json::Null => "null".into(),
        Json::Bool(_) | Json::Number(_) => json.to_string(),
        Json::String(text) if text.chars().count() <= 40 => json.to_string(),
        Json::String(_) => "a long string".into(),
        Json::Array(items) => format!("an array of {}", items.len()),
        Json::Object(_) => "an object".into(),
    }
}

fn integer<T: TryFrom<i128>>(json: &Json, path: &str, name: &str) -> Result<T> {
    let wide = match json {
        Json::Number(number) => number.as_u64().map(i128::from).or_else(|| number.as_i64().map(i128::from)),
        Json::String(text) => text.parse().ok(),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => None,
    };
    wide.and_then(|wide| T::try_from(wide).ok()).ok_or_else(|| expected(path, &format!("a {name}"), json))
}

fn float(json: &Json, path: &str) -> Result<f64> {
    let value = match json {
        Json::Number(number) => number.as_f64(),
        Json::String(text) => special(text),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => None,
    };
    value.ok_or_else(|| expected(path, "a number, or \"NaN\", \"inf\", \"-inf\"", json))
}

/// The nearest `f32`; a finite number beyond its range is refused and does not become infinite.
fn float32(json: &Json, path: &str) -> Result<f32> {
    let wide = float(json, path)?;
    #[expect(clippy::cast_possible_truncation, reason = "rounding to the nearest is what an f32 input means")]
    let narrow = wide as f32;
    if wide.is_finite() && !narrow.is_finite() {
        return Err(expected(path, "a number within the range of f32", json));
    }
    Ok(narrow)
}

fn special(text: &str) -> Option<f64> {
    match text {
        "NaN" | "nan" => Some(f64::NAN),
        "inf" => Some(f64::INFINITY),
        "-inf" => Some(f64::NEG_INFINITY),
        _ => None,
    }
}

fn character(json: &Json, path: &str) -> Result<char> {
    let mut characters = string(json, path, "a string of one character")?.chars();
    match (characters.next(), characters.next()) {
        (Some(only), None) => Ok(only),
        _ => Err(expected(path, "a string of one character", json)),
    }
}

fn string<'j>(json: &'j Json, path: &str, what: &str) -> Result<&'j str> {
    json.as_str().ok_or_else(|| expected(path, what, json))
}

fn array<'j>(json: &'j Json, path: &str, what: &str) -> Result<&'j [Json]> {
    json.as_array().map(Vec::as_slice).ok_or_else(|| expected(path, what, json))
}

fn sized<'j>(json: &'j Json, path: &str, length: usize) -> Result<&'j [Json]> {
    let what = format!("an array of {length}");
    let values = array(json, path, &what)?;
    if values.len() == length { Ok(values) } else { Err(expected(path, &what, json)) }
}

fn items(ty: &ValueType, values: &[Json], path: &str) -> Result<Vec<Value>> {
    values.iter().enumerate().map(|(index, json)| from_json(ty, json, &format!("{path}[{index}]"))).collect()
}

fn entries(key: &ValueType, value: &ValueType, json: &Json, path: &str) -> Result<Value> {
    let entry = |(index, json): (usize, &Json)| {
        let path = format!("{path}[{index}]");
        let pair = sized(json, &path, 2)?;
        let [of_key, of_value] = pair else { return Err(expected(&path, "an array of 2", json)) };
        Ok((
            from_json(key, of_key, &format!("{path}[0]"))?,
            from_json(value, of_value, &format!("{path}[1]"))?,
        ))
    };
    let all = array(json, path, "an array of [key, value]")?;
    all.iter().enumerate().map(entry).collect::<Result<_>>().map(Value::Map)
}

fn option(some: &ValueType, json: &Json, path: &str) -> Result<Value> {
    if json.is_null() {
        return Ok(Value::Option(None));
    }
    if !matches!(some, ValueType::Option(_)) {
        return Ok(Value::Option(Some(Box::new(from_json(some, json, path)?))));
    }
    // `null` already means the outer `none`, so the inner one needs a form of its own.
    let (name, payload) = single(json).ok_or_else(|| expected(path, "null or {\"some\": ..}", json))?;
    if name != "some" {
        return Err(expected(path, "null or {\"some\": ..}", json));
    }
    Ok(Value::Option(Some(Box::new(from_json(some, payload, &format!("{path}.some"))?))))
}

fn result(ok: Option<&ValueType>, err: Option<&ValueType>, json: &Json, path: &str) -> Result<Value> {
    let wrong = || expected(path, "{\"ok\": ..} or {\"err\": ..}", json);
    let (name, given) = named(json).ok_or_else(wrong)?;
    let given = given.unwrap_or(&Json::Null);
    match name {
        "ok" => Ok(Value::Result(Ok(payload(ok, given, &format!("{path}.ok"))?))),
        "err" => Ok(Value::Result(Err(payload(err, given, &format!("{path}.err"))?))),
        _ => Err(wrong()),
    }
}

fn payload(ty: Option<&ValueType>, json: &Json, path: &str) -> Result<Option<Box<Value>>> {
    match ty {
        Some(ty) => Ok(Some(Box::new(from_json(ty, json, path)?))),
        None if json.is_null() => Ok(None),
        None => Err(expected(path, "null, since it carries nothing", json)),
    }
}

fn variant(cases: &[(String, Option<ValueType>)], json: &Json, path: &str) -> Result<Value> {
    let names: Vec<String> = cases.iter().map(|(name, _)| name.clone()).collect();
    let what = || format!("{}, as \"case\" or {{\"case\": ..}}", one_of(&names));
    let (name, given) = named(json).ok_or_else(|| expected(path, &what(), json))?;
    let index = position(&names, name, path)?;
    let ty = cases.get(index as usize).and_then(|(_, ty)| ty.as_ref());
    let value = payload(ty, given.unwrap_or(&Json::Null), &format!("{path}.{name}"))?;
    Ok(Value::Variant(index, value))
}

fn record(fields: &[(String, ValueType)], json: &Json, path: &str) -> Result<Value> {
    let object = json.as_object().ok_or_else(|| expected(path, "an object", json))?;
    let names: Vec<String> = fields.iter().map(|(name, _)| name.clone()).collect();
    if let Some(unknown) = object.keys().find(|key| !names.contains(key)) {
        return Err(ValueError::new(
            path,
            format!("there is no field `{unknown}`; it has {}", one_of(&names)),
        ));
    }
    let field = |(name, ty): &(String, ValueType)| {
        let path = format!("{path}.{name}");
        match (object.get(name), ty) {
            (Some(json), _) => from_json(ty, json, &path),
            (None, ValueType::Option(_)) => Ok(Value::Option(None)),
            (None, _) => Err(ValueError::new(&path, "the field is missing")),
        }
    };
    fields.iter().map(field).collect::<Result<_>>().map(Value::Record)
}

fn flags(names: &[String], json: &Json, path: &str) -> Result<Value> {
    let mut flags = vec![false; names.len()];
    for (index, json) in array(json, path, "an array of names")?.iter().enumerate() {
        let path = format!("{path}[{index}]");
        let at = position(names, string(json, &path, &one_of(names))?, &path)?;
        if let Some(flag) = flags.get_mut(at as usize) {
            *flag = true;
        }
    }
    Ok(Value::Flags(flags))
}

/// `"name"` or `{"name": payload}`.
fn named(json: &Json) -> Option<(&str, Option<&Json>)> {
    match json.as_str() {
        Some(name) => Some((name, None)),
        None => single(json).map(|(name, payload)| (name, Some(payload))),
    }
}

fn single(json: &Json) -> Option<(&str, &Json)> {
    let object = json.as_object()?;
    let mut members = object.iter();
    match (members.next(), members.next()) {
        (Some((name, payload)), None) => Some((name, payload)),
        _ => None,
    }
}

fn position(names: &[String], name: &str, path: &str) -> Result<u32> {
    let index = names.iter().position(|known| known == name);
    index
        .and_then(|index| u32::try_from(index).ok())
        .ok_or_else(|| ValueError::new(path, format!("there is no `{name}`; expected {}", one_of(names))))
}

fn one_of(names: &[String]) -> String {
    format!("`{}`", names.join("`, `"))
}
