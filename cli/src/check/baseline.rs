//! What contracts are compared with beside the released ones: a folder, or the contracts of a git revision.

use std::path::{Path, PathBuf};

use super::{CheckArgs, unusable};
use crate::diff::git::{self, Found};
use crate::error::Error;
use crate::write;

/// Where the contracts of a revision are written, beside the verdict, so that their places can be looked up.
const REVISIONS: &str = "target/linchpin/baseline";

/// The folder of the baseline, if one is asked for.
///
/// # Errors
/// [`Error::Revision`] where git is not there, or has no such revision, or no contracts in it; and if the contracts
/// cannot be written.
pub(super) fn folder(args: &CheckArgs) -> Result<Option<PathBuf>, Error> {
    match (&args.baseline, &args.baseline_rev) {
        (Some(folder), _) => Ok(Some(folder.clone())),
        (None, Some(revision)) => of_revision(&args.manifest, revision).map(Some),
        (None, None) => Ok(None),
    }
}

fn of_revision(manifest: &Path, revision: &str) -> Result<PathBuf, Error> {
    let root = manifest.parent().unwrap_or(Path::new(""));
    let here = if root.as_os_str().is_empty() { Path::new(".") } else { root };
    let contracts =
        linchpin_checker::contracts_folder(manifest).map_err(|source| unusable(manifest, source))?;
    let found = git::read_in(here, revision, &format!("./{}", contracts.trim_start_matches("./")))?;
    let files = match found {
        Found::Folder(files) => files,
        Found::File(_) => {
            return Err(Error::Revision {
                revision: revision.to_owned(),
                path: contracts,
                reason: "it is a file there, and no folder of contracts".to_owned(),
            });
        }
    };
    let name: String = revision.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let folder = root.join(REVISIONS).join(name);
    // What an earlier revision of that name left there would be taken for this one's.
    if folder.exists() {
        let failed =
            |reason: std::io::Error| Error::Write { path: folder.clone(), reason: reason.to_string() };
        std::fs::remove_dir_all(&folder).map_err(failed)?;
    }
    for (path, bytes) in files {
        write::replace(&folder.join(path), &bytes)?;
    }
    Ok(folder)
}
