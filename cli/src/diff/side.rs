//! One side of a comparison, read from wherever it is.

use std::path::Path;

use linchpin_checker::diff::Source;
use linchpin_checker::firmware;
use linchpin_contract::{Gates, load_component, load_encoded_package, load_wit_gated, load_wit_tree};

use super::git;
use crate::error::Error;
use crate::read;
use crate::recognise::{self, Kind};

const WANTED: &str = "WIT, a component, a firmware or its descriptor";
const WANTED_OR_GIT: &str = "WIT, a component, a firmware or its descriptor, or else `REVISION:PATH` of git";

/// Reads one side, and of it the named world where it is to be compared alone.
pub(super) fn read(argument: &str, world: Option<&str>) -> Result<Source, Error> {
    let path = Path::new(argument);
    let source = match argument.split_once(':') {
        Some((revision, inside)) if !path.exists() => of_revision(argument, revision, inside)?,
        Some(_) | None if path.is_dir() => of_wit(argument, path)?,
        None if !path.exists() => {
            return Err(Error::FileMissing { path: path.into(), wanted: WANTED_OR_GIT });
        }
        Some(_) | None => of_file(argument, path)?,
    };
    match world {
        Some(world) => source.with_world(world).map_err(|source| unreadable(path, source)),
        None => Ok(source),
    }
}

fn of_file(argument: &str, path: &Path) -> Result<Source, Error> {
    let kind = recognise::kind(&read::head(path, WANTED, 256)?);
    if kind == Kind::Text {
        return of_wit(argument, path);
    }
    let limit = if kind == Kind::Binary { read::BINARY_LIMIT_BYTES } else { read::ARTEFACT_LIMIT_BYTES };
    of_bytes(argument, path, kind, &read::bytes(path, WANTED, limit)?)
}

fn of_revision(argument: &str, revision: &str, inside: &str) -> Result<Source, Error> {
    let path = Path::new(argument);
    match git::read(revision, inside)? {
        git::Found::File(bytes) => match recognise::kind(&bytes) {
            Kind::Text => {
                let (folder, name) = argument.rsplit_once('/').unwrap_or(("", argument));
                tree(argument, folder, vec![(name.into(), bytes)])
            }
            kind => of_bytes(argument, path, kind, &bytes),
        },
        git::Found::Folder(files) => tree(argument, argument, files),
    }
}

/// A contract of a revision; places begin with `root`, so that they say which revision they are in.
fn tree(argument: &str, root: &str, files: Vec<(std::path::PathBuf, Vec<u8>)>) -> Result<Source, Error> {
    let contract = load_wit_tree(Path::new(root), files, Gates::Open)
        .map_err(|source| unreadable(Path::new(argument), source))?;
    Ok(Source::contract(argument, contract))
}

fn of_wit(argument: &str, path: &Path) -> Result<Source, Error> {
    let contract = load_wit_gated(path, Gates::Open).map_err(|source| unreadable(path, source))?;
    Ok(Source::contract(argument, contract))
}

fn of_bytes(argument: &str, path: &Path, kind: Kind, bytes: &[u8]) -> Result<Source, Error> {
    match kind {
        Kind::Component => match (load_component(bytes), load_encoded_package(bytes)) {
            (Ok(world), _) => Ok(Source::component(argument, world)),
            (Err(_), Ok(contract)) => Ok(Source::contract(argument, contract)),
            (Err(source), Err(_)) => Err(unreadable(path, source)),
        },
        Kind::Binary | Kind::Descriptor => firmware::descriptors(bytes)
            .map(|descriptors| Source::firmware(argument, descriptors))
            .map_err(|source| Error::Firmware { path: path.into(), source: Box::new(source) }),
        Kind::CoreModule => Err(Error::CoreModule { path: path.into() }),
        other => Err(Error::WrongKind { path: path.into(), wanted: WANTED, found: other.words() }),
    }
}

fn unreadable(path: &Path, source: linchpin_contract::Error) -> Error {
    Error::Contract { path: path.into(), source: Box::new(source) }
}
