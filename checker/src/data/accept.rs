//! Whether a recorded value is one that a function accepts.

use linchpin_contract::{Decimal, Field, Label, Primitive, Type, TypeDef, TypeKind};

use super::cell::Cell;
use crate::edges::range;
use crate::edges::resolve::Value;

/// Why a value is not accepted.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Refused {
    /// It is no value of the type.
    Type(String),
    /// It is a number outside of its range.
    Range(String),
}

type Accepted = Result<(), Refused>;

/// Whether `cell` is a value that is accepted; the first reason, if it is not. `path` names parts of the cell.
pub(super) fn accept(value: &Value<'_>, cell: &Cell, path: &str) -> Accepted {
    let value = value.clone().resolved();
    match value.ty {
        Type::Primitive(primitive) => self::primitive(&value, *primitive, cell, path),
        Type::List(item) => items(cell, path, value.ty)?
            .iter()
            .enumerate()
            .try_for_each(|(index, cell)| accept(&value.part(item), cell, &format!("{path}[{index}]"))),
        Type::FixedList(item, length) => {
            let cells = items(cell, path, value.ty)?;
            of_length(cells, usize::try_from(*length).unwrap_or(usize::MAX), path)?;
            cells
                .iter()
                .enumerate()
                .try_for_each(|(index, cell)| accept(&value.part(item), cell, &format!("{path}[{index}]")))
        }
        Type::Tuple(types) => {
            let cells = items(cell, path, value.ty)?;
            of_length(cells, types.len(), path)?;
            cells.iter().zip(types).enumerate().try_for_each(|(index, (cell, ty))| {
                accept(&value.part(ty), cell, &format!("{path}[{index}]"))
            })
        }
        Type::Map(key, item) => entries(&value, (key, item), cell, path),
        Type::Option(item) => match cell {
            Cell::Null => Ok(()),
            Cell::Bool(_)
            | Cell::Int(_)
            | Cell::Float(..)
            | Cell::Text(_)
            | Cell::List(_)
            | Cell::Record(_)
            | Cell::Other(_) => accept(&value.part(item), cell, path),
        },
        Type::Result { ok, err } => {
            let (name, payload) = case(cell, path, "`{\"ok\": ..}` or `{\"err\": ..}`")?;
            match name.as_str() {
                "ok" => self::payload(ok.as_deref().map(|ty| value.part(ty)), payload, &below(path, "ok")),
                "err" => {
                    self::payload(err.as_deref().map(|ty| value.untagged(ty)), payload, &below(path, "err"))
                }
                _ => refuse(path, cell, "`{\"ok\": ..}` or `{\"err\": ..}`"),
            }
        }
        Type::Named(def) => declared(&value, def, cell, path),
        Type::Stream(_) | Type::Future(_) | Type::Own(_) | Type::Borrow(_) => {
            refuse(path, cell, "a value; handles and streams cannot be recorded")
        }
    }
}

fn refuse<T>(path: &str, cell: &Cell, wanted: &str) -> Result<T, Refused> {
    let at = if path.is_empty() { String::new() } else { format!("{path} ") };
    Err(Refused::Type(format!("{at}is {cell}, where {wanted} is expected")))
}

fn below(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn items<'c>(cell: &'c Cell, path: &str, ty: &Type) -> Result<&'c [Cell], Refused> {
    match cell {
        Cell::List(items) => Ok(items),
        Cell::Null
        | Cell::Bool(_)
        | Cell::Int(_)
        | Cell::Float(..)
        | Cell::Text(_)
        | Cell::Record(_)
        | Cell::Other(_) => refuse(path, cell, &format!("a `{ty}`")),
    }
}

fn of_length(cells: &[Cell], wanted: usize, path: &str) -> Accepted {
    if cells.len() == wanted {
        return Ok(());
    }
    let at = if path.is_empty() { String::new() } else { format!("{path} ") };
    Err(Refused::Type(format!("{at}has {} items, where {wanted} are expected", cells.len())))
}

/// A map: an array of pairs.
fn entries(value: &Value<'_>, (key, item): (&Type, &Type), cell: &Cell, path: &str) -> Accepted {
    items(cell, path, value.ty)?.iter().enumerate().try_for_each(|(index, entry)| {
        let path = format!("{path}[{index}]");
        let pair = items(entry, &path, value.ty)?;
        of_length(pair, 2, &path)?;
        let (Some(first), Some(second)) = (pair.first(), pair.get(1)) else { return Ok(()) };
        accept(&value.untagged(key), first, &format!("{path}[0]"))?;
        accept(&value.untagged(item), second, &format!("{path}[1]"))
    })
}

/// One case and what it carries: a name alone, or an object with one member.
fn case<'c>(cell: &'c Cell, path: &str, wanted: &str) -> Result<(String, &'c Cell), Refused> {
    match cell {
        Cell::Text(name) => Ok((name.clone(), &Cell::Null)),
        Cell::Record(members) => {
            // A column for each case: of a Parquet group only one is there.
            let mut there = members.iter().filter(|(_, value)| members.len() == 1 || *value != Cell::Null);
            match (there.next(), there.next()) {
                (Some((name, payload)), None) => Ok((name.clone(), payload)),
                (_, _) => refuse(path, cell, wanted),
            }
        }
        Cell::Null | Cell::Bool(_) | Cell::Int(_) | Cell::Float(..) | Cell::List(_) | Cell::Other(_) => {
            refuse(path, cell, wanted)
        }
    }
}

fn payload(wanted: Option<Value<'_>>, cell: &Cell, path: &str) -> Accepted {
    match (wanted, cell) {
        (None, Cell::Null) => Ok(()),
        (None, _) => refuse(path, cell, "nothing"),
        (Some(value), cell) => accept(&value, cell, path),
    }
}

