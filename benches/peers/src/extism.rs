//! The plug-in: built by cargo, one instance called again and again.

use std::process::Command;

use extism::Plugin;

use crate::{Failure, workspace};

/// The name of an Extism subject.
pub(crate) const EXTISM: &str = "Extism 1.30, JSON";

/// Builds the plug-in, which asks for as much speed as it can get.
pub(crate) fn build() -> Result<Vec<u8>, Failure> {
    let folder = workspace().join("benches/peers");
    let target = folder.join("target/plugin");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--release", "--quiet", "--target", "wasm32-unknown-unknown", "-p", "bench-plugin"])
        .arg("--target-dir")
        .arg(&target)
        .current_dir(&folder)
        .status()?;
    if !built.success() {
        return Err("the plug-in does not build".into());
    }
    Ok(std::fs::read(target.join("wasm32-unknown-unknown/release/bench_plugin.wasm"))?)
}

/// An instance without WASI, which none of the functions needs.
pub(crate) fn plugin(wasm: &[u8]) -> Result<Plugin, Failure> {
    Ok(Plugin::new(wasm, [], false)?)
}
