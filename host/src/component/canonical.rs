//! The canonical text of one function: what its digest covers, and what two sides must agree on to the byte.
//!
//! The text holds parameter names, field, case and flag names and every order; it does not hold the function's
//! own name, type names, docs or versions. The same text is written from WIT when a contract is read.

use super::value_type::ValueType;

/// `func(a: T, b: U) -> V`
pub(super) fn function_text(parameters: &[(String, ValueType)], result: Option<&ValueType>) -> String {
    let mut text = String::from("func(");
    separated(&mut text, parameters, |text, (name, ty)| {
        text.push_str(name);
        text.push_str(": ");
        value_text(text, ty);
    });
    text.push(')');
    if let Some(ty) = result {
        text.push_str(" -> ");
        value_text(&mut text, ty);
    }
    text
}

fn value_text(text: &mut String, ty: &ValueType) {
    match ty {
        ValueType::Bool => text.push_str("bool"),
        ValueType::U8 => text.push_str("u8"),
        ValueType::U16 => text.push_str("u16"),
        ValueType::U32 => text.push_str("u32"),
        ValueType::U64 => text.push_str("u64"),
        ValueType::S8 => text.push_str("s8"),
        ValueType::S16 => text.push_str("s16"),
        ValueType::S32 => text.push_str("s32"),
        ValueType::S64 => text.push_str("s64"),
        ValueType::F32 => text.push_str("f32"),
        ValueType::F64 => text.push_str("f64"),
        ValueType::Char => text.push_str("char"),
        ValueType::String => text.push_str("string"),
        ValueType::List(element) => angle(text, "list", &[element]),
        ValueType::FixedLengthList(element, length) => {
            text.push_str("list<");
            value_text(text, element);
            text.push_str(", ");
            text.push_str(&length.to_string());
            text.push('>');
        }
        ValueType::Map(key, value) => angle(text, "map", &[key, value]),
        ValueType::Option(payload) => angle(text, "option", &[payload]),
        ValueType::Result { ok, err } => result_text(text, ok.as_deref(), err.as_deref()),
        ValueType::Tuple(types) => angle(text, "tuple", &types.iter().collect::<Vec<_>>()),
        ValueType::Record(fields) => braces(text, "record", fields, |text, (name, ty)| {
            text.push_str(name);
            text.push_str(": ");
            value_text(text, ty);
        }),
        ValueType::Variant(cases) => braces(text, "variant", cases, |text, (name, payload)| {
            text.push_str(name);
            if let Some(ty) = payload {
                text.push('(');
                value_text(text, ty);
                text.push(')');
            }
        }),
        ValueType::Enum(names) => braces(text, "enum", names, |text, name| text.push_str(name)),
        ValueType::Flags(names) => braces(text, "flags", names, |text, name| text.push_str(name)),
    }
}

fn result_text(text: &mut String, ok: Option<&ValueType>, err: Option<&ValueType>) {
    match (ok, err) {
        (None, None) => text.push_str("result"),
        (Some(ok), None) => angle(text, "result", &[ok]),
        (Some(ok), Some(err)) => angle(text, "result", &[ok, err]),
        (None, Some(err)) => {
            text.push_str("result<_, ");
            value_text(text, err);
            text.push('>');
        }
    }
}

fn angle(text: &mut String, name: &str, types: &[&ValueType]) {
    text.push_str(name);
    text.push('<');
    separated(text, types, |text, ty| value_text(text, ty));
    text.push('>');
}

fn braces<T>(text: &mut String, name: &str, items: &[T], item: impl Fn(&mut String, &T)) {
    text.push_str(name);
    text.push_str(" { ");
    separated(text, items, item);
    text.push_str(" }");
}

fn separated<T>(text: &mut String, items: &[T], item: impl Fn(&mut String, &T)) {
    for (index, one) in items.iter().enumerate() {
        if index > 0 {
            text.push_str(", ");
        }
        item(text, one);
    }
}
