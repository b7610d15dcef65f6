//! Places in a file of any size: lines are found by their offsets.

use linchpin_contract::Place;

use crate::error::Error;

/// A text and where its lines begin.
pub(super) struct Lines<'t> {
    file: &'t str,
    pub(super) text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(file: &'t str, text: &'t str) -> Self {
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(newlines.map(|(offset, _)| offset + 1)).collect();
        Self { file, text, starts }
    }

    /// The place of so many bytes at an offset.
    pub(super) fn place(&self, offset: usize, bytes: usize) -> Place {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let line_text = self.text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let column = self.text.get(start..offset).unwrap_or_default().chars().count() + 1;
        let spanned = self.text.get(offset..offset + bytes).unwrap_or_default();
        let length = spanned.lines().next().unwrap_or_default().chars().count().max(1);
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Place {
            file: self.file.to_owned(),
            line: small(line),
            column: small(column),
            length: small(length),
            line_text: Place::held(line_text),
        }
    }

    /// The place of a slice of the text.
    pub(super) fn place_of(&self, slice: &str) -> Place {
        self.place(slice.as_ptr().addr().saturating_sub(self.text.as_ptr().addr()), slice.len())
    }
}

/// Bytes as text, without a byte order mark.
pub(super) fn text<'b>(file: &str, bytes: &'b [u8]) -> Result<&'b str, Error> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Error::Read {
            path: file.to_owned(),
            reason: format!("line {line} is not UTF-8 text"),
            help: "save it as UTF-8".to_owned(),
        }
    })
}
