//! `guest.toml`: what cargo would know of a guest in Rust.

use std::path::{Path, PathBuf};

use semver::Version;
use serde::Deserialize;

use crate::build::memory::{self, GuestMemory};
use crate::build::{BuildOptions, Profile, profile};
use crate::error::Error;
use crate::read;

const FILE: &str = "guest.toml";
const WANTED: &str = "the `guest.toml` of a guest in C";

/// A guest in C.
#[derive(Debug, Clone)]
pub(super) struct CGuest {
    pub(super) name: String,
    pub(super) version: Version,
    /// A folder of WIT, or one file.
    pub(super) wit: PathBuf,
    pub(super) world: Option<String>,
    pub(super) sources: Vec<PathBuf>,
    manifest: PathBuf,
    memory: serde_json::Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    name: String,
    version: Version,
    #[serde(default = "usual_wit")]
    wit: PathBuf,
    world: Option<String>,
    sources: Vec<PathBuf>,
    stack_bytes: Option<u64>,
    max_memory_bytes: Option<u64>,
}

fn usual_wit() -> PathBuf {
    "wit".into()
}

/// Where the manifest is: as asked for, in the folder that was asked for, or in this one.
pub(super) fn path(options: &BuildOptions) -> Result<PathBuf, Error> {
    match (&options.manifest_path, &options.package) {
        (Some(path), None) => Ok(path.clone()),
        (None, Some(folder)) => Ok(Path::new(folder).join(FILE)),
        (None, None) => Ok(FILE.into()),
        (Some(path), Some(folder)) => {
            let reason = format!("the folder `{folder}` is named beside it; name one of them");
            Err(Error::Malformed { path: path.clone(), wanted: WANTED, reason })
        }
    }
}

/// Reads a manifest; paths in it are relative to its folder.
pub(super) fn read(path: PathBuf) -> Result<CGuest, Error> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let text = read::text(&path, WANTED)?;
    let wrong = |reason: String| Error::Malformed { path: path.clone(), wanted: WANTED, reason };
    let file: File = toml::from_str(&text).map_err(|error| {
        let line =
            error.span().map(|span| text.bytes().take(span.start).filter(|it| *it == b'\n').count() + 1);
        let at = line.map_or_else(String::new, |line| format!("line {line}: "));
        wrong(format!("{at}{}", error.message().replace('\n', ", ")))
    })?;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if file.name.is_empty() || !file.name.chars().all(plain) {
        return Err(wrong(format!("`name = \"{}\"` is not lower-case letters, digits and `-`", file.name)));
    }
    if file.sources.is_empty() {
        return Err(wrong("`sources` lists no file".to_owned()));
    }
    let keys = [("stack-bytes", file.stack_bytes), ("max-memory-bytes", file.max_memory_bytes)];
    let memory = keys.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?.into())));
    Ok(CGuest {
        name: file.name,
        version: file.version,
        wit: folder.join(file.wit),
        world: file.world,
        sources: file.sources.into_iter().map(|source| folder.join(source)).collect(),
        memory: serde_json::Value::Object(memory.collect()),
        manifest: path,
    })
}

impl CGuest {
    /// How much memory it is linked with.
    pub(super) fn memory(&self, profile: Profile) -> Result<GuestMemory, Error> {
        memory::of(&self.memory, profile::stack_bytes(profile), &self.manifest, WANTED)
    }
}
