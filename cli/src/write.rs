//! The one place that writes files: whole or not at all.

use std::io::Write;
use std::path::Path;

use crate::error::Error;

/// Who may read a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readers {
    /// Whoever may read other files.
    Everyone,
    /// The owner alone (mode 0600 where the system has modes).
    Owner,
}

/// Replaces the file at `path` by `bytes` in one step, making its folder first.
///
/// # Errors
/// If the folder or the file cannot be written.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let failed = |reason: std::io::Error| Error::Write { path: path.into(), reason: reason.to_string() };
    folder_of(path)?;
    let mut file = atomic_write_file::AtomicWriteFile::open(path).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.commit().map_err(failed)
}

/// Waits until no other run of this program holds the file, and holds it until the result is dropped. Where there is no
/// such file, or its file system knows no locks, nothing is held.
pub(crate) fn lock(path: &Path) -> Option<std::fs::File> {
    let file = std::fs::File::open(path).ok()?;
    file.lock().ok()?;
    Some(file)
}

/// Whether a regular file holds just these bytes already.
pub(crate) fn holds(path: &Path, bytes: &[u8]) -> bool {
    let same_length = |found: std::fs::Metadata| found.is_file() && found.len() == bytes.len() as u64;
    std::fs::metadata(path).is_ok_and(same_length) && std::fs::read(path).is_ok_and(|there| there == bytes)
}

/// As [`replace`]; what is no regular file, such as `/dev/stderr` or a pipe, is written to and stays what it is, and a
/// link stays one.
///
/// # Errors
/// As [`replace`].
pub(crate) fn replace_or_feed(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let failed = |reason: std::io::Error| Error::Write { path: path.into(), reason: reason.to_string() };
    match std::fs::metadata(path) {
        Ok(found) if !found.is_file() && !found.is_dir() => {
            let mut file = std::fs::OpenOptions::new().write(true).open(path).map_err(failed)?;
            file.write_all(bytes).and_then(|()| file.flush()).map_err(failed)
        }
        Ok(_) => replace(&std::fs::canonicalize(path).map_err(failed)?, bytes),
        Err(_) => replace(path, bytes),
    }
}

/// Writes a new folder with these files, by their paths below it, in one step: it is there as a whole or not at all.
///
/// # Errors
/// [`Error::Exists`] if there is one, and [`Error::Write`].
pub(crate) fn folder(path: &Path, files: &[(std::path::PathBuf, Vec<u8>)]) -> Result<(), Error> {
    if path.exists() {
        return Err(Error::Exists { path: path.into() });
    }
    folder_of(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // A leading point keeps others from taking a half-written folder for a release.
    let draft = path.with_file_name(format!(".{name}.{}", std::process::id()));
    let failed = |reason: std::io::Error| Error::Write { path: path.into(), reason: reason.to_string() };
    let written = files.iter().try_for_each(|(below, bytes)| replace(&draft.join(below), bytes));
    let moved =
        written.and_then(|()| std::fs::rename(&draft, path).and_then(|()| keep_name(path)).map_err(failed));
    if moved.is_err() {
        // What is left over is of no use; that it cannot be removed changes nothing about the error.
        drop(std::fs::remove_dir_all(&draft));
    }
    moved
}

/// Makes the new name of a folder survive a power cut, where the system can.
#[cfg(unix)]
fn keep_name(path: &Path) -> std::io::Result<()> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::File::open(parent)?.sync_all()
}

#[cfg(not(unix))]
fn keep_name(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Writes a new file; one that exists already is refused.
///
/// # Errors
/// [`Error::Exists`] if there is one, and as [`replace`].
pub(crate) fn create(path: &Path, bytes: &[u8], readers: Readers) -> Result<(), Error> {
    folder_of(path)?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    restrict(&mut options, readers);
    let mut file = options.open(path).map_err(|reason| match reason.kind() {
        std::io::ErrorKind::AlreadyExists => Error::Exists { path: path.into() },
        _ => Error::Write { path: path.into(), reason: reason.to_string() },
    })?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(|reason| Error::Write { path: path.into(), reason: reason.to_string() })
}

#[cfg(unix)]
fn restrict(options: &mut std::fs::OpenOptions, readers: Readers) {
    use std::os::unix::fs::OpenOptionsExt;
    match readers {
        Readers::Everyone => {}
        Readers::Owner => {
            options.mode(0o600);
        }
    }
}

#[cfg(not(unix))]
fn restrict(_: &mut std::fs::OpenOptions, _: Readers) {}

/// Makes the folder of a file.
///
/// # Errors
/// If it cannot be made.
pub(crate) fn folder_of(path: &Path) -> Result<(), Error> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => std::fs::create_dir_all(folder)
            .map_err(|reason| Error::Write { path: folder.into(), reason: reason.to_string() }),
        Some(_) | None => Ok(()),
    }
}
