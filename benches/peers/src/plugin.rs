//! The plug-in: built by cargo, one instance called again and again.

use std::process::Command;

use extism::{Plugin, PluginBuilder};

use crate::Failure;

/// The name of an Extism subject.
pub(crate) const NAME: &str = "Extism 1.30, JSON";

/// Builds the plug-in, optimised for speed.
pub(crate) fn build() -> Result<Vec<u8>, Failure> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = folder.join("target");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--release", "--quiet", "--target", "wasm32-unknown-unknown", "-p", "bench-plugin"])
        .arg("--target-dir")
        .arg(&target)
        .current_dir(folder)
        .status()?;
    if !built.success() {
        return Err("the plug-in does not build; what cargo said is above".into());
    }
    Ok(std::fs::read(target.join("wasm32-unknown-unknown/release/bench_plugin.wasm"))?)
}

/// An instance without WASI, which none of the functions needs.
pub(crate) fn open(wasm: &[u8]) -> Result<Plugin, Failure> {
    Ok(PluginBuilder::new(wasm).with_wasi(false).with_cache_disabled().build()?)
}
