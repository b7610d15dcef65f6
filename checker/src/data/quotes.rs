//! Quotes of a CSV file (RFC 4180, section 2): readers forgive what is wrong with them, and then rows are missing.

/// What is wrong with a quoted cell, and where the cell begins: the offset of its quote and its line, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct QuoteFault {
    pub(super) line: u64,
    pub(super) offset_of_line: usize,
    pub(super) kind: QuoteFaultKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum QuoteFaultKind {
    /// The file ends within it.
    Unclosed,
    /// It goes on behind its closing quote.
    GoesOn,
}

/// The first fault.
pub(super) fn fault(bytes: &[u8]) -> Option<QuoteFault> {
    let mut walk = Walk { bytes, at: 0, line: 1, line_start: 0 };
    let mut begins_cell = true;
    while let Some(byte) = walk.next() {
        if byte == b'"' && begins_cell {
            let (line, offset_of_line) = (walk.line, walk.line_start);
            if let Some(kind) = walk.quoted() {
                return Some(QuoteFault { line, offset_of_line, kind });
            }
        }
        begins_cell = matches!(byte, b',' | b'\n' | b'\r');
    }
    None
}

struct Walk<'b> {
    bytes: &'b [u8],
    at: usize,
    line: u64,
    line_start: usize,
}

impl Walk<'_> {
    fn next(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        if byte == b'\n' {
            self.line += 1;
            self.line_start = self.at;
        }
        Some(byte)
    }

    /// From behind an opening quote to behind the closing one; what is wrong, if anything is.
    fn quoted(&mut self) -> Option<QuoteFaultKind> {
        loop {
            match self.next() {
                None => return Some(QuoteFaultKind::Unclosed),
                Some(b'"') => match self.bytes.get(self.at) {
                    Some(b'"') => self.at += 1,
                    None | Some(b',' | b'\n' | b'\r') => return None,
                    Some(_) => return Some(QuoteFaultKind::GoesOn),
                },
                Some(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::QuoteFaultKind::{GoesOn, Unclosed};
    use super::fault;

    #[test]
    fn quotes_are_as_the_rfc_has_them() {
        let found = |text: &str| fault(text.as_bytes()).map(|fault| (fault.line, fault.kind));
        for right in [
            "",
            "a,b\n",
            "\"a\",\"b\"\n",
            "\"say \"\"hi\"\"\"\r\n1,2",
            "\"two\nlines\",x\n",
            "5\",6\n",
            "\"\"",
        ] {
            assert_eq!(found(right), None, "{right:?}");
        }
        assert_eq!(found("a\n\"open,b\nc\n"), Some((2, Unclosed)));
        assert_eq!(found("a\n\"b\"c\n"), Some((2, GoesOn)));
        assert_eq!(found("\"two\nlines\"\nx,\"y"), Some((3, Unclosed)));
        assert_eq!(fault(b"a\nb,\"c").map(|fault| fault.offset_of_line), Some(2));
    }
}
