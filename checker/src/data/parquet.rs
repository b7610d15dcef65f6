//! Rows of a Parquet file.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use parquet::basic::ConvertedType;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row as Record};
use parquet::schema::types::Type;

use super::cell::Cell;
use super::{Cells, DataFault, Row, Rows, malformed};
use crate::system::Data;

/// An open Parquet file.
pub(super) struct ParquetRows {
    header: Vec<String>,
    file: SerializedFileReader<Bytes>,
}

/// Reads the footer.
pub(super) fn open(data: &Data) -> Result<ParquetRows, DataFault> {
    let wrong = |reason: String| {
        let message = format!("`{}` cannot be read as Parquet: {reason}", data.file);
        malformed(data, None, message, "write it again; its columns may be uncompressed or in Snappy")
    };
    if data.bytes.is_empty() {
        return Err(wrong("it is empty".to_owned()));
    }
    let bytes = Bytes::from_owner(data.bytes.clone());
    let file = contained(|| SerializedFileReader::new(bytes)).map_err(wrong)?;
    let mut header = Vec::new();
    for field in file.metadata().file_metadata().schema().get_fields() {
        names(field, "", &mut header);
    }
    Ok(ParquetRows { header, file })
}

/// The names of a column, or of all columns of a group.
fn names(field: &Type, before: &str, header: &mut Vec<String>) {
    let name = if before.is_empty() { field.name().to_owned() } else { format!("{before}.{}", field.name()) };
    let is_record = field.is_group()
        && field.get_basic_info().logical_type_ref().is_none()
        && field.get_basic_info().converted_type() == ConvertedType::NONE;
    if !is_record {
        header.push(name);
        return;
    }
    for part in field.get_fields() {
        names(part, &name, header);
    }
}

impl Rows for ParquetRows {
    fn header(&self) -> &[String] {
        &self.header
    }

    fn each(&mut self, take: &mut dyn FnMut(&Row<'_>)) {
        let mut rows = contained(|| self.file.get_row_iter(None));
        for number in 1.. {
            let row = match &mut rows {
                Ok(rows) => contained(|| rows.next().transpose()),
                Err(reason) => Err(std::mem::take(reason)),
            };
            match row {
                Ok(None) => return,
                Ok(Some(row)) => {
                    let cells: Vec<Cell> = self.header.iter().map(|name| at(&row, name)).collect();
                    take(&Row { number, place: None, cells: Cells::Values(&cells) });
                }
                Err(reason) => {
                    let cells = Cells::Unusable(format!("cannot be read: {reason}"));
                    take(&Row { number, place: None, cells });
                    // What follows an error is no row of the file.
                    return;
                }
            }
        }
    }
}

/// What the reader gives, or why it gives nothing. It panics on some files whose pages are not as their footer says;
/// what it had read so far is not used again.
fn contained<T>(read: impl FnOnce() -> parquet::errors::Result<T>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(read) => read.map_err(|error| error.to_string()),
        Err(_) => Err("its bytes are damaged".to_owned()),
    }
}

/// The cell of a column; of a group that is null every part is.
fn at(row: &Record, name: &str) -> Cell {
    for (column, field) in row.get_column_iter() {
        if column == name {
            return cell(field);
        }
        if let Some(rest) = name.strip_prefix(column.as_str()).and_then(|rest| rest.strip_prefix('.'))
            && let Field::Group(group) = field
        {
            return at(group, rest);
        }
    }
    Cell::Null
}

fn cell(field: &Field) -> Cell {
    match field {
        Field::Null => Cell::Null,
        Field::Bool(value) => Cell::Bool(*value),
        Field::Byte(value) => Cell::Int(i128::from(*value)),
        Field::Short(value) => Cell::Int(i128::from(*value)),
        Field::Int(value) => Cell::Int(i128::from(*value)),
        Field::Long(value) => Cell::Int(i128::from(*value)),
        Field::UByte(value) => Cell::Int(i128::from(*value)),
        Field::UShort(value) => Cell::Int(i128::from(*value)),
        Field::UInt(value) => Cell::Int(i128::from(*value)),
        Field::ULong(value) => Cell::Int(i128::from(*value)),
        Field::Float16(value) => Cell::Float(value.to_f64(), None),
        Field::Float(value) => Cell::Float(f64::from(*value), None),
        Field::Double(value) => Cell::Float(*value, None),
        Field::Str(text) => Cell::Text(text.clone()),
        Field::ListInternal(list) => Cell::List(list.elements().iter().map(cell).collect()),
        Field::Group(group) => {
            Cell::Record(group.get_column_iter().map(|(name, field)| (name.clone(), cell(field))).collect())
        }
        Field::Bytes(_) => Cell::Other("binary data"),
        Field::Decimal(_) => Cell::Other("a decimal"),
        Field::MapInternal(_) => Cell::Other("a map"),
        // Dates, times and timestamps of every unit.
        _ => Cell::Other("a date or a time"),
    }
}

#[cfg(test)]
#[path = "parquet_tests.rs"]
mod tests;
