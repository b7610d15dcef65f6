//! Commands, each shown before it runs.
#![expect(clippy::print_stdout, reason = "the program's result is what it prints")]

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};

/// The two programs that the demo runs.
pub(crate) struct Tools {
    root: PathBuf,
    linchpin: PathBuf,
    /// The device's firmware.
    pub firmware: PathBuf,
}

impl Tools {
    /// Builds both, with cargo's own progress.
    pub(crate) fn build(root: &Path) -> anyhow::Result<Self> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let arguments =
            ["build", "--package", "linchpin", "--package", "linchpin-demo", "--bin", "linchpin", "--bin", "heater"];
        // The manifest names the firmware under `target`, wherever the user's own builds go.
        let mut command = Command::new(cargo);
        command.args(arguments).env("CARGO_TARGET_DIR", root.join("target")).current_dir(root);
        run(&mut command, &format!("cargo {}", arguments.join(" ")))?;
        let program = |name: &str| {
            root.join("target/debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
        };
        Ok(Self { root: root.to_owned(), linchpin: program("linchpin"), firmware: program("heater") })
    }

    /// Runs `linchpin` in the workspace.
    pub(crate) fn linchpin(&self, arguments: &[&str]) -> anyhow::Result<()> {
        run(
            Command::new(&self.linchpin).args(arguments).current_dir(&self.root),
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
