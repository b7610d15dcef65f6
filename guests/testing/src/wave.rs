//! Values as WAVE, the component model's own text for them.

use linchpin_host::ValueType;
use linchpin_host::dynamic::Value;

/// A value of a type, as `linchpin run --wave` takes and prints it.
pub(crate) fn text(ty: &ValueType, value: &Value) -> String {
    match (ty, value) {
        (_, Value::Bool(value)) => value.to_string(),
        (_, Value::U8(value)) => value.to_string(),
        (_, Value::U16(value)) => value.to_string(),
        (_, Value::U32(value)) => value.to_string(),
        (_, Value::U64(value)) => value.to_string(),
        (_, Value::S8(value)) => value.to_string(),
        (_, Value::S16(value)) => value.to_string(),
        (_, Value::S32(value)) => value.to_string(),
        (_, Value::S64(value)) => value.to_string(),
        (_, Value::F32(value)) => float(value.is_nan(), value),
        (_, Value::F64(value)) => float(value.is_nan(), value),
        (_, Value::Char(value)) => format!("'{}'", escaped(*value, '\'')),
        (_, Value::String(value)) => {
            format!("\"{}\"", value.chars().map(|one| escaped(one, '"')).collect::<String>())
        }
        (ValueType::List(item) | ValueType::FixedLengthList(item, _), Value::List(values)) => {
            format!("[{}]", joined(values.iter().map(|value| text(item, value))))
        }
        (ValueType::Map(key, item), Value::Map(entries)) => {
            let entry = |(at, value): &(Value, Value)| format!("({}, {})", text(key, at), text(item, value));
            format!("[{}]", joined(entries.iter().map(entry)))
        }
        (ValueType::Tuple(types), Value::Tuple(values)) => {
            format!("({})", joined(types.iter().zip(values).map(|(ty, value)| text(ty, value))))
        }
        (ValueType::Record(fields), Value::Record(values)) => {
            let fields = fields.iter().zip(values);
            format!(
                "{{{}}}",
                joined(fields.map(|((name, ty), value)| format!("{name}: {}", text(ty, value))))
            )
        }
        (ValueType::Flags(names), Value::Flags(flags)) => {
            let set = names.iter().zip(flags).filter(|(_, flag)| **flag).map(|(name, _)| name.clone());
            format!("{{{}}}", joined(set))
        }
        (ty, value) => one_case(ty, value),
    }
}

/// A value that is one of several cases.
fn one_case(ty: &ValueType, value: &Value) -> String {
    let case = |name: &str, payload: Option<String>| match payload {
        Some(payload) => format!("{name}({payload})"),
        None => name.to_owned(),
    };
    let payload = |ty: Option<&ValueType>, value: &Option<Box<Value>>| {
        ty.zip(value.as_deref()).map(|(ty, value)| text(ty, value))
    };
    match (ty, value) {
        (ValueType::Option(_), Value::Option(None)) => "none".to_owned(),
        (ValueType::Option(some), Value::Option(value)) => case("some", payload(Some(some), value)),
        (ValueType::Result { ok, .. }, Value::Result(Ok(value))) => case("ok", payload(ok.as_deref(), value)),
        (ValueType::Result { err, .. }, Value::Result(Err(value))) => {
            case("err", payload(err.as_deref(), value))
        }
        (ValueType::Variant(cases), Value::Variant(index, value)) => {
            match usize::try_from(*index).ok().and_then(|index| cases.get(index)) {
                Some((name, ty)) => case(&label(name), payload(ty.as_ref(), value)),
                None => format!("case {index} of {}", cases.len()),
            }
        }
        (ValueType::Enum(names), Value::Enum(index)) => {
            match usize::try_from(*index).ok().and_then(|index| names.get(index)) {
                Some(name) => label(name),
                None => format!("case {index} of {}", names.len()),
            }
        }
        // The value came out of its type, so that its kind is the type's.
        (_, value) => format!("a {} of another type", value.kind()),
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

fn float(is_nan: bool, value: &dyn std::fmt::Display) -> String {
    if is_nan { "nan".to_owned() } else { value.to_string() }
}

/// A case that is named as a value of another kind carries a mark.
fn label(name: &str) -> String {
    const KEYWORDS: [&str; 8] = ["true", "false", "some", "none", "ok", "err", "inf", "nan"];
    if KEYWORDS.contains(&name) { format!("%{name}") } else { name.to_owned() }
}

fn escaped(value: char, quote: char) -> String {
    match value {
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        _ if value == quote => format!("\\{value}"),
        _ if value.is_control() => format!("\\u{{{:x}}}", u32::from(value)),
        _ => value.to_string(),
    }
}
