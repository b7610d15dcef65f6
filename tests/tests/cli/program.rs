//! The program as a user runs it.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

/// What one run of the program gave.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs `linchpin` with these arguments in `folder`.
pub(crate) fn linchpin<A: Into<OsString>>(folder: &Path, arguments: impl IntoIterator<Item = A>) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linchpin-under-test"));
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
