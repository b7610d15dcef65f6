//! Cells as they are written in a row, read as their types ask for.

use linchpin_contract::{Primitive, Type, TypeKind};

use super::accept::{Refused, accept};
use super::cell::Cell;
use super::{Cells, Row};
use crate::edges::resolve::Value;

/// Whether the cell of a row is accepted. Most numbers are, so that only one that is not is told as it is written.
pub(super) fn held(row: &Row<'_>, position: usize, value: &Value<'_>) -> Result<(), Refused> {
    let cell = cell(row, position, value)?;
    let accepted = accept(value, &cell, "");
    match (&accepted, cell, &row.cells) {
        (Err(_), Cell::Float(number, None), Cells::Texts(texts)) => {
            let text = texts.get(position).unwrap_or_default().trim().to_owned();
            accept(value, &Cell::Float(number, Some(text)), "")
        }
        (_, _, Cells::Texts(_) | Cells::Values(_) | Cells::Unusable(_)) => accepted,
    }
}

/// The cell of a row, read as its type asks for.
fn cell(row: &Row<'_>, position: usize, value: &Value<'_>) -> Result<Cell, Refused> {
    match &row.cells {
        Cells::Texts(texts) => of_text(value, texts.get(position).unwrap_or_default()),
        Cells::Values(values) => Ok(values.get(position).cloned().unwrap_or(Cell::Null)),
        Cells::Unusable(_) => Ok(Cell::Null),
    }
}

/// A cell of CSV as its type asks for; what is no JSON where JSON is asked for is refused.
fn of_text(value: &Value<'_>, text: &str) -> Result<Cell, Refused> {
    let ty = value.ty.resolved();
    match ty {
        Type::Option(_) if text.is_empty() => Ok(Cell::Null),
        Type::Option(item) => of_text(&value.part(item), text),
        Type::Primitive(primitive) => Ok(of_primitive(*primitive, text)),
        Type::Named(def) => match &def.kind {
            TypeKind::Enum(_) => Ok(Cell::Text(text.to_owned())),
            TypeKind::Flags(_) => {
                let names = text.split('|').map(str::trim).filter(|name| !name.is_empty());
                Ok(Cell::List(names.map(|name| Cell::Text(name.to_owned())).collect()))
            }
            TypeKind::Record(_) | TypeKind::Variant(_) | TypeKind::Alias(_) | TypeKind::Resource => {
                json(text, ty)
            }
        },
        Type::List(_)
        | Type::FixedList(..)
        | Type::Map(..)
        | Type::Result { .. }
        | Type::Tuple(_)
        | Type::Stream(_)
        | Type::Future(_)
        | Type::Own(_)
        | Type::Borrow(_) => json(text, ty),
    }
}

fn json(text: &str, ty: &Type) -> Result<Cell, Refused> {
    match serde_json::from_str(text) {
        Ok(value) => Ok(Cell::of_json(value)),
        Err(_) if text.is_empty() => Err(Refused::Type(format!("is empty, where a `{ty}` is expected"))),
        Err(_) => {
            let cell = Cell::Text(text.to_owned());
            let example = example(ty);
            Err(Refused::Type(format!("is {cell}, where JSON of a `{ty}` is expected, as in `{example}`")))
        }
    }
}

/// JSON of a value of the type, in outline.
fn example(ty: &Type) -> String {
    let of_case = |name: &str, payload: bool| {
        if payload { format!("{{\"{name}\": ..}}") } else { format!("\"{name}\"") }
    };
    match ty.resolved() {
        Type::Map(..) => "[[\"key\", ..]]".to_owned(),
        Type::Result { ok, .. } => of_case("ok", ok.is_some()),
        Type::Named(def) => match &def.kind {
            TypeKind::Record(fields) => of_case(fields.first().map_or("field", |field| &field.name), true),
            TypeKind::Variant(cases) => {
                cases.first().map_or_else(String::new, |case| of_case(&case.name, case.payload.is_some()))
            }
            TypeKind::Enum(_) | TypeKind::Flags(_) | TypeKind::Alias(_) | TypeKind::Resource => {
                "\"name\"".to_owned()
            }
        },
        Type::List(_)
        | Type::FixedList(..)
        | Type::Tuple(_)
        | Type::Option(_)
        | Type::Primitive(_)
        | Type::Stream(_)
        | Type::Future(_)
        | Type::Own(_)
        | Type::Borrow(_) => "[1.5, 2]".to_owned(),
    }
}

fn of_primitive(primitive: Primitive, text: &str) -> Cell {
    match primitive {
        Primitive::String | Primitive::Char | Primitive::ErrorContext => Cell::Text(text.to_owned()),
        Primitive::Bool => match text.trim() {
            "true" => Cell::Bool(true),
            "false" => Cell::Bool(false),
            _ => Cell::Text(text.to_owned()),
        },
        Primitive::U8
        | Primitive::U16
        | Primitive::U32
        | Primitive::U64
        | Primitive::S8
        | Primitive::S16
        | Primitive::S32
        | Primitive::S64
        | Primitive::F32
        | Primitive::F64 => {
            let text = text.trim();
            let whole = text.parse().ok().map(Cell::Int);
            let number = whole.or_else(|| text.parse().ok().map(|number| Cell::Float(number, None)));
            number.unwrap_or_else(|| Cell::Text(text.to_owned()))
        }
    }
}
