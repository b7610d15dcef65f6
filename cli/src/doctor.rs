//! `linchpin doctor`: is everything there that building a guest needs?

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::console::{BAD, Console, DIM, Exit, GOOD, WARN, styled};
use crate::error::Error;
use crate::toolchain::{self, TargetState};

/// Where to look.
#[derive(Debug, Clone, clap::Args)]
pub struct DoctorArgs {
    /// The guest's folder, whose toolchain counts
    #[arg(default_value = ".", value_name = "DIR")]
    pub folder: PathBuf,
    /// Look only; do not install the WebAssembly target
    #[arg(long)]
    pub no_install: bool,
}

/// How one thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is there.
    Ok,
    /// It was missing and was put right just now.
    Repaired,
    /// It is missing, and one can do without.
    Optional,
    /// It is missing.
    Missing,
}

/// One thing that building a guest needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// As `rustc`.
    pub name: &'static str,
    /// How it stands.
    pub state: State,
    /// What was found, or why it is missing.
    pub detail: String,
    /// What to do, where something is missing.
    pub fix: Option<String>,
}

/// All that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DoctorReport {
    /// In order.
    pub findings: Vec<Finding>,
}

/// Runs the command.
///
/// # Errors
/// If the folder does not exist or the result cannot be written.
pub fn run(args: &DoctorArgs, console: &mut Console) -> Result<Exit, Error> {
    let report = doctor(args)?;
    console.result(&report, DoctorReport::to_text)?;
    let missing = report.findings.iter().any(|finding| finding.state == State::Missing);
    Ok(if missing { Exit::Findings } else { Exit::Clean })
}

/// Looks at everything, and installs the WebAssembly target unless told not to.
///
/// # Errors
/// If the folder does not exist.
pub fn doctor(args: &DoctorArgs) -> Result<DoctorReport, Error> {
    let folder = &args.folder;
    let wanted = "the guest's folder";
    let found = std::fs::metadata(folder).map_err(|_| Error::FileMissing { path: folder.clone(), wanted })?;
    if !found.is_dir() {
        return Err(Error::WrongKind { path: folder.clone(), wanted, found: "a file" });
    }
    Ok(DoctorReport {
        findings: vec![
            program("rustc", &toolchain::rustc(), folder, State::Missing),
            program("cargo", &toolchain::cargo(), folder, State::Missing),
            program("rustup", "rustup", folder, State::Optional),
            target(args),
            writable("folder", folder),
            writable("temporary folder", &std::env::temp_dir()),
        ],
    })
}

fn program(name: &'static str, program: &str, folder: &Path, otherwise: State) -> Finding {
    match toolchain::answer(folder, program, &["--version"]) {
        Ok(version) => Finding { name, state: State::Ok, detail: version, fix: None },
        Err(error) => Finding { name, state: otherwise, fix: error.fix(), detail: error.to_string() },
    }
}

fn target(args: &DoctorArgs) -> Finding {
    let name = "wasm target";
    let found = if args.no_install {
        toolchain::target_is_installed(&args.folder)
            .map(|installed| installed.then_some(TargetState::Present))
    } else {
        toolchain::ensure_target(&args.folder).map(Some)
    };
    let (state, detail, fix) = match found {
        Ok(Some(TargetState::Present)) => (State::Ok, toolchain::TARGET.into(), None),
        Ok(Some(TargetState::Installed)) => {
            (State::Repaired, format!("{}, installed just now", toolchain::TARGET), None)
        }
        Ok(None) => (
            State::Missing,
            format!("{} is not installed", toolchain::TARGET),
            Some(format!("run `{}`", toolchain::add_command())),
        ),
        Err(error) => (State::Missing, error.to_string(), error.fix()),
    };
    Finding { name, state, detail, fix }
}

fn writable(name: &'static str, folder: &Path) -> Finding {
    let probe = folder.join(format!(".linchpin-doctor-{}", std::process::id()));
    let written = crate::write::create(&probe, b"", crate::write::Readers::Owner);
    // The probe is empty and ours; if it cannot be removed, writing it was the answer already.
    drop(std::fs::remove_file(&probe));
    match written {
        Ok(()) => Finding {
            name,
            state: State::Ok,
            detail: format!("{} can be written", folder.display()),
            fix: None,
        },
        Err(error) => Finding { name, state: State::Missing, detail: error.to_string(), fix: error.fix() },
    }
}

impl DoctorReport {
    /// The report for people.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        for finding in &self.findings {
            let (style, word) = match finding.state {
                State::Ok => (GOOD, "ok"),
                State::Repaired => (GOOD, "mended"),
                State::Optional => (WARN, "absent"),
                State::Missing => (BAD, "missing"),
            };
            out.push_str(&format!(
                "{} {:<17} {}\n",
                styled(style, &format!("{word:>7}")),
                finding.name,
                finding.detail
            ));
            if let Some(fix) = &finding.fix {
                out.push_str(&format!("        {:<17} {} {fix}\n", "", styled(DIM, "fix:")));
            }
        }
        out
    }
}
