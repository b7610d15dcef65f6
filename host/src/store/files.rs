//! Files by name, in a directory or in memory. The only file that names `std::fs`.

use crate::error::Error;
use atomic_write_file::AtomicWriteFile;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Nothing that a store holds is larger; what is, was not written by it.
const FILE_BYTES_MAX: u64 = 64 << 20;

#[derive(Debug, Clone)]
pub(super) enum Files {
    Directory(PathBuf),
    Memory(Arc<Mutex<Memory>>),
}

/// A directory in memory.
#[derive(Debug, Default)]
pub(super) struct Memory {
    pub(super) files: BTreeMap<String, Vec<u8>>,
    /// Every change since the beginning, so that a test can cut it short.
    #[cfg(test)]
    pub(super) changes: Vec<Change>,
}

#[cfg(test)]
#[derive(Debug, Clone)]
pub(super) enum Change {
    Write(String, Vec<u8>),
    Remove(String),
}

impl Files {
    pub(super) fn directory(path: &Path, folder: &str) -> Result<Self, Error> {
        let made = std::fs::create_dir_all(path.join(folder));
        made.map_err(|error| failed("make", path, &error))?;
        Ok(Self::Directory(path.to_owned()))
    }

    pub(super) fn memory() -> Self {
        Self::Memory(Arc::default())
    }

    pub(super) fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        match self {
            Self::Directory(root) => {
                let path = root.join(name);
                match read(&path) {
                    Ok(bytes) => Ok(Some(bytes)),
                    Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                    Err(error) => Err(failed("read", &path, &error)),
                }
            }
            Self::Memory(memory) => Ok(lock(memory).files.get(name).cloned()),
        }
    }

    /// Writes a whole file, so that after a power cut it is as before or as given, and once this returns as given.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        match self {
            Self::Directory(root) => {
                let path = root.join(name);
                write(&path, bytes).map_err(|error| failed("write", &path, &error))
            }
            Self::Memory(memory) => {
                let mut memory = lock(memory);
                #[cfg(test)]
                memory.changes.push(Change::Write(name.to_owned(), bytes.to_vec()));
                memory.files.insert(name.to_owned(), bytes.to_vec());
                Ok(())
            }
        }
    }

    /// The names of the files in a folder.
    pub(super) fn list(&self, folder: &str) -> Vec<String> {
        match self {
            Self::Directory(root) => {
                let Ok(found) = std::fs::read_dir(root.join(folder)) else { return Vec::new() };
                let names = found.filter_map(|file| file.ok()?.file_name().into_string().ok());
                let mut names: Vec<_> = names.map(|name| format!("{folder}/{name}")).collect();
                names.sort();
                names
            }
            Self::Memory(memory) => {
                let folder = format!("{folder}/");
                lock(memory).files.keys().filter(|name| name.starts_with(&folder)).cloned().collect()
            }
        }
    }

    /// Removes a file that no record names; that it is still there afterwards does no harm.
    pub(super) fn remove(&self, name: &str) {
        match self {
            Self::Directory(root) => {
                let path = root.join(name);
                if let Err(error) = std::fs::remove_file(&path) {
                    tracing::debug!(path = %path.display(), %error, "cannot remove an unused file");
                }
            }
            Self::Memory(memory) => {
                let mut memory = lock(memory);
                #[cfg(test)]
                memory.changes.push(Change::Remove(name.to_owned()));
                memory.files.remove(name);
            }
        }
    }
}

pub(super) fn lock(memory: &Mutex<Memory>) -> MutexGuard<'_, Memory> {
    memory.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(FILE_BYTES_MAX).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = AtomicWriteFile::open(path)?;
    file.write_all(bytes)?;
    file.commit()
}

fn failed(action: &'static str, path: &Path, error: &io::Error) -> Error {
    Error::Store { action, path: path.to_owned(), reason: error.to_string() }
}
