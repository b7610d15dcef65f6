//! The only file that opens files. Reads are bounded, and say why they fail.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

/// Why a file could not be read.
pub(crate) struct Unreadable {
    pub(crate) code: &'static str,
    pub(crate) reason: String,
    pub(crate) help: String,
}

/// All bytes of a file of at most `limit` bytes.
pub(crate) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Unreadable> {
    let metadata = fs::metadata(path).map_err(|error| refused(&error))?;
    if metadata.is_dir() {
        return Err(unreadable("not-a-file", "it is a folder", "name a file in it"));
    }
    if !metadata.is_file() {
        return Err(unreadable("not-a-file", "it is not a regular file", "name a regular file"));
    }
    if metadata.len() > limit {
        return Err(too_large(metadata.len(), limit));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| refused(&error))?;
    // One byte more than allowed: the file may have grown since it was measured.
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| refused(&error))?;
    match u64::try_from(bytes.len()) {
        Ok(length) if length <= limit => Ok(bytes),
        Ok(length) => Err(too_large(length, limit)),
        Err(_) => Err(too_large(u64::MAX, limit)),
    }
}

/// The entries of a folder, sorted by name; none where there is no such folder.
pub(crate) fn entries(folder: &Path) -> Result<Vec<PathBuf>, Unreadable> {
    let listing = match fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(refused(&error)),
    };
    let mut paths = Vec::new();
    for entry in listing {
        paths.push(entry.map_err(|error| refused(&error))?.path());
    }
    paths.sort_unstable();
    Ok(paths)
}

/// What lies at a path.
pub(crate) enum Found {
    Folder,
    File,
    Nothing,
}

/// What lies at a path.
pub(crate) fn found(path: &Path) -> Found {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => Found::Folder,
        Ok(_) => Found::File,
        Err(_) => Found::Nothing,
    }
}

/// A path as reports show it: below the folder where it lies there, with `/` between its parts; else as it is.
pub(crate) fn relative(path: &Path, folder: &Path) -> String {
    let below = path.strip_prefix(folder).unwrap_or(path);
    if below.has_root() {
        return below.to_string_lossy().into_owned();
    }
    let parts = below.components().filter(|part| *part != Component::CurDir);
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn refused(error: &std::io::Error) -> Unreadable {
    match error.kind() {
        ErrorKind::NotFound => {
            unreadable("missing-file", "there is no such file", "build it, or correct the path")
        }
        ErrorKind::PermissionDenied => {
            unreadable("unreadable-file", "reading it is not permitted", "change its permissions")
        }
        // Whatever else the operating system says is passed on in its own words.
        _ => unreadable(
            "unreadable-file",
            &format!("it cannot be read ({error})"),
            "check the disk and the path",
        ),
    }
}

fn too_large(bytes: u64, limit: u64) -> Unreadable {
    let reason = format!("it is {bytes} bytes long, and at most {limit} are read");
    unreadable("too-large", &reason, "is it the right file?")
}

fn unreadable(code: &'static str, reason: &str, help: &str) -> Unreadable {
    Unreadable { code, reason: reason.to_owned(), help: help.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::relative;

    #[test]
    fn paths_are_shown_below_the_folder_where_they_lie_there() {
        for (path, folder, shown) in [
            ("/a/b/wit/f.wit", "/a/b", "wit/f.wit"),
            ("/a/b/./wit//f.wit", "/a/b", "wit/f.wit"),
            ("wit/f.wit", "", "wit/f.wit"),
            ("/c/f.wit", "/a/b", "/c/f.wit"),
            ("/c/f.wit", "", "/c/f.wit"),
            ("./wit/f.wit", "", "wit/f.wit"),
            ("../wit/f.wit", "", "../wit/f.wit"),
            ("/a/b", "/a/b", ""),
        ] {
            assert_eq!(relative(Path::new(path), Path::new(folder)), shown, "{path} below `{folder}`");
        }
    }
}
