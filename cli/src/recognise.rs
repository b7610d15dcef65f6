//! What kind of file some bytes are, by their first few.

use std::path::Path;

use crate::error::Error;
use crate::read;

/// A kind of file that a command may be given, rightly or wrongly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Component,
    CoreModule,
    /// Machine code that wasmtime made of a component or a core module.
    Precompiled,
    /// ELF, PE, Mach-O or an archive of them: what `object` reads.
    Binary,
    /// Descriptor records, extracted from a firmware.
    Descriptor,
    Text,
    Zeros,
    Empty,
    Unknown,
}

impl Kind {
    /// As in "found a text file".
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Component => "a WebAssembly component",
            Self::CoreModule => "a core WebAssembly module",
            Self::Precompiled => "an artefact that wasmtime compiled ahead of time",
            Self::Binary => "a native binary",
            Self::Descriptor => "a firmware descriptor",
            Self::Text => "a text file",
            Self::Zeros => "a file of zeros",
            Self::Empty => "an empty file",
            Self::Unknown => "a file of no kind that is known here",
        }
    }
}

/// The kind of file whose first bytes are `head`; a few hundred are enough.
pub(crate) fn kind(head: &[u8]) -> Kind {
    const COMPONENT: &[u8] = b"\0asm\x0d\0\x01\0";
    const CORE: &[u8] = b"\0asm\x01\0\0\0";
    const BINARIES: &[&[u8]] = &[
        b"\x7fELF",
        b"MZ",
        b"\xfe\xed\xfa\xce",
        b"\xfe\xed\xfa\xcf",
        b"\xce\xfa\xed\xfe",
        b"\xcf\xfa\xed\xfe",
        b"\xca\xfe\xba\xbe",
        b"!<arch>\n",
    ];
    if head.starts_with(COMPONENT) {
        Kind::Component
    } else if head.starts_with(CORE) {
        Kind::CoreModule
    } else if head.starts_with(b"LPD1") {
        Kind::Descriptor
    } else if linchpin_checker::profile::is_precompiled(head) {
        Kind::Precompiled
    } else if BINARIES.iter().any(|magic| head.starts_with(magic)) {
        Kind::Binary
    } else if head.is_empty() {
        Kind::Empty
    } else if head.iter().all(|byte| *byte == 0) {
        Kind::Zeros
    } else if is_text(head) {
        Kind::Text
    } else {
        Kind::Unknown
    }
}

/// Reads the component at `path`.
///
/// # Errors
/// If it cannot be read or is another kind of file.
pub(crate) fn component(path: &Path) -> Result<Vec<u8>, Error> {
    let wanted = "a component";
    let found = kind(&read::head(path, wanted, 256)?);
    match found {
        Kind::Component => {
            let bytes = read::bytes(path, wanted, read::ARTEFACT_LIMIT_BYTES)?;
            require_whole(path, &bytes)?;
            Ok(bytes)
        }
        Kind::CoreModule => Err(Error::CoreModule { path: path.into() }),
        Kind::Precompiled => Err(Error::Precompiled { path: path.into() }),
        Kind::Binary | Kind::Descriptor | Kind::Text | Kind::Zeros | Kind::Empty | Kind::Unknown => {
            Err(Error::WrongKind { path: path.into(), wanted, found: found.words() })
        }
    }
}

/// A component that was cut short in a copy is no component at all; any other damage is for the caller to name.
fn require_whole(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let broken = wasmparser::Parser::new(0).parse_all(bytes).find_map(Result::err);
    match broken {
        Some(reason) if reason.message().contains("unexpected end") => Err(Error::Malformed {
            path: path.into(),
            wanted: "a component",
            reason: format!("it ends in the middle, after {} bytes", bytes.len()),
        }),
        Some(_) | None => Ok(()),
    }
}

/// Text has no control characters besides white space; the last character may be cut.
fn is_text(head: &[u8]) -> bool {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(reason) if reason.error_len().is_none() => {
            std::str::from_utf8(head.get(..reason.valid_up_to()).unwrap_or_default()).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.is_empty()
        && text.chars().all(|character| !character.is_control() || character.is_ascii_whitespace())
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind};

    #[test]
    fn kinds_are_told_apart() {
        assert_eq!(kind(b"\0asm\x0d\0\x01\0"), Kind::Component);
        assert_eq!(kind(b"\0asm\x01\0\0\0"), Kind::CoreModule);
        assert_eq!(kind(b"\x7fELF\x02"), Kind::Binary);
        assert_eq!(kind(b"\x7fELF\x02\x01\x01\xc8"), Kind::Precompiled);
        assert_eq!(kind(b"LPD1\0\0\0\0"), Kind::Descriptor);
        assert_eq!(kind(&[0; 256]), Kind::Zeros);
        assert_eq!(kind(b""), Kind::Empty);
        assert_eq!(kind("package a:b;\n\u{20ac}".as_bytes().split_last().unwrap().1), Kind::Text);
        assert_eq!(kind(b"\0asm"), Kind::Unknown);
        assert_eq!(kind(&[0xff, 0xfe, 1]), Kind::Unknown);
    }
}
