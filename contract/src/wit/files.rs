//! The files of a WIT package. Only this file of the crate names `std::fs`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::digest::Digest;
use crate::error::Error;
use crate::model::SourceFile;

/// The most that is read of one file, in bytes: far above any WIT, far below what would fill memory.
const MAX_FILE_BYTES: u64 = 8 << 20;

/// The texts of one package and of those it needs.
pub(super) struct Files {
    /// The package that was asked for.
    pub main: Vec<Text>,
    /// One entry for each package in `deps/`.
    pub deps: Vec<Dep>,
    /// Everything that was read.
    pub read: Vec<SourceFile>,
}

/// One file.
pub(super) struct Text {
    /// Its name, as places are to say it.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// One package in `deps/`.
pub(super) enum Dep {
    /// As WIT text.
    Text(Vec<Text>),
    /// Encoded as WebAssembly.
    Encoded(PathBuf, Vec<u8>),
}

impl Files {
    /// Every text.
    pub(super) fn texts(&self) -> impl Iterator<Item = &Text> {
        self.main.iter().chain(self.deps.iter().flat_map(|dep| match dep {
            Dep::Text(texts) => texts.iter(),
            Dep::Encoded(..) => [].iter(),
        }))
    }

    pub(super) fn of_text(name: &str, text: &str) -> Self {
        let main = vec![Text { name: name.to_owned(), text: text.to_owned() }];
        Self { main, deps: Vec::new(), read: Vec::new() }
    }
}

/// The files of a package that lie in memory, by their path below its folder.
pub(super) fn of_tree(root: &Path, tree: Vec<(PathBuf, Vec<u8>)>) -> Result<Files, Error> {
    let mut files = Files { main: Vec::new(), deps: Vec::new(), read: Vec::new() };
    let mut deps: BTreeMap<PathBuf, Dep> = BTreeMap::new();
    for (path, bytes) in tree {
        let full = root.join(&path);
        let file = SourceFile { path: full.clone(), sha256: Digest::of(&bytes) };
        let parts: Vec<_> = path.iter().collect();
        match (parts.as_slice(), extension(&path)) {
            ([_] | [], Some("wit")) => files.main.push(text_of(&full, bytes)?),
            ([deps_folder, package, ..], Some("wit")) if *deps_folder == "deps" && parts.len() <= 3 => {
                let text = text_of(&full, bytes)?;
                match deps.entry(PathBuf::from(package)).or_insert(Dep::Text(Vec::new())) {
                    Dep::Text(texts) => texts.push(text),
                    Dep::Encoded(..) => continue,
                }
            }
            ([deps_folder, package], Some("wasm")) if *deps_folder == "deps" => {
                deps.insert(PathBuf::from(package), Dep::Encoded(full.clone(), bytes));
            }
            // Other files have no meaning, as in every WIT tool.
            _ => continue,
        }
        files.read.push(file);
    }
    if files.main.is_empty() {
        return Err(Error::NoWitFiles { path: root.to_owned() });
    }
    files.deps = deps.into_values().collect();
    Ok(files)
}

/// Reads the file or folder at `path`.
pub(super) fn read(path: &Path) -> Result<Files, Error> {
    let metadata = fs::metadata(path).map_err(|error| cannot_read(path, &error))?;
    let mut read = Vec::new();
    if !metadata.is_dir() {
        let main = vec![text(path, &mut read)?];
        return Ok(Files { main, deps: Vec::new(), read });
    }
    let main = texts(path, &mut read)?;
    let mut deps = Vec::new();
    let folder = path.join("deps");
    if folder.is_dir() {
        for entry in sorted_entries(&folder)? {
            deps.extend(dep(&entry, &mut read)?);
        }
    }
    Ok(Files { main, deps, read })
}

fn dep(path: &Path, read: &mut Vec<SourceFile>) -> Result<Option<Dep>, Error> {
    if path.is_dir() {
        return texts(path, read).map(|texts| Some(Dep::Text(texts)));
    }
    match extension(path) {
        Some("wit") => Ok(Some(Dep::Text(vec![text(path, read)?]))),
        Some("wasm") => Ok(Some(Dep::Encoded(path.to_owned(), bytes(path, read)?))),
        // Other files have no meaning in `deps/`, as in every WIT tool.
        Some(_) | None => Ok(None),
    }
}

fn texts(folder: &Path, read: &mut Vec<SourceFile>) -> Result<Vec<Text>, Error> {
    let mut texts = Vec::new();
    for path in sorted_entries(folder)? {
        if path.extension().is_some_and(|extension| extension == "wit") && !path.is_dir() {
            texts.push(text(&path, read)?);
        }
    }
    if texts.is_empty() {
        return Err(Error::NoWitFiles { path: folder.to_owned() });
    }
    Ok(texts)
}

fn extension(path: &Path) -> Option<&str> {
    path.extension().and_then(|extension| extension.to_str())
}

fn text(path: &Path, read: &mut Vec<SourceFile>) -> Result<Text, Error> {
    text_of(path, bytes(path, read)?)
}

fn text_of(path: &Path, bytes: Vec<u8>) -> Result<Text, Error> {
    let text = String::from_utf8(bytes)
        .map_err(|_| Error::Read { path: path.to_owned(), reason: "it is not UTF-8 text".to_owned() })?;
    Ok(Text { name: path.display().to_string().replace('\\', "/"), text })
}

fn bytes(path: &Path, read: &mut Vec<SourceFile>) -> Result<Vec<u8>, Error> {
    let metadata = fs::metadata(path).map_err(|error| cannot_read(path, &error))?;
    // A pipe would be waited for without end.
    if !metadata.is_file() {
        return Err(Error::Read { path: path.to_owned(), reason: "it is not a regular file".to_owned() });
    }
    let length = metadata.len();
    if length > MAX_FILE_BYTES {
        return Err(Error::TooLarge { path: path.to_owned(), bytes: length, limit: MAX_FILE_BYTES });
    }
    let bytes = fs::read(path).map_err(|error| cannot_read(path, &error))?;
    read.push(SourceFile { path: path.to_owned(), sha256: Digest::of(&bytes) });
    Ok(bytes)
}

fn sorted_entries(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| cannot_read(folder, &error))? {
        entries.push(entry.map_err(|error| cannot_read(folder, &error))?.path());
    }
    entries.sort_unstable();
    Ok(entries)
}

fn cannot_read(path: &Path, error: &std::io::Error) -> Error {
    Error::Read { path: path.to_owned(), reason: error.to_string() }
}
