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

#[cfg(test)]
mod tests {
    use linchpin_host::ValueType as Ty;
    use linchpin_host::dynamic::Value;

    use super::text;

    #[test]
    fn text_is_written_so_that_it_can_be_read_back() {
        let value = |text: &str| Value::String(text.to_owned());
        assert_eq!(text(&Ty::String, &value("a \"b\" \\ \n\u{7}é'")), r#""a \"b\" \\ \n\u{7}é'""#);
        assert_eq!(text(&Ty::Char, &Value::Char('\'')), r"'\''");
        assert_eq!(text(&Ty::Char, &Value::Char('"')), "'\"'");
    }

    #[test]
    fn numbers_that_are_none_have_names() {
        let told = |value| text(&Ty::F64, &Value::F64(value));
        assert_eq!([told(f64::NAN), told(f64::INFINITY), told(-f64::INFINITY)], ["nan", "inf", "-inf"]);
        assert_eq!(text(&Ty::F32, &Value::F32(0.1)), "0.1");
    }

    #[test]
    fn cases_named_like_values_carry_a_mark() {
        let level = Ty::Enum(vec!["low".to_owned(), "none".to_owned()]);
        assert_eq!(text(&level, &Value::Enum(1)), "%none");
        let option = Ty::Option(Box::new(level));
        assert_eq!(text(&option, &Value::Option(None)), "none");
        assert_eq!(text(&option, &Value::Option(Some(Box::new(Value::Enum(0))))), "some(low)");
        let result = Ty::Result { ok: None, err: Some(Box::new(option)) };
        assert_eq!(text(&result, &Value::Result(Ok(None))), "ok");
        let none = Some(Box::new(Value::Option(None)));
        assert_eq!(text(&result, &Value::Result(Err(none))), "err(none)");
    }

    #[test]
    fn parts_stand_under_their_names() {
        let record = Ty::Record(vec![
            ("a-b".to_owned(), Ty::U8),
            ("c".to_owned(), Ty::Flags(vec!["x".to_owned(), "y".to_owned()])),
        ]);
        let value = Value::Record(vec![Value::U8(7), Value::Flags(vec![false, true])]);
        assert_eq!(text(&record, &value), "{a-b: 7, c: {y}}");
        let list = Ty::List(Box::new(Ty::Tuple(vec![Ty::Bool, Ty::S8])));
        let items = vec![Value::Tuple(vec![Value::Bool(true), Value::S8(-1)])];
        assert_eq!(text(&list, &Value::List(items)), "[(true, -1)]");
    }
}
