//! Runs cargo and hands back the core module that it made.

use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cargo_metadata::{CrateType, Message};

use super::guest::Guest;
use super::{BuildOptions, claim, memory, profile};
use crate::error::Error;
use crate::toolchain::{self, TARGET};

/// Compiles `guest` to a core module. Cargo's progress and diagnostics go to standard error as they come.
pub(super) fn compile(guest: &Guest, options: &BuildOptions) -> Result<Vec<u8>, Error> {
    let program = toolchain::cargo();
    let folder = guest.identity.target_folder.join("linchpin-build");
    let _claim = claim::claim(guest, &folder, options)?;
    let mut cargo = command(&program, guest, &folder, options)?;
    let missing = |reason: std::io::Error| Error::ProgramMissing {
        program: program.clone(),
        reason: reason.to_string(),
    };
    let mut child = cargo.spawn().map_err(missing)?;
    let messages = child.stdout.take().map(|stdout| artefact(BufReader::new(stdout), guest));
    let status = child.wait().map_err(missing)?;
    if !status.success() {
        return Err(Error::CompileFailed { package: guest.identity.name.clone() });
    }
    match messages {
        Some(Ok(Some(path))) => crate::read::bytes(&path, "a core module", crate::read::ARTEFACT_LIMIT_BYTES),
        Some(Err(reason)) => Err(Error::ProgramFailed { program, reason }),
        Some(Ok(None)) | None => {
            Err(Error::ProgramFailed { program, reason: "it named no `.wasm` file".into() })
        }
    }
}

fn command(program: &str, guest: &Guest, folder: &Path, options: &BuildOptions) -> Result<Command, Error> {
    let stack_bytes = profile::stack_bytes(options.profile);
    let memory = memory::of(&guest.settings, stack_bytes, &guest.manifest, "a `Cargo.toml`")?;
    let mut cargo = Command::new(program);
    cargo
        .current_dir(guest.folder())
        // `cargo rustc` gives the flags after `--` to this crate alone, so the user's RUSTFLAGS stay as they are
        // and no dependency is built again; a cdylib alone is the form in which link-time optimisation works.
        .args(["rustc", "--lib", "--crate-type", "cdylib"])
        .args(["--package", guest.package_id.repr.as_str()])
        .args(["--target", TARGET])
        .args(["--profile", profile::name(options.profile)])
        .args(["--message-format", "json-render-diagnostics"])
        .args(["--color", options.color.word()])
        .arg("--manifest-path")
        .arg(&guest.manifest)
        .arg("--target-dir")
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    for setting in profile::config(options.profile, &guest.workspace_manifest)? {
        cargo.args(["--config", &setting]);
    }
    if options.quiet {
        cargo.arg("--quiet");
    }
    cargo.arg("--").args(memory.linker_arguments());
    Ok(cargo)
}

/// The `.wasm` file that cargo says it made for `guest`.
fn artefact(messages: impl std::io::BufRead, guest: &Guest) -> Result<Option<PathBuf>, String> {
    let mut found = None;
    for message in Message::parse_stream(messages) {
        let Message::CompilerArtifact(artefact) = message.map_err(|reason| reason.to_string())? else {
            continue;
        };
        if artefact.package_id != guest.package_id
            || !artefact.target.crate_types.contains(&CrateType::CDyLib)
        {
            continue;
        }
        found = artefact
            .filenames
            .into_iter()
            .find(|path| path.extension() == Some("wasm"))
            .map(cargo_metadata::camino::Utf8PathBuf::into_std_path_buf)
            .or(found);
    }
    Ok(found)
}
