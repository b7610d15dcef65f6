//! The program as a user runs it.
#![allow(dead_code, reason = "each test uses a part of it")]

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The program's file.
pub(crate) const LINCHPIN: &str = env!("CARGO_BIN_EXE_linchpin-under-test");

/// What one run of the program gave.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs `linchpin` with these arguments in `folder`.
pub(crate) fn linchpin<A: Into<OsString>>(folder: &Path, arguments: impl IntoIterator<Item = A>) -> Run {
    let mut command = Command::new(LINCHPIN);
    command.args(arguments.into_iter().map(Into::into)).current_dir(folder);
    output(&mut command)
}

/// Runs a command to its end.
pub(crate) fn output(command: &mut Command) -> Run {
    let output = command.output().expect("the program can be started");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    Run {
        code: output.status.code().expect("the program is not killed by a signal"),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

/// Runs a program in a crate outside the workspace, with this workspace's target folder: what guests share is
/// compiled once.
pub(crate) fn in_crate(folder: &Path, program: &str, arguments: &[&str]) -> Run {
    let target: PathBuf =
        Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it is in cargo's target").into();
    output(Command::new(program).args(arguments).current_dir(folder).env("CARGO_TARGET_DIR", target))
}
