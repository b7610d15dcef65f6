//! Commands, each shown before it runs.
#![expect(clippy::print_stdout, reason = "the program's result is what it prints")]

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};

/// First argument that makes this program the command line of Linchpin.
pub(crate) const AS_LINCHPIN: &str = "linchpin";

/// The programs that the demo runs.
pub(crate) struct Tools {
    root: PathBuf,
    own: PathBuf,
    firmware: PathBuf,
}

impl Tools {
    /// Takes the firmware, or builds it with cargo's own progress.
    pub(crate) fn new(root: &Path, firmware: Option<PathBuf>) -> anyhow::Result<Self> {
        let own = std::env::current_exe().context("cannot find the demo's own program")?;
        let firmware = firmware.map_or_else(|| build(root), Ok)?;
        Ok(Self { root: root.to_owned(), own, firmware })
    }

    /// Runs `linchpin` in the workspace.
    pub(crate) fn linchpin(&self, arguments: &[&str]) -> anyhow::Result<()> {
        run(
            Command::new(&self.own).arg(AS_LINCHPIN).args(arguments).current_dir(&self.root),
            &format!("linchpin {}", arguments.join(" ")),
        )
    }

    /// Runs the device.
    pub(crate) fn device(&self, depot: &Path, key: &Path, store: &Path) -> anyhow::Result<()> {
        let mut command = Command::new(&self.firmware);
        command.arg("--depot").arg(depot).arg("--key").arg(key).arg("--store").arg(store);
        run(&mut command, "heater --depot .. --key .. --store ..")
    }
}

/// Builds the firmware where `linchpin.toml` looks for it, wherever the user's own builds go.
fn build(root: &Path) -> anyhow::Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["build", "--package", "linchpin-demo", "--bin", "heater"];
    let mut command = Command::new(cargo);
    command.args(arguments).env("CARGO_TARGET_DIR", root.join("target")).current_dir(root);
    run(&mut command, &format!("cargo {}", arguments.join(" ")))?;
    Ok(root.join("target/debug").join(format!("heater{}", std::env::consts::EXE_SUFFIX)))
}

/// Prints what comes next.
pub(crate) fn heading(text: &str) {
    println!("\n== {text}");
}

fn run(command: &mut Command, shown: &str) -> anyhow::Result<()> {
    println!("\n$ {shown}");
    let status = command.status().with_context(|| format!("cannot run `{shown}`"))?;
    ensure!(status.success(), "`{shown}` ended with {status}");
    Ok(())
}
