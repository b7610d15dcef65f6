//! Where a crate's WIT is: `[package.metadata.linchpin] wit` in its `Cargo.toml`.

use std::path::{Path, PathBuf};

use crate::report::Message;

/// The WIT of a crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The crate's `Cargo.toml`.
    pub manifest: PathBuf,
    /// The folder or file.
    pub wit: PathBuf,
    /// Whether `Cargo.toml` names it, or it is the default.
    pub origin: Origin,
}

/// Who says where the WIT is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// `Cargo.toml` does.
    Manifest,
    /// Nobody, so it is `wit` beside `Cargo.toml`.
    Default,
}

/// Why a crate's WIT was not found or could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// Cargo did not say which crate is compiled.
    NoManifestDir,
    /// `Cargo.toml` cannot be read.
    Manifest {
        /// Where it should be.
        path: PathBuf,
        /// Why it cannot be read.
        reason: String,
    },
    /// `package.metadata.linchpin` is not as it should be.
    Metadata {
        /// The `Cargo.toml`.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The folder or file is not there.
    Missing(Location),
    /// The contract cannot be read.
    Contract(linchpin_contract::Error),
}

impl Error {
    /// A stable name of the kind of error, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoManifestDir => "no-manifest-dir",
            Self::Manifest { .. } => "manifest",
            Self::Metadata { .. } => "metadata",
            Self::Missing(_) => "wit-missing",
            Self::Contract(error) => error.code(),
        }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoManifestDir => f.write_str(
                "cannot find the WIT: `CARGO_MANIFEST_DIR` is not set\nhelp: build the crate with cargo",
            ),
            Self::Manifest { path, reason } => write!(f, "cannot read `{}`: {reason}", path.display()),
            Self::Metadata { path, reason } => write!(
                f,
                "`package.metadata.linchpin` in `{}`: {reason}\nhelp: write `wit = \"path\"`, with the folder or file that holds the WIT",
                path.display()
            ),
            Self::Missing(location) => missing(f, location),
            Self::Contract(error) => {
                let what = format!("cannot read the WIT: {}", error.reason());
                write!(f, "{}", Message::new(what).at(error.place()))
            }
        }
    }
}

impl std::error::Error for Error {}

fn missing(f: &mut std::fmt::Formatter<'_>, location: &Location) -> std::fmt::Result {
    write!(f, "no WIT at `{}`\nhelp: ", location.wit.display())?;
    match location.origin {
        Origin::Manifest => {
            write!(f, "correct `package.metadata.linchpin.wit` in `{}`", location.manifest.display())
        }
        Origin::Default => write!(
            f,
            "write the contract there, or say where it is in `{}`:\n      [package.metadata.linchpin]\n      wit = \"..\"",
            location.manifest.display()
        ),
    }
}

/// Finds the WIT of the crate that is being compiled, by what cargo says in `CARGO_MANIFEST_DIR`.
///
/// # Errors
/// Every [`Error`] but [`Error::Contract`].
pub fn locate_current() -> Result<Location, Error> {
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").ok_or(Error::NoManifestDir)?;
    let here = std::env::current_dir().unwrap_or_default();
    locate(Path::new(&folder), &here)
}

/// Finds the WIT of the crate in `folder`. Paths are relative to `here` where they can be, as the compiler's own
/// messages are.
///
/// # Errors
/// Every [`Error`] but [`Error::Contract`].
pub fn locate(folder: &Path, here: &Path) -> Result<Location, Error> {
    let manifest = relative(&folder.join("Cargo.toml"), here);
    let text = std::fs::read_to_string(folder.join("Cargo.toml"))
        .map_err(|error| Error::Manifest { path: manifest.clone(), reason: error.to_string() })?;
    let named = wit_path(&text).map_err(|reason| Error::Metadata { path: manifest.clone(), reason })?;
    let origin = if named.is_some() { Origin::Manifest } else { Origin::Default };
    let wit = relative(&folder.join(named.unwrap_or_else(|| "wit".to_owned())), here);
    let location = Location { manifest, wit, origin };
    if here.join(&location.wit).exists() { Ok(location) } else { Err(Error::Missing(location)) }
}

/// The path that `package.metadata.linchpin.wit` names, if it does.
fn wit_path(manifest: &str) -> Result<Option<String>, String> {
    let manifest: toml::Table =
        manifest.parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
    let table = |table: &toml::Table, key: &str| table.get(key).and_then(toml::Value::as_table).cloned();
    let metadata = table(&manifest, "package").and_then(|package| table(&package, "metadata"));
    let Some(linchpin) = metadata.as_ref().and_then(|metadata| metadata.get("linchpin")) else {
        return Ok(None);
    };
    let linchpin = linchpin.as_table().ok_or("it is not a table")?;
    match linchpin.get("wit") {
        None => Ok(None),
        Some(toml::Value::String(path)) if !path.is_empty() => Ok(Some(path.clone())),
        Some(_) => Err("`wit` is not a path".to_owned()),
    }
}

/// The path without `..` in it, relative to `here` where it lies below.
fn relative(path: &Path, here: &Path) -> PathBuf {
    let plain = path.components().fold(PathBuf::new(), |mut plain, component| {
        let is_up = component == std::path::Component::ParentDir;
        if !(is_up && plain.file_name().is_some() && plain.pop()) {
            plain.push(component);
        }
        plain
    });
    plain.strip_prefix(here).map(Path::to_owned).unwrap_or(plain)
}
