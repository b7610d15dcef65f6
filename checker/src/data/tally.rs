//! Every cell held against its type, and what is wrong counted by column.

use std::collections::BTreeMap;

use linchpin_contract::{Function, Place};

use super::accept::Refused;
use super::columns::{Column, Wanted, column, wanted};
use super::written::held;
use super::{Cells, DataFault, DataFaultKind, Row, Rows, malformed};
use crate::config::{did_you_mean, nearest};
use crate::edges::found::{Found, Kind};
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
    let strange = strange(data, &wanted);
    let unknown = misnamed(data, &wanted, &strange);
    let mut tally = Tally { rows: 0, faults: Vec::new(), unknown };
    let header = rows.header().to_vec();
    let columns = columns(data, &wanted, &header, &strange, &mut tally.faults);
    let mut counts: BTreeMap<(usize, DataFaultKind), Count> = BTreeMap::new();
    let mut unusable = Count::default();
    rows.each(&mut |row| {
        tally.rows += 1;
        if let Cells::Unusable(reason) = &row.cells {
            unusable.note(row, data, reason.clone());
            return;
        }
        for (index, (position, wanted)) in columns.iter().enumerate() {
            let (kind, reason) = match held(row, *position, &wanted.value) {
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
    strange: &[Strange<'_>],
    faults: &mut Vec<DataFault>,
) -> Vec<(usize, &'w Wanted<'f>)> {
    let mut columns = Vec::new();
    // A column that was probably meant for a value is told with it.
    let mut meant: Vec<&str> = strange.iter().map(|strange| strange.header).collect();
    for value in wanted {
        if strange.iter().any(|strange| strange.meant.is_some_and(|meant| value.is_called(meant))) {
            continue;
        }
        match column(data, value, header) {
            Column::At(index) => columns.push((index, value)),
            Column::None => {}
            Column::Missing { header: name, place, help } => {
                meant.extend(nearest(&name, header));
                faults.push(missing(data, value, name, place, help));
            }
        }
    }
    for (index, name) in header.iter().enumerate() {
        if columns.iter().all(|(used, _)| *used != index) && !meant.contains(&name.as_str()) {
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

fn missing(
    data: &Data,
    value: &Wanted<'_>,
    header: String,
    place: Option<&Place>,
    help: String,
) -> DataFault {
    let message =
        format!("`{}` has no column `{header}` for `{}: {}`", data.file, value.name, value.value.ty);
    let side = match place {
        Some(place) => (Party::System, Shown::new(Some(place), header).label("named here")),
        None => (Party::Module, value.value.shown().label("no column feeds it")),
    };
    DataFault {
        kind: DataFaultKind::ColumnMissing,
        path: value.name.clone(),
        message,
        help,
        sides: vec![side],
    }
}

/// A value that `columns` names and the function does not have.
struct Strange<'d> {
    name: &'d str,
    place: &'d Place,
    /// The column that it names.
    header: &'d str,
    /// The value that was probably meant.
    meant: Option<&'d str>,
}

fn strange<'d>(data: &'d Data, wanted: &'d [Wanted<'_>]) -> Vec<Strange<'d>> {
    let strange = data.columns.iter().filter(|(name, _)| !wanted.iter().any(|value| value.is_called(name)));
    // One that has a name in `columns` is not meant by another.
    let named = |value: &&Wanted<'_>| data.columns.keys().any(|name| value.is_called(name));
    let free: Vec<&str> = wanted.iter().filter(|value| !named(value)).map(Wanted::short).collect();
    strange
        .map(|(name, (header, place))| Strange {
            name,
            place,
            header,
            meant: wanted.iter().map(Wanted::short).find(|short| Some(*short) == nearest(name, &free)),
        })
        .collect()
}

fn misnamed(data: &Data, wanted: &[Wanted<'_>], strange: &[Strange<'_>]) -> Vec<Found> {
    let names: Vec<&str> = wanted.iter().map(Wanted::short).collect();
    let found = |strange: &Strange<'_>| Found {
        kind: Kind::Unknown {
            reason: format!("`{}` takes no value `{}`", data.feeds.text, strange.name),
            help: match strange.meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => did_you_mean(strange.name, &names),
            },
        },
        path: String::new(),
        from: Shown::new(Some(strange.place), strange.name.to_owned()),
        to: Shown::default(),
    };
    strange.iter().map(found).collect()
}

pub(super) fn counted(number: u64, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}
