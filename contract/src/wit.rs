//! WIT in all its forms, read into the model. Only the files of this folder name `wit_parser`.

mod apart;
mod binary;
mod files;
mod included;
mod lower;
mod near;
mod old_syntax;
mod places;
mod resolve;
mod scan;
mod tag_lines;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use wit_parser::decoding::DecodedWasm;

use crate::error::Error;
use crate::model::{Contract, World};

pub(crate) use resolve::Source;
pub use words::wasm_reason;

/// Reads a WIT package: a folder of `.wit` files, with the packages that it needs in `deps/`, or one `.wit` file.
///
/// Places carry file names as the caller's `path` begins them.
///
/// # Errors
/// [`Error::Read`], [`Error::NoWitFiles`] and [`Error::TooLarge`] of the files, [`Error::Syntax`] with the place
/// of text that is not well formed.
pub fn load_wit(path: &Path) -> Result<Contract, Error> {
    load_wit_gated(path, Gates::Closed)
}

/// As [`load_wit`], with a say in what becomes of items behind `@unstable`.
///
/// # Errors
/// As [`load_wit`].
pub fn load_wit_gated(path: &Path, gates: Gates) -> Result<Contract, Error> {
    gated(&files::read(path)?, gates)
}

/// As [`load_wit_gated`], from files that lie in memory: each by its path below the package's folder, sorted, with
/// those of `deps/` in the usual layout. Places begin with `root`.
///
/// # Errors
/// [`Error::NoWitFiles`] where no `.wit` file lies right in the folder, [`Error::Read`] where a file is not text,
/// [`Error::Syntax`] with the place.
pub fn load_wit_tree(root: &Path, files: Vec<(PathBuf, Vec<u8>)>, gates: Gates) -> Result<Contract, Error> {
    gated(&files::of_tree(root, files)?, gates)
}

fn gated(files: &files::Files, gates: Gates) -> Result<Contract, Error> {
    let mut contract = resolve::source(files, gates).and_then(|source| lower::contract(&source))?;
    if gates == Gates::Open {
        included::gate(&mut contract, files)?;
    }
    Ok(contract)
}

/// What becomes of items behind `@unstable(feature = ..)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gates {
    /// They are left out, as for everyone who turns no feature on.
    Closed,
    /// They are read, and [`Stability`](crate::Stability) tells which they are.
    Open,
}

/// Reads a WIT package from text; `file_name` is what places are to say.
///
/// # Errors
/// [`Error::Syntax`] with the place.
///
/// ```
/// let contract = linchpin_contract::load_text("f.wit", "package a:b@1.0.0; interface i { f: func() -> u32; }")?;
/// let f = &contract.packages[0].interfaces[0].functions[0];
/// assert_eq!(linchpin_contract::canonical_text(f)?, "func() -> u32");
/// # Ok::<(), linchpin_contract::Error>(())
/// ```
pub fn load_text(file_name: &str, text: &str) -> Result<Contract, Error> {
    resolve::source(&files::Files::of_text(file_name, text), Gates::Closed)
        .and_then(|source| lower::contract(&source))
}

/// Reads what a component binary imports and exports. It has no places and no docs.
///
/// # Errors
/// [`Error::NotAComponent`] with what the bytes are instead.
pub fn load_component(bytes: &[u8]) -> Result<World, Error> {
    let not_a_component = |reason: &str| Error::NotAComponent { reason: reason.to_owned() };
    if wasmparser::Parser::is_core_wasm(bytes) {
        return Err(not_a_component(
            "it is a core WebAssembly module; `linchpin build` makes a component of it",
        ));
    }
    if !wasmparser::Parser::is_component(bytes) {
        return Err(not_a_component("it does not begin as WebAssembly does; name a `.wasm` component"));
    }
    match binary::decode(bytes) {
        Ok(DecodedWasm::Component(resolve, world)) => lower::world(&resolve, world),
        Ok(DecodedWasm::WitPackage(..)) => Err(not_a_component("it is a WIT package encoded as WebAssembly")),
        Err(reason) => Err(Error::NotAComponent { reason }),
    }
}

/// Reads a WIT package encoded as WebAssembly.
///
/// # Errors
/// [`Error::NotEncodedWit`].
pub fn load_encoded_package(bytes: &[u8]) -> Result<Contract, Error> {
    let wrong = |reason: String| Error::NotEncodedWit { what: "package", reason };
    match binary::decode(bytes) {
        Ok(DecodedWasm::WitPackage(resolve, package)) => {
            let places = places::Places::none();
            lower::contract(&Source { resolve, package, nested: Vec::new(), files: Vec::new(), places })
        }
        Ok(DecodedWasm::Component(..)) => Err(wrong("it is a component".to_owned())),
        Err(reason) => Err(wrong(reason)),
    }
}

/// Reads a world as `wit_component::metadata::encode` writes it.
///
/// # Errors
/// [`Error::NotEncodedWit`].
pub fn load_encoded_world(bytes: &[u8]) -> Result<World, Error> {
    load_encoded_world_with_tags(bytes, &BTreeMap::new())
}

/// As [`load_encoded_world`], with the tag lines that were kept beside it.
pub(crate) fn load_encoded_world_with_tags(
    bytes: &[u8],
    tags: &BTreeMap<String, String>,
) -> Result<World, Error> {
    let (mut resolve, world) =
        binary::decode_world(bytes).map_err(|reason| Error::NotEncodedWit { what: "world", reason })?;
    tag_lines::restore(&mut resolve, tags);
    lower::world(&resolve, world)
}

/// A package in upstream's form, for those who encode it.
pub(crate) fn source(path: &Path) -> Result<Source, Error> {
    resolve::source(&files::read(path)?, Gates::Closed)
}

/// The model of a package in upstream's form.
pub(crate) fn contract(source: &Source) -> Result<Contract, Error> {
    lower::contract(source)
}

/// The tag lines of a package in upstream's form.
pub(crate) fn tag_lines(source: &Source) -> BTreeMap<String, String> {
    tag_lines::collect(&source.resolve)
}

/// A world of the package, encoded as `wit_component::metadata` does.
pub(crate) fn encode_world(source: &Source, name: &str) -> Result<Vec<u8>, Error> {
    let wrong = |reason: String| Error::NotEncodedWit { what: "world", reason };
    let package = source.resolve.packages.get(source.package);
    let world = package.and_then(|package| package.worlds.get(name).copied());
    let world = world.ok_or_else(|| wrong(format!("no world `{name}`")))?;
    wit_component::metadata::encode(&source.resolve, world, wit_component::StringEncoding::UTF8, None)
        .map_err(|error| wrong(format!("{error:#}")))
}
