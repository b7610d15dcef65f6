//! Every cell held against its type, and what is wrong counted by column.

use std::collections::BTreeMap;

use linchpin_contract::{Function, Type, TypeKind};

use super::accept::{Refused, accept};
use super::cell::Cell;
use super::columns::{Column, Wanted, column, wanted};
use super::{Cells, DataFault, DataFaultKind, Row, Rows, malformed};
use crate::config::did_you_mean;
use crate::edges::found::{Found, Kind};
use crate::edges::resolve::Value;
use crate::rule::Shown;
use crate::system::Data;
use crate::verdict::Party;

/// So many cells of a column are shown; all are counted.
const SHOWN: usize = 3;

/// What is wrong with a file.
pub(super) struct Tally {
    pub(super) rows: u64,
    pub(super) faults: Vec<DataFault>,
    /// Names in `linchpin.toml` that lead nowhere.
    pub(super) unknown: Vec<Found>,
}

/// Faults of one kind in one column.
#[derive(Default)]
struct Count {
    rows: u64,
    first: Vec<(Party, Shown)>,
    /// What is wrong with the first one.
    reason: String,
}

impl Count {
    fn note(&mut self, row: &Row<'_>, data: &Data, reason: String) {
        self.rows += 1;
        if self.first.len() < SHOWN {
            let shown = Shown::new(row.place, format!("{} row {}", data.file, row.number));
            self.first.push((Party::Data, shown.label(format!("row {}: {reason}", row.number))));
        }
        if self.rows == 1 {
            self.reason = reason;
        }
    }
}

/// Holds every row against the parameters of a function.
pub(super) fn tally(data: &Data, function: &Function, rows: &mut dyn Rows) -> Tally {
    let wanted = wanted(function);
    let mut tally = Tally { rows: 0, faults: Vec::new(), unknown: misnamed(data, &wanted) };
    let header = rows.header().to_vec();
    let columns = columns(data, &wanted, &header, &mut tally.faults);
    let mut counts: BTreeMap<(usize, DataFaultKind), Count> = BTreeMap::new();
    let mut unusable = Count::default();
    rows.each(&mut |row| {
        tally.rows += 1;
        if let Cells::Unusable(reason) = &row.cells {
            unusable.note(row, data, reason.clone());
            return;
        }
        for (index, (position, wanted)) in columns.iter().enumerate() {
            let (kind, reason) =
                match cell(row, *position, &wanted.value).and_then(|cell| accept(&wanted.value, &cell, "")) {
                    Ok(()) => continue,
                    Err(Refused::Type(reason)) => (DataFaultKind::Cell, reason),
                    Err(Refused::Range(reason)) => (DataFaultKind::Range, reason),
                };
            counts.entry((index, kind)).or_default().note(row, data, reason);
        }
    });
    if unusable.rows > 0 {
        let message = format!(
            "{} of `{}` cannot be read; the first {}",
            counted(unusable.rows, "row"),
            data.file,
            unusable.reason
        );
        tally.faults.push(DataFault {
            sides: unusable.first,
            ..malformed(
                data,
                None,
                message,
                "write a cell for each column, as UTF-8; a cell with a comma stands in quotes",
            )
        });
    }
    if tally.rows == 0 {
        let message = format!("`{}` has a header and no row", data.file);
        tally.faults.push(malformed(data, None, message, "record some values, or take the data out"));
    }
    for ((index, kind), count) in counts {
        if let Some((position, wanted)) = columns.get(index) {
            let name = header.get(*position).map_or(wanted.name.as_str(), String::as_str);
            tally.faults.push(fault(kind, name, wanted, count));
        }
    }
    tally
}

fn fault(kind: DataFaultKind, name: &str, wanted: &Wanted<'_>, count: Count) -> DataFault {
    let rows = counted(count.rows, "row");
    let (message, help) = match kind {
        DataFaultKind::Range => (
            format!("column `{name}` is outside its range in {rows}"),
            "correct the record, or widen the `@range` and release the contract again",
        ),
        DataFaultKind::Cell
        | DataFaultKind::ColumnMissing
        | DataFaultKind::ColumnUnused
        | DataFaultKind::Malformed => (
            format!("column `{name}` is no `{}` in {rows}", wanted.value.ty),
            "correct the record; the guide says how each type is written in a cell",
        ),
    };
    let mut sides = count.first;
    if wanted.value.place.is_some() {
        sides.push((Party::Module, wanted.value.shown().label("the value that it feeds")));
    }
    DataFault { kind, path: wanted.name.clone(), message, help: help.to_owned(), sides }
}

/// Where each value's column is; values and columns without each other are faults.
fn columns<'w, 'f>(
    data: &Data,
    wanted: &'w [Wanted<'f>],
    header: &[String],
    faults: &mut Vec<DataFault>,
) -> Vec<(usize, &'w Wanted<'f>)> {
    let mut columns = Vec::new();
    for value in wanted {
        match column(data, value, header) {
            Column::At(index) => columns.push((index, value)),
            Column::None => {}
            Column::Missing { header, place, help } => faults.push(DataFault {
                kind: DataFaultKind::ColumnMissing,
                path: value.name.clone(),
                message: format!(
                    "`{}` has no column `{header}` for `{}: {}`",
                    data.file, value.name, value.value.ty
                ),
                help,
                sides: vec![match place {
                    Some(place) => (Party::System, Shown::new(Some(place), header).label("named here")),
                    None => (Party::Module, value.value.shown().label("no column feeds it")),
                }],
            }),
        }
    }
    for (index, name) in header.iter().enumerate() {
        if columns.iter().all(|(used, _)| *used != index) {
            faults.push(DataFault {
                kind: DataFaultKind::ColumnUnused,
                path: name.clone(),
                message: format!("column `{name}` of `{}` feeds nothing", data.file),
                help: format!("take the column out, or name it in `columns` of `[data.{}]`", data.name),
                sides: Vec::new(),
            });
        }
    }
    columns
}

/// Values that `columns` names and the function does not have.
fn misnamed(data: &Data, wanted: &[Wanted<'_>]) -> Vec<Found> {
    let strange = data.columns.iter().filter(|(name, _)| !wanted.iter().any(|value| value.is_called(name)));
    let names: Vec<&str> = wanted.iter().map(Wanted::short).collect();
    let found = |(name, (_, place)): (&String, &(String, linchpin_contract::Place))| Found {
        kind: Kind::Unknown {
            reason: format!("`{}` takes no value `{name}`", data.feeds.text),
            help: did_you_mean(name, &names),
        },
        path: String::new(),
        from: Shown::new(Some(place), name.clone()),
        to: Shown::default(),
    };
    strange.map(found).collect()
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
            Err(Refused::Type(format!("is {cell}, where JSON of a `{ty}` is expected, as in `[1.5, 2]`")))
        }
    }
}

fn of_primitive(primitive: linchpin_contract::Primitive, text: &str) -> Cell {
    use linchpin_contract::Primitive;
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
            let number = whole.or_else(|| text.parse().ok().map(Cell::Float));
            number.unwrap_or_else(|| Cell::Text(text.to_owned()))
        }
    }
}

pub(super) fn counted(number: u64, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}