fn record(fields: &[Field], def: &TypeDef, cell: &Cell, path: &str) -> Accepted {
    let Cell::Record(members) = cell else {
        return refuse(path, cell, &format!("a record `{}`", def.name));
    };
    if let Some((name, _)) = members.iter().find(|(name, _)| fields.iter().all(|field| field.name != *name)) {
        let at = if path.is_empty() { String::new() } else { format!("{path} ") };
        let reason = format!("{at}has a field `{name}`, which record `{}` does not", def.name);
        return Err(Refused::Type(reason));
    }
    fields.iter().try_for_each(|field| {
        let found = members.iter().find(|(name, _)| *name == field.name);
        let (ty, tags, name) = (&field.ty, vec![&field.tags], field.name.as_str());
        let own = Value { ty, tags, name, place: field.place.as_ref() };
        accept(&own, found.map_or(&Cell::Null, |(_, cell)| cell), &below(path, name))
    })
}

fn declared(value: &Value<'_>, def: &TypeDef, cell: &Cell, path: &str) -> Accepted {
    match &def.kind {
        TypeKind::Record(fields) => record(fields, def, cell, path),
        TypeKind::Variant(cases) => {
            let wanted = format!("a case of variant `{}`", def.name);
            let (name, payload) = case(cell, path, &wanted)?;
            let Some(case) = cases.iter().find(|case| case.name == name) else {
                return refuse(path, &Cell::Text(name), &wanted);
            };
            let own = case.payload.as_ref().map(|ty| Value {
                ty,
                tags: vec![&case.tags],
                name: &case.name,
                place: case.place.as_ref(),
            });
            self::payload(own, payload, &below(path, &name))
        }
        TypeKind::Enum(labels) if names_one(cell, labels) => Ok(()),
        TypeKind::Enum(_) => refuse(path, cell, &format!("a case of enum `{}`", def.name)),
        TypeKind::Flags(labels) => items(cell, path, value.ty)?.iter().try_for_each(|item| {
            if names_one(item, labels) {
                Ok(())
            } else {
                refuse(path, item, &format!("a flag of `{}`", def.name))
            }
        }),
        TypeKind::Alias(_) | TypeKind::Resource => refuse(path, cell, "a value"),
    }
}

/// Whether a cell is the name of a case or a flag.
fn names_one(cell: &Cell, labels: &[Label]) -> bool {
    matches!(cell, Cell::Text(name) if labels.iter().any(|label| label.name == *name))
}

fn primitive(value: &Value<'_>, primitive: Primitive, cell: &Cell, path: &str) -> Accepted {
    let wanted = || format!("a `{}`", primitive.as_str());
    match (primitive, cell) {
        (Primitive::Bool, Cell::Bool(_)) | (Primitive::String, Cell::Text(_)) => Ok(()),
        (Primitive::Char, Cell::Text(text)) if text.chars().count() == 1 => Ok(()),
        (Primitive::F32 | Primitive::F64, Cell::Float(number, _)) if !number.is_finite() => {
            refuse(path, cell, "a finite number")
        }
        (Primitive::F32, Cell::Float(number, _)) if number.abs() > f64::from(f32::MAX) => {
            refuse(path, cell, &wanted())
        }
        (Primitive::F32 | Primitive::F64, Cell::Float(..) | Cell::Int(_)) => in_range(value, cell, path),
        (_, Cell::Int(number)) if primitive.is_number() && holds(primitive, *number) => {
            in_range(value, cell, path)
        }
        (
            Primitive::Bool
            | Primitive::Char
            | Primitive::String
            | Primitive::ErrorContext
            | Primitive::F32
            | Primitive::F64
            | Primitive::U8
            | Primitive::U16
            | Primitive::U32
            | Primitive::U64
            | Primitive::S8
            | Primitive::S16
            | Primitive::S32
            | Primitive::S64,
            _,
        ) => refuse(path, cell, &wanted()),
    }
}

/// Whether an integer type holds a number.
fn holds(primitive: Primitive, number: i128) -> bool {
    match primitive {
        Primitive::U8 => u8::try_from(number).is_ok(),
        Primitive::U16 => u16::try_from(number).is_ok(),
        Primitive::U32 => u32::try_from(number).is_ok(),
        Primitive::U64 => u64::try_from(number).is_ok(),
        Primitive::S8 => i8::try_from(number).is_ok(),
        Primitive::S16 => i16::try_from(number).is_ok(),
        Primitive::S32 => i32::try_from(number).is_ok(),
        Primitive::S64 => i64::try_from(number).is_ok(),
        Primitive::F32
        | Primitive::F64
        | Primitive::Bool
        | Primitive::Char
        | Primitive::String
        | Primitive::ErrorContext => false,
    }
}

fn in_range(value: &Value<'_>, cell: &Cell, path: &str) -> Accepted {
    let Some(range) = range(value) else { return Ok(()) };
    let within = match cell {
        Cell::Int(number) => match number.to_string().parse::<Decimal>() {
            Ok(number) => range.min <= number && number <= range.max,
            // More digits than a tag can have are more than any bound.
            Err(_) => false,
        },
        Cell::Float(number, _) => range.min.to_f64() <= *number && *number <= range.max.to_f64(),
        Cell::Null | Cell::Bool(_) | Cell::Text(_) | Cell::List(_) | Cell::Record(_) | Cell::Other(_) => {
            false
        }
    };
    if within {
        return Ok(());
    }
    let at = if path.is_empty() { String::new() } else { format!("{path} ") };
    Err(Refused::Range(format!("{at}is {cell}, outside {range}")))
}
