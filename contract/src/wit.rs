//! WIT in all its forms, read into the model. Only the files of this folder name `wit_parser`.

mod files;
mod lower;
mod resolve;

use std::path::Path;

use wit_parser::decoding::{DecodedWasm, decode, decode_world};

use crate::error::Error;
use crate::model::{Contract, World};

pub(crate) use resolve::Source;

/// Reads a WIT package: a folder of `.wit` files, with the packages that it needs in `deps/`, or one `.wit` file.
///
/// Places carry file names as the caller's `path` begins them.
///
/// # Errors
/// [`Error::Read`], [`Error::NoWitFiles`] and [`Error::TooLarge`] of the files, [`Error::Syntax`] with the place
/// of text that is not well formed.
pub fn load_wit(path: &Path) -> Result<Contract, Error> {
    resolve::source(&files::read(path)?).and_then(|source| lower::contract(&source))
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
    resolve::source(&files::Files::of_text(file_name, text)).and_then(|source| lower::contract(&source))
}

/// Reads what a component binary imports and exports. It has no places and no docs.
///
/// # Errors
/// [`Error::NotAComponent`] with what the bytes are instead.
pub fn load_component(bytes: &[u8]) -> Result<World, Error> {
    let not_a_component = |reason: &str| Error::NotAComponent { reason: reason.to_owned() };
    if wasmparser::Parser::is_core_wasm(bytes) {
        return Err(not_a_component("it is a core WebAssembly module; `linchpin build` makes a component of it"));
    }
    if !wasmparser::Parser::is_component(bytes) {
        return Err(not_a_component("it does not begin as WebAssembly does; name a `.wasm` component"));
    }
    match decode(bytes) {
        Ok(DecodedWasm::Component(resolve, world)) => lower::world(&resolve, world),
        Ok(DecodedWasm::WitPackage(..)) => Err(not_a_component("it is a WIT package encoded as WebAssembly")),
        Err(error) => Err(Error::NotAComponent { reason: format!("{error:#}") }),
    }
}

/// Reads a WIT package encoded as WebAssembly.
///
/// # Errors
/// [`Error::NotEncodedWit`].
pub fn load_encoded_package(bytes: &[u8]) -> Result<Contract, Error> {
    let wrong = |reason: String| Error::NotEncodedWit { what: "package", reason };
    match decode(bytes) {
        Ok(DecodedWasm::WitPackage(resolve, package)) => lower::contract(&Source { resolve, package, files: Vec::new(), places: resolve::Places::none() }),
        Ok(DecodedWasm::Component(..)) => Err(wrong("it is a component".to_owned())),
        Err(error) => Err(wrong(format!("{error:#}"))),
    }
}

/// Reads a world as `wit_component::metadata::encode` writes it.
///
/// # Errors
/// [`Error::NotEncodedWit`].
pub fn load_encoded_world(bytes: &[u8]) -> Result<World, Error> {
    let (resolve, world) = decode_world(bytes)
        .map_err(|error| Error::NotEncodedWit { what: "world", reason: format!("{error:#}") })?;
    lower::world(&resolve, world)
}

/// Parses a WIT package for those who need upstream's own form of it.
pub(crate) fn source(path: &Path) -> Result<Source, Error> {
    resolve::source(&files::read(path)?)
}
