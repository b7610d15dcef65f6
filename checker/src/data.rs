//! Recorded data: a file that feeds a function must hold values that the function accepts, every one of them.
//!
//! # Columns
//!
//! Each parameter is a column, and each field of a record one of its own: `inputs.now`, `inputs.prices`. Where the
//! function has one parameter its name may be left out: `now`, `prices`. Another header is named in `columns`. A value
//! that is an `option` needs no column. Columns that no value takes are reported and otherwise ignored.
//!
//! # Cells of CSV
//!
//! | type | cell |
//! |---|---|
//! | integers, floats | a decimal number, finite, within the type and its `@range` |
//! | `bool` | `true` or `false` |
//! | `string`, `char` | the text |
//! | enum | the name of a case |
//! | flags | names with `\|` between them |
//! | `option<T>` | empty for `none`, else as `T` |
//! | everything else | JSON: lists and tuples as arrays, records as objects, variants as `{"case": payload}`, `none` as `null` |
//!
//! # Parquet
//!
//! Columns are matched as those of CSV; a group of columns is a record, with dots in its names. Files are read without
//! Arrow, and what Arrow writes maps as follows. Codecs: none and Snappy.
//!
//! | Arrow | WIT |
//! |---|---|
//! | `Boolean` | `bool` |
//! | `Int8`..`Int64`, `UInt8`..`UInt64` | every integer that can hold the value; floats |
//! | `Float16`, `Float32`, `Float64` | floats |
//! | `Utf8`, `LargeUtf8`, dictionaries of them | `string`, `char`, enum |
//! | `List`, `LargeList`, `FixedSizeList` | `list`, tuple, flags |
//! | `Struct` | record, variant |
//! | null | `none` |
//! | `Timestamp`, `Date32`, `Time`, `Decimal`, `Binary`, `Map` | nothing: WIT has no such type; store the number that is meant |

mod accept;
mod cell;
mod columns;
mod csv;
mod parquet;
mod quotes;
mod tally;
mod written;

use linchpin_contract::Place;

use crate::edges;
use crate::edges::found::{EdgeFault, Found, Kind};
use crate::known::Known;
use crate::rule::{Check, Frame, Shown};
use crate::system::{Data, DataFormat, System};
use crate::verdict::{DataVerdict, Finding, Hit, PairLevel, Party};
use crate::walk;
use cell::Cell;
use tally::Tally;

/// One thing that is wrong with recorded data.
pub(crate) struct DataFault {
    pub(crate) kind: DataFaultKind,
    /// The column or the value that is meant.
    pub(crate) path: String,
    pub(crate) message: String,
    pub(crate) help: String,
    /// Where it shows, the first few places.
    pub(crate) sides: Vec<(Party, Shown)>,
}

/// What kind of thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum DataFaultKind {
    /// A value has no column.
    ColumnMissing,
    /// A column feeds no value.
    ColumnUnused,
    /// Cells are no values of the type.
    Cell,
    /// Cells are outside the range.
    Range,
    /// The file is not what it should be.
    Malformed,
}

impl DataFaultKind {
    fn level(self) -> PairLevel {
        match self {
            Self::ColumnUnused => PairLevel::Ok,
            Self::Cell | Self::Range => PairLevel::Conditional,
            Self::ColumnMissing => PairLevel::CallFail,
            Self::Malformed => PairLevel::Unknown,
        }
    }
}

/// One row, as far as it could be read.
struct Row<'r> {
    /// From 1, without the header.
    number: u64,
    /// Where it is written, if it is text.
    place: Option<&'r Place>,
    cells: Cells<'r>,
}

/// The cells of a row, in the order of the header.
enum Cells<'r> {
    Texts(&'r ::csv::StringRecord),
    Values(&'r [Cell]),
    /// A row that cannot be used, and why.
    Unusable(String),
}

/// The header of a file, which then gives its rows to whoever asks.
trait Rows {
    fn header(&self) -> &[String];
    /// Gives every row in turn.
    fn each(&mut self, take: &mut dyn FnMut(&Row<'_>));
}

/// Holds every file of recorded data against the function that it feeds.
pub(crate) fn check(system: &System, known: &Known<'_>) -> Vec<(DataVerdict, Vec<Finding>)> {
    system.data.iter().map(|data| judge(system, known, data)).collect()
}

fn judge(system: &System, known: &Known<'_>, data: &Data) -> (DataVerdict, Vec<Finding>) {
    let module = system.modules.iter().find(|module| module.name == data.feeds.module.name);
    let hit = module.map(|it| Hit { module: it.name.clone(), version: it.version.to_string(), on: None });
    let frame =
        Frame { hits: hit.into_iter().collect(), ..edges::frame(system, format!("data {}", data.name)) };
    let mut findings = Vec::new();
    let mut level = PairLevel::Ok;
    let mut rows = 0;
    match edges::lookup(system, known, &data.feeds, module) {
        Ok(target) => {
            if !target.told {
                let value = Shown::new(None, data.feeds.text.clone());
                unknown(&edges::untold(&data.feeds, value), &frame, &mut findings);
                level = PairLevel::Unknown;
            }
            let tally = held(data, target.function);
            rows = tally.rows;
            for found in tally.unknown {
                level = level.max(PairLevel::Unknown);
                unknown(&found, &frame, &mut findings);
            }
            for fault in tally.faults {
                level = level.max(fault.kind.level());
                walk::run(&frame, &[], &mut findings, |check, sink| {
                    if let Check::Data(check) = check {
                        check(&fault, sink);
                    }
                });
            }
        }
        Err(nowhere) => {
            level = PairLevel::Unknown;
            unknown(&edges::nowhere(nowhere, &data.feeds), &frame, &mut findings);
        }
    }
    let verdict = DataVerdict {
        name: data.name.clone(),
        sha256: data.sha256,
        feeds: data.feeds.text.clone(),
        rows,
        level,
    };
    (verdict, findings)
}

/// What is wrong with the values for a function.
fn held(data: &Data, function: &linchpin_contract::Function) -> Tally {
    let rows: Result<Box<dyn Rows + '_>, DataFault> = match data.format {
        DataFormat::Csv => csv::open(data).map(|rows| -> Box<dyn Rows + '_> { Box::new(rows) }),
        DataFormat::Parquet => parquet::open(data).map(|rows| -> Box<dyn Rows + '_> { Box::new(rows) }),
    };
    match rows {
        Ok(mut rows) => tally::tally(data, function, rows.as_mut()),
        Err(fault) => Tally { rows: 0, faults: vec![fault], unknown: Vec::new() },
    }
}

fn unknown(found: &Found, frame: &Frame, findings: &mut Vec<Finding>) {
    debug_assert!(matches!(found.kind, Kind::Unknown { .. }), "nothing else is reported this way");
    let fault = EdgeFault { found, edge: &Shown::default() };
    walk::run(frame, &[], findings, |check, sink| {
        if let Check::Edge(check) = check {
            check(&fault, sink);
        }
    });
}

/// The file as a whole is not what it should be.
fn malformed(data: &Data, place: Option<&Place>, message: String, help: &str) -> DataFault {
    DataFault {
        kind: DataFaultKind::Malformed,
        path: String::new(),
        message,
        help: help.to_owned(),
        sides: vec![(Party::Data, Shown::new(place, data.file.clone()).label("here"))],
    }
}
