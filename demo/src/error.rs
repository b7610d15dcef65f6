//! What can be wrong with the data: the place, the reason, what to do.

use std::fmt;

/// A position in a data file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file's name.
    pub file: String,
    /// Line, from 1.
    pub line: u64,
    /// The column's name, or empty for the whole line.
    pub column: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)?;
        if self.column.is_empty() { Ok(()) } else { write!(f, ", column `{}`", self.column) }
    }
}

/// Why a series cannot be used.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The text is not CSV, or its lines differ in length.
    NotCsv {
        /// Where.
        place: Place,
        /// What the CSV reader found.
        source: csv::Error,
    },
    /// A column that is needed is not in the header.
    ColumnMissing {
        /// The header.
        place: Place,
    },
    /// A field is not a number that makes sense there.
    NotANumber {
        /// The field.
        place: Place,
        /// What it holds.
        found: String,
    },
    /// A line is not the one that should come next in time.
    OutOfOrder {
        /// The field.
        place: Place,
        /// The time that should be there.
        expected: String,
        /// The time that is there.
        found: String,
    },
    /// The series ends within a day.
    DayIncomplete {
        /// The last line.
        place: Place,
        /// Lines that a day has.
        lines_per_day: usize,
    },
    /// The prices end before the week, and the day after it, do.
    WeekIncomplete {
        /// Days that are needed.
        needed: usize,
        /// Days that are there.
        found: usize,
    },
    /// The draw pattern is empty.
    PatternEmpty,
}

impl Error {
    /// A stable name of the kind of error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotCsv { .. } => "not-csv",
            Self::ColumnMissing { .. } => "column-missing",
            Self::NotANumber { .. } => "not-a-number",
            Self::OutOfOrder { .. } => "out-of-order",
            Self::DayIncomplete { .. } => "day-incomplete",
            Self::WeekIncomplete { .. } => "week-incomplete",
            Self::PatternEmpty => "pattern-empty",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotCsv { place, source } => {
                write!(
                    f,
                    "{place}: not readable as CSV: {source}; save the file as UTF-8 with equally long lines"
                )
            }
            Self::ColumnMissing { place } => {
                write!(f, "{place}: the header has no such column; name it or choose a series that has it")
            }
            Self::NotANumber { place, found } => {
                write!(f, "{place}: `{found}` is not a usable number; correct the value")
            }
            Self::OutOfOrder { place, expected, found } => write!(
                f,
                "{place}: `{found}` where `{expected}` should follow; keep whole days in order, without a clock change"
            ),
            Self::DayIncomplete { place, lines_per_day } => {
                write!(f, "{place}: the series ends within a day; keep all {lines_per_day} lines of each day")
            }
            Self::WeekIncomplete { needed, found } => {
                write!(
                    f,
                    "prices: {found} days where {needed} are needed; give the seven days and the one after them"
                )
            }
            Self::PatternEmpty => write!(f, "draw pattern: no minute in it; give at least one day"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotCsv { source, .. } => Some(source),
            Self::ColumnMissing { .. }
            | Self::NotANumber { .. }
            | Self::OutOfOrder { .. }
            | Self::DayIncomplete { .. }
            | Self::WeekIncomplete { .. }
            | Self::PatternEmpty => None,
        }
    }
}
