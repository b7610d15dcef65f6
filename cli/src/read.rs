//! The one place that reads files: bounded, and every failure names the file and what was wanted.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::error::Error;

/// Components, modules, descriptors and text: far above anything a device would take.
pub(crate) const ARTEFACT_LIMIT_BYTES: u64 = 16 << 20;
/// Firmware images and host binaries.
pub(crate) const BINARY_LIMIT_BYTES: u64 = 512 << 20;

/// The bytes of the file at `path`, which should be `wanted` (as in "a component").
///
/// # Errors
/// If it is missing, a folder, unreadable or larger than `limit_bytes`.
pub(crate) fn bytes(path: &Path, wanted: &'static str, limit_bytes: u64) -> Result<Vec<u8>, Error> {
    let mut file = open(path, wanted)?;
    let size_bytes = file.metadata().map_err(|reason| unreadable(path, &reason))?.len();
    if size_bytes > limit_bytes {
        return Err(Error::FileTooLarge { path: path.into(), wanted, size_bytes, limit_bytes });
    }
    let mut bytes = Vec::new();
    // The length above is only a promise (pipes, growing files), so the reader is bounded too.
    file.by_ref()
        .take(limit_bytes + 1)
        .read_to_end(&mut bytes)
        .map_err(|reason| unreadable(path, &reason))?;
    if bytes.len() as u64 > limit_bytes {
        return Err(Error::FileTooLarge {
            path: path.into(),
            wanted,
            size_bytes: bytes.len() as u64,
            limit_bytes,
        });
    }
    Ok(bytes)
}

/// The text of the file at `path`.
///
/// # Errors
/// As [`bytes`], and if it is not UTF-8.
pub(crate) fn text(path: &Path, wanted: &'static str) -> Result<String, Error> {
    let bytes = bytes(path, wanted, ARTEFACT_LIMIT_BYTES)?;
    String::from_utf8(bytes).map_err(|reason| Error::Malformed {
        path: path.into(),
        wanted,
        reason: format!("it is not UTF-8 text: {}", reason.utf8_error()),
    })
}

/// The first `count` bytes of the file at `path`, fewer if it is shorter.
///
/// # Errors
/// As [`bytes`], without a limit.
pub(crate) fn head(path: &Path, wanted: &'static str, count: u64) -> Result<Vec<u8>, Error> {
    let file = open(path, wanted)?;
    let mut bytes = Vec::new();
    file.take(count).read_to_end(&mut bytes).map_err(|reason| unreadable(path, &reason))?;
    Ok(bytes)
}

fn open(path: &Path, wanted: &'static str) -> Result<File, Error> {
    let found = std::fs::metadata(path).map_err(|reason| match reason.kind() {
        std::io::ErrorKind::NotFound => Error::FileMissing { path: path.into(), wanted },
        _ => unreadable(path, &reason),
    })?;
    if found.is_dir() {
        return Err(Error::IsFolder { path: path.into(), wanted });
    }
    // A pipe would be waited for without end.
    if !found.is_file() {
        let reason = "it is not a regular file".to_owned();
        return Err(Error::FileUnreadable { path: path.into(), reason });
    }
    File::open(path).map_err(|reason| unreadable(path, &reason))
}

fn unreadable(path: &Path, reason: &std::io::Error) -> Error {
    Error::FileUnreadable { path: path.into(), reason: reason.to_string() }
}
