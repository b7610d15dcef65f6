//! `linchpin release-contract`: freezes the current contract, so that what devices are built against never changes.

use std::path::{Path, PathBuf};

use linchpin_checker::load_contracts;
use linchpin_checker::release::{Plan, Prereleases, plan};
use linchpin_checker::render::{Colour, Detail, TextOptions, findings_text};
use linchpin_checker::verdict::Finding;
use serde::Serialize;

use crate::console::{BAD, BOLD, Console, Exit, GOOD, styled};
use crate::error::Error;
use crate::write;

/// What to freeze.
#[derive(Debug, Clone, clap::Args)]
pub struct ReleaseContractArgs {
    /// The contract's package, as `acme:water-heater`; needed where there are several
    pub package: Option<String>,
    /// The file that describes the system
    #[arg(long, value_name = "FILE", default_value = "linchpin.toml")]
    pub manifest: PathBuf,
    /// Freeze a pre-release too
    #[arg(long)]
    pub allow_prerelease: bool,
}

/// Version of the report's JSON form.
const SCHEMA_VERSION: u32 = 1;

/// What was done, or why nothing was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReleaseReport {
    /// Version of this form. It grows when a field is renamed, removed or changes its meaning.
    pub schema_version: u32,
    /// As `acme:water-heater`.
    pub package: String,
    /// The version; absent where the contract has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The release before it; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<String>,
    /// The least release above it; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Where it is kept.
    pub target: String,
    /// What was done.
    pub outcome: Outcome,
    /// Why not, all of it.
    pub refusals: Vec<Refused>,
    /// Files that were written, relative to the folder of the manifest.
    pub written: Vec<String>,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The contract was frozen.
    Released,
    /// It was frozen before, with this very text.
    AlreadyReleased,
    /// Nothing was written.
    Refused,
}

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// A stable name.
    pub code: &'static str,
    /// The file and line, as `wit/heater/heater.wit:3`; absent where a whole file is meant, which the reason names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// What is wrong.
    pub reason: String,
    /// What to do.
    pub help: String,
    /// The changes that it is about; empty where it is about none.
    pub changes: Vec<Finding>,
}

/// Runs the command.
///
/// # Errors
/// As [`release_contract`], and if standard output cannot be written.
pub fn run(args: &ReleaseContractArgs, console: &mut Console) -> Result<Exit, Error> {
    let report = release_contract(args)?;
    let colour = if console.colored() { Colour::Always } else { Colour::Never };
    let options = TextOptions { colour, detail: Detail::Full, width: console.width() };
    console.result(&report, |report| report.to_text(&options))?;
    Ok(if report.outcome == Outcome::Refused { Exit::Findings } else { Exit::Clean })
}

/// Freezes the contract: its text first, then the lock, so that a power cut leaves at worst a release that is not
/// locked yet, which `linchpin check` finds and this command completes.
///
/// # Errors
/// If the system, its contracts or the package cannot be read, or a file cannot be written.
pub fn release_contract(args: &ReleaseContractArgs) -> Result<ReleaseReport, Error> {
    // Until all is written: two releases at once must not each forget the other's entry.
    let _claim = write::lock(&args.manifest);
    let contracts = load_contracts(&args.manifest)
        .map_err(|source| Error::System { manifest: args.manifest.clone(), source: Box::new(source) })?;
    let prereleases = if args.allow_prerelease { Prereleases::Allowed } else { Prereleases::Refused };
    let plan = plan(&contracts, args.package.as_deref(), prereleases)
        .map_err(|source| Error::Release { source: Box::new(source) })?;
    let written = if plan.refusals.is_empty() { carry_out(&contracts.root, &plan)? } else { Vec::new() };
    Ok(ReleaseReport { written, ..report(plan) })
}

fn report(plan: Plan) -> ReleaseReport {
    let outcome = match (plan.refusals.is_empty(), plan.already) {
        (false, _) => Outcome::Refused,
        (true, true) => Outcome::AlreadyReleased,
        (true, false) => Outcome::Released,
    };
    let refused = plan.refusals.into_iter().map(|refusal| Refused {
        code: refusal.code,
        place: refusal.place,
        reason: refusal.reason,
        help: refusal.help,
        changes: refusal.changes,
    });
    ReleaseReport {
        schema_version: SCHEMA_VERSION,
        package: plan.package,
        version: plan.version,
        previous: plan.previous,
        next: plan.next,
        target: plan.target,
        outcome,
        refusals: refused.collect(),
        written: Vec::new(),
    }
}

/// Writes what is not there yet, and tells what it was.
fn carry_out(root: &Path, plan: &Plan) -> Result<Vec<String>, Error> {
    let mut written = Vec::new();
    let target = root.join(&plan.target);
    if !plan.already {
        // What is released stays, whosever it is.
        if target.exists() {
            return Err(Error::Exists { path: target });
        }
        match plan.files.as_slice() {
            [(_, bytes)] => write::replace(&target, bytes)?,
            files => write::folder(&target, files)?,
        }
        written.push(plan.target.clone());
    }
    let (file, text) = &plan.lock;
    let path = root.join(file);
    if write::holds(&path, text.as_bytes()) {
        return Ok(written);
    }
    write::replace(&path, text.as_bytes())?;
    written.push(file.clone());
    Ok(written)
}

impl ReleaseReport {
    /// The report for people.
    pub fn to_text(&self, options: &TextOptions) -> String {
        let name = self
            .version
            .as_ref()
            .map_or_else(|| self.package.clone(), |version| format!("{} {version}", self.package));
        let name = styled(BOLD, &name);
        match self.outcome {
            Outcome::Refused => {
                let reasons: String = self.refusals.iter().map(|refused| refused.to_text(options)).collect();
                format!("{reasons}{name} {}; nothing was written\n", styled(BAD, "was not released"))
            }
            Outcome::AlreadyReleased if self.written.is_empty() => {
                format!("{name} is released already, with this very text: `{}`\n", self.target)
            }
            Outcome::AlreadyReleased => format!("{name} was released already; now it is locked too\n"),
            Outcome::Released => {
                let after = match (&self.previous, &self.next) {
                    (Some(previous), _) => format!("after {previous}"),
                    (None, Some(next)) => format!("the first release below {next}"),
                    (None, None) => "the first release".to_owned(),
                };
                format!(
                    "{name} {}, {after}: `{}`\nnext: commit `{}`, and raise the version with the next change\n",
                    styled(GOOD, "released"),
                    self.target,
                    self.written.join("` and `"),
                )
            }
        }
    }
}

impl Refused {
    fn to_text(&self, options: &TextOptions) -> String {
        let place = self.place.as_ref().map_or_else(String::new, |place| format!("  --> {place}\n"));
        format!(
            "{}: {}\n{place}  {} {}\n\n{}",
            styled(BAD, &format!("error[{}]", self.code)),
            self.reason,
            styled(GOOD, "fix:"),
            self.help,
            findings_text(&self.changes, options)
        )
    }
}
