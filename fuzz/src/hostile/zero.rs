//! The least value of a type.

use linchpin_host::dynamic::{CaseKind, Cases, Layout, Scalar, Shape, Value};

/// Empty, none, zero, or the first case.
pub(super) fn zero(layout: &Layout) -> Value {
    match &layout.shape {
        Shape::Scalar(scalar) => number(*scalar),
        Shape::String => Value::String(String::new()),
        Shape::List(_) => Value::List(Vec::new()),
        Shape::FixedLengthList(item, length) => Value::List((0..*length).map(|_| zero(item)).collect()),
        Shape::Map(_) => Value::Map(Vec::new()),
        Shape::Record(parts) => Value::Record(parts.iter().map(|part| zero(&part.layout)).collect()),
        Shape::Tuple(parts) => Value::Tuple(parts.iter().map(|part| zero(&part.layout)).collect()),
        Shape::Cases(cases) => first(cases),
        Shape::Flags(count) => Value::Flags((0..*count).map(|_| false).collect()),
    }
}

fn first(cases: &Cases) -> Value {
    let payload = cases.payloads.first().and_then(Option::as_ref).map(|layout| Box::new(zero(layout)));
    match cases.kind {
        CaseKind::Variant => Value::Variant(0, payload),
        CaseKind::Enum => Value::Enum(0),
        CaseKind::Option => Value::Option(None),
        CaseKind::Result => Value::Result(Ok(payload)),
    }
}

fn number(scalar: Scalar) -> Value {
    match scalar {
        Scalar::Bool => Value::Bool(false),
        Scalar::U8 => Value::U8(0),
        Scalar::U16 => Value::U16(0),
        Scalar::U32 => Value::U32(0),
        Scalar::U64 => Value::U64(0),
        Scalar::S8 => Value::S8(0),
        Scalar::S16 => Value::S16(0),
        Scalar::S32 => Value::S32(0),
        Scalar::S64 => Value::S64(0),
        Scalar::F32 => Value::F32(0.0),
        Scalar::F64 => Value::F64(0.0),
        Scalar::Char => Value::Char('\0'),
    }
}
