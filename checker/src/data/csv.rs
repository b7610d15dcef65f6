//! Rows of a CSV file.

use std::borrow::Cow;

use csv::{ByteRecord, Reader, ReaderBuilder, StringRecord};
use linchpin_contract::Place;

use super::quotes::{QuoteFaultKind, fault};
use super::{Cells, DataFault, Row, Rows, malformed};
use crate::system::Data;

/// Longer lines are not repeated in a report.
const MAX_LINE_CHARS: usize = 240;

/// An open CSV file.
pub(super) struct CsvRows<'d> {
    data: &'d Data,
    bytes: &'d [u8],
    header: Vec<String>,
    reader: Reader<&'d [u8]>,
}

/// Reads the header.
pub(super) fn open(data: &Data) -> Result<CsvRows<'_>, DataFault> {
    let bytes = data.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&data.bytes);
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        let message = format!("`{}` is UTF-16", data.file);
        return Err(malformed(data, None, message, "save it as UTF-8"));
    }
    if let Some(fault) = fault(bytes) {
        let place = line(data, bytes, fault.offset_of_line, fault.line);
        let (message, help) = match fault.kind {
            QuoteFaultKind::Unclosed => ("a quote that is opened here is never closed", "close it"),
            QuoteFaultKind::GoesOn => (
                "a cell goes on behind its closing quote",
                "double each quote within a quoted cell, as in `\"a \"\"b\"\"\"`",
            ),
        };
        return Err(malformed(data, Some(&place), format!("{message} in `{}`", data.file), help));
    }
    let mut reader = ReaderBuilder::new().flexible(true).has_headers(false).from_reader(bytes);
    let mut record = ByteRecord::new();
    let read = reader.read_byte_record(&mut record);
    if !read.is_ok_and(|read| read) {
        let message = format!("`{}` is empty", data.file);
        return Err(malformed(data, None, message, "give it a header with a name for each column, and rows"));
    }
    let place = line(data, bytes, 0, 1);
    let header = StringRecord::from_byte_record(record).map_err(|_| {
        malformed(
            data,
            Some(&place),
            format!("the header of `{}` is not UTF-8", data.file),
            "save it as UTF-8",
        )
    })?;
    let header: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
    let twice =
        header.iter().enumerate().find(|(index, name)| header.iter().take(*index).any(|it| it == *name));
    if let Some((_, name)) = twice {
        let message = format!("two columns of `{}` are called `{name}`", data.file);
        return Err(malformed(data, Some(&place), message, "give each column a name of its own"));
    }
    Ok(CsvRows { data, bytes, header, reader })
}

impl Rows for CsvRows<'_> {
    fn header(&self) -> &[String] {
        &self.header
    }

    fn each(&mut self, take: &mut dyn FnMut(&Row<'_>)) {
        let mut record = ByteRecord::new();
        let mut number = 0;
        // Bytes in memory give no other error than that they end.
        while self.reader.read_byte_record(&mut record).is_ok_and(|read| read) {
            number += 1;
            let (offset, at) =
                record.position().map_or((0, 0), |position| (position.byte(), position.line()));
            let place = line(self.data, self.bytes, usize::try_from(offset).unwrap_or(usize::MAX), at);
            let place = Some(&place);
            let (found, wanted) = (record.len(), self.header.len());
            let text = StringRecord::from_byte_record(record);
            let cells = match &text {
                Err(_) => Cells::Unusable("is not UTF-8".to_owned()),
                Ok(_) if found != wanted => {
                    Cells::Unusable(format!("has {found} cells, and the header has {wanted}"))
                }
                Ok(texts) => Cells::Texts(texts),
            };
            take(&Row { number, place, cells });
            record = text.map_or_else(|_| ByteRecord::new(), StringRecord::into_byte_record);
        }
    }
}

/// The place of the line that begins at an offset. Empty lines before it belong to no row.
fn line(data: &Data, bytes: &[u8], offset: usize, number: u64) -> Place {
    let rest = bytes.get(offset..).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let skipped = rest.get(..blank).unwrap_or_default().iter().filter(|byte| **byte == b'\n').count();
    let rest = rest.get(blank..).unwrap_or_default();
    let text = rest.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    let text: Cow<'_, str> = String::from_utf8_lossy(text);
    let line_text: String = text.chars().take(MAX_LINE_CHARS).collect();
    let length = u32::try_from(line_text.chars().count()).unwrap_or(u32::MAX).max(1);
    let skipped = u64::try_from(skipped).unwrap_or(u64::MAX);
    let line = u32::try_from(number.saturating_add(skipped)).unwrap_or(u32::MAX);
    Place { file: data.file.clone(), line, column: 1, length, line_text }
}
