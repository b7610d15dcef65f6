//! clang, for a bare WebAssembly module.

use std::path::Path;
use std::process::{Command, Stdio};

use super::bindings::Generated;
use super::manifest::CGuest;
use crate::build::{BuildOptions, Profile};
use crate::console::Color;
use crate::error::Error;
use crate::read;

/// The compiler; another one by this variable.
const VARIABLE: &str = "LINCHPIN_CLANG";

/// Compiles and links everything to one core module.
pub(super) fn compile(
    guest: &CGuest,
    generated: &Generated,
    folder: &Path,
    options: &BuildOptions,
) -> Result<Vec<u8>, Error> {
    let program = std::env::var(VARIABLE).unwrap_or_else(|_| "clang".to_owned());
    let output = folder.join("module.wasm");
    let memory = guest.memory(options.profile)?;
    let mut clang = Command::new(&program);
    clang
        .args(["--target=wasm32-unknown-unknown", "-std=c11", "-Wall", "-Wextra"])
        // No standard library: its few headers are beside the bindings, and clang brings those of the language.
        .args(["-ffreestanding", "-nostdlib", "-nostdlibinc"])
        .arg(match options.profile {
            Profile::Release => "-Os",
            Profile::Debug => "-O1",
        })
        .arg(if console_colours(options) { "-fcolor-diagnostics" } else { "-fno-color-diagnostics" })
        // With the stack first, what overflows it leaves memory and traps, and overwrites nothing.
        .args(["-Wl,--no-entry", "-Wl,--gc-sections", "-Wl,--stack-first"])
        .arg(format!("-Wl,-z,stack-size={}", memory.stack_bytes))
        .arg(format!("-Wl,--max-memory={}", memory.max_bytes))
        .arg("-I")
        .arg(&generated.headers)
        .args(&guest.sources)
        .args(&generated.sources)
        .arg("-o")
        .arg(&output)
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    let status =
        clang.status().map_err(|reason| Error::ClangMissing { program, reason: reason.to_string() })?;
    if !status.success() {
        return Err(Error::CompileFailed { package: guest.name.clone() });
    }
    read::bytes(&output, "a core module", read::ARTEFACT_LIMIT_BYTES)
}

fn console_colours(options: &BuildOptions) -> bool {
    use std::io::IsTerminal as _;
    match options.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => std::io::stderr().is_terminal(),
    }
}
