//! The Rust toolchain that is active in a folder, and its WebAssembly target.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::Error;

/// What guests are built for: no system interface, so that nothing is imported by accident.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Whether a target was there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TargetState {
    /// It was installed before.
    Present,
    /// It was installed just now.
    Installed,
}

/// Makes sure that the toolchain active in `folder` can build for [`TARGET`], installing it if needed.
///
/// # Errors
/// If there is no compiler, no `rustup`, or `rustup` could not install the target (offline, say).
pub(crate) fn ensure_target(folder: &Path) -> Result<TargetState, Error> {
    if target_is_installed(folder)? {
        return Ok(TargetState::Present);
    }
    add_target(folder)?;
    if target_is_installed(folder)? {
        return Ok(TargetState::Installed);
    }
    Err(Error::TargetMissing {
        reason: "`rustup` reported success, but the compiler in use is not the one that `rustup` manages"
            .into(),
        command: add_command(),
    })
}

/// Whether the toolchain active in `folder` has the standard library for [`TARGET`].
///
/// # Errors
/// If `rustc` cannot be run.
pub(crate) fn target_is_installed(folder: &Path) -> Result<bool, Error> {
    let sysroot = PathBuf::from(answer(folder, &rustc(), &["--print", "sysroot"])?);
    let library = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    let Ok(entries) = std::fs::read_dir(library) else { return Ok(false) };
    Ok(entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libcore-")))
}

/// The first line that `program` prints for `arguments` when started in `folder`.
///
/// # Errors
/// If it cannot be started or fails.
pub(crate) fn answer(folder: &Path, program: &str, arguments: &[&str]) -> Result<String, Error> {
    let output =
        Command::new(program).args(arguments).current_dir(folder).output().map_err(|reason| {
            Error::ProgramMissing { program: program.into(), reason: reason.to_string() }
        })?;
    if !output.status.success() {
        let reason = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(Error::ProgramFailed { program: program.into(), reason });
    }
    Ok(String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().trim().to_owned())
}

/// The `cargo` to call: the one that called us, if one did.
pub(crate) fn cargo() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".into())
}

/// The `rustc` that cargo would call.
pub(crate) fn rustc() -> String {
    std::env::var("RUSTC").unwrap_or_else(|_| "rustc".into())
}

/// What to run by hand to install the target.
pub(crate) fn add_command() -> String {
    format!("rustup target add {TARGET}")
}

fn add_target(folder: &Path) -> Result<(), Error> {
    let missing = |reason: String| Error::TargetMissing { reason, command: add_command() };
    let status = Command::new("rustup")
        .args(["target", "add", TARGET])
        .current_dir(folder)
        // `rustup` prints its progress there; standard output is kept for our own result.
        .stdout(std::io::stderr())
        .status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(missing(format!("`{}` failed ({status}); is there a network?", add_command()))),
        Err(reason) if reason.kind() == std::io::ErrorKind::NotFound => Err(missing(
            "this Rust was installed without `rustup`, so the target comes from where Rust came from".into(),
        )),
        Err(reason) => Err(missing(format!("`rustup` could not be started: {reason}"))),
    }
}
