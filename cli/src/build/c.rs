//! A guest in C: bindings by upstream's generator, a core module by clang.
//!
//! ```text
//! guest.toml -> manifest -> bindings -> clang and wasm-ld -> core module
//! ```

mod bindings;
mod clang;
mod manifest;

use std::path::{Path, PathBuf};

use super::{BuildOptions, Identity, claim};
use crate::error::Error;

/// Compiles the guest whose folder or `guest.toml` `options` name, or that of the current folder, to a core module.
pub(super) fn compile(options: &BuildOptions) -> Result<(Identity, Vec<u8>), Error> {
    let manifest = manifest::path(options)?;
    let target = target_folder(manifest.parent().unwrap_or(Path::new("")));
    let guest = manifest::read(manifest)?;
    let build = target.join("linchpin-build").join("c").join(&guest.name);
    // Two guests of one name share the folder: the second waits until the first's module is read.
    let _lock = claim::lock(&build.join("linchpin.lock"))?;
    let generated = bindings::write(&guest, &build)?;
    let module = clang::compile(&guest, &generated, &build, options)?;
    Ok((Identity { name: guest.name, version: guest.version.to_string(), target_folder: target }, module))
}

/// `target` of the nearest folder upwards that has one or is the root of a repository, else of the guest's own.
fn target_folder(folder: &Path) -> PathBuf {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    let root = absolute.ancestors().find(|it| it.join("Cargo.lock").is_file() || it.join(".git").exists());
    root.unwrap_or(&absolute).join("target")
}
