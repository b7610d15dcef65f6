//! The claim on the shared target folder: one build at a time, and no other crate's leftovers.
//!
//! For WebAssembly cargo names a library's file by the crate alone. Two crates of one name with one target folder
//! overwrite each other's file, and cargo takes the other's for its own as long as its own sources are unchanged. So
//! the folder remembers whose file it holds, and another crate's is removed before cargo looks.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

use super::guest::Guest;
use super::{BuildOptions, profile};
use crate::error::Error;
use crate::toolchain::TARGET;
use crate::{read, write};

/// Held until the module is read.
pub(super) struct Claim {
    _lock: File,
}

/// Waits for other builds in the same folder, then makes sure that what cargo finds there is this guest's.
pub(super) fn claim(guest: &Guest, folder: &Path, options: &BuildOptions) -> Result<Claim, Error> {
    let lock = lock(&folder.join("linchpin.lock"))?;
    let built = folder.join(TARGET).join(profile::name(options.profile));
    let owner = built.join(format!("{}.owner", guest.library));
    let identity = guest.package_id.repr.as_str();
    if read::text(&owner, "the name of a crate").ok().as_deref() != Some(identity) {
        let file = format!("{}.wasm", guest.library);
        remove(&built.join("deps").join(&file))?;
        remove(&built.join(&file))?;
        // Before cargo runs: if it is interrupted, the next build finds no file and makes one.
        write::replace(&owner, identity.as_bytes())?;
    }
    Ok(Claim { _lock: lock })
}

/// Waits until nobody else holds the file, and holds it as long as what comes back lives.
pub(super) fn lock(path: &Path) -> Result<File, Error> {
    let failed =
        |reason: std::io::Error| Error::Write { path: PathBuf::from(path), reason: reason.to_string() };
    write::folder_of(path)?;
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(path).map_err(failed)?;
    file.lock().map_err(failed)?;
    Ok(file)
}

fn remove(path: &Path) -> Result<(), Error> {
    match std::fs::remove_file(path) {
        Err(reason) if reason.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::Write { path: path.into(), reason: reason.to_string() })
        }
        Ok(()) | Err(_) => Ok(()),
    }
}
