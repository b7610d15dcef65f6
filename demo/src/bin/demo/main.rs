//! `cargo demo`: the whole path, from WIT to a device that swaps its logic, with every command shown as it runs.

mod clock;
mod run;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Parser;
use run::{Tools, heading};

/// Guests that are checked, signed and shipped.
const GOOD: [&str; 3] = ["heater-thermostat", "heater-schedule-1-0", "heater-schedule"];

/// Guests that fit, and misbehave.
const BAD: [&str; 2] = ["heater-endless", "heater-scalding"];

/// Show the whole path: build, check, sign, and a device that lives a week and swaps its logic.
#[derive(Debug, Parser)]
struct Arguments {
    /// A firmware that is built already
    #[arg(long, value_name = "FILE")]
    firmware: Option<PathBuf>,
}

fn main() -> ExitCode {
    // The demo carries the tool in itself, and runs itself where a user would run `linchpin`.
    if std::env::args_os().nth(1).is_some_and(|argument| argument == run::AS_LINCHPIN) {
        return linchpin::main_from(std::env::args_os().skip(1));
    }
    match demo(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn demo(arguments: Arguments) -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("the crate lies in the workspace")?;
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let (keys, depot, store) =
        (folder.path().join("keys"), folder.path().join("depot"), folder.path().join("store"));

    heading("1. Build the device's firmware");
    let tools = Tools::new(root, arguments.firmware)?;

    heading("2. Build the guests: plain Rust in, small import-free components out");
    tools.linchpin(&["doctor"])?;
    for guest in GOOD.into_iter().chain(BAD) {
        tools.linchpin(&["build", guest, "--quiet"])?;
    }

    heading("3. What the firmware calls, read from its binary");
    tools.linchpin(&["inspect", "target/debug/heater"])?;

    heading("4. Check every module against every firmware in the field, then sign exactly that");
    tools.linchpin(&["check"])?;
    tools.linchpin(&["keygen", "--out", path(&keys)?])?;
    let key = keys.join("linchpin.private.json");
    let sign = ["sign", "--key", path(&key)?, "--counter", "1", "--out", path(&depot)?];
    tools.linchpin(&sign)?;

    heading("5. Two modules that fit and misbehave, and one that was signed without a check");
    let verdict = folder.path().join("misbehaving.json");
    let manifest = ["--manifest", "demo/misbehaving.toml"];
    tools.linchpin(&[&["check"], &manifest[..], &["--out", path(&verdict)?]].concat())?;
    let sign = ["--verdict", path(&verdict)?, "--key", path(&key)?, "--counter", "2", "--out", path(&depot)?];
    tools.linchpin(&[&["sign"], &manifest[..], &sign].concat())?;
    clock::write(root, &key, &depot)?;
    for guest in GOOD.into_iter().chain(BAD) {
        let component = root.join("target/linchpin").join(guest).with_extension("wasm");
        copy(&component, &depot.join(guest).with_extension("wasm"))?;
    }

    heading("6. The device: a week of real prices, a swap in mid-run, four attacks");
    tools.device(&depot, &keys.join("linchpin.public.json"), &store)
}

fn path(path: &Path) -> anyhow::Result<&str> {
    path.to_str().with_context(|| format!("the path {} is not UTF-8", path.display()))
}

fn copy(from: &PathBuf, to: &PathBuf) -> anyhow::Result<()> {
    std::fs::copy(from, to)
        .map(drop)
        .with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))
}
