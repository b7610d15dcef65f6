//! `linchpin check`: does every module fit every firmware of the system?

use std::path::{Path, PathBuf};

use linchpin_checker::Verdict;
use linchpin_checker::render::{self, Colour};

use crate::console::{Console, Exit, Format};
use crate::error::Error;
use crate::write;

/// Where the verdict is kept unless told otherwise, relative to the folder of `linchpin.toml`.
pub(crate) const VERDICT: &str = "target/linchpin/verdict.json";

/// What to check.
#[derive(Debug, Clone, clap::Args)]
pub struct CheckArgs {
    /// The file that describes the system
    #[arg(long, value_name = "FILE", default_value = "linchpin.toml")]
    pub manifest: PathBuf,
    /// Where to keep the verdict, for `linchpin sign` [default: `target/linchpin/verdict.json` beside the manifest]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// As [`check`].
pub fn run(args: &CheckArgs, console: &mut Console) -> Result<Exit, Error> {
    let (verdict, _) = check(args)?;
    let colour = if console.colored() { Colour::Always } else { Colour::Never };
    match console.format {
        Format::Text => console.print(&render::text(&verdict, colour))?,
        Format::Json => console.print(&json(&verdict)?)?,
    }
    Ok(if verdict.clean { Exit::Clean } else { Exit::Findings })
}

/// Checks the system and keeps the verdict; returns it with its file. A verdict with findings is no error.
///
/// # Errors
/// If the system or anything that it names cannot be read, or the verdict cannot be written.
pub fn check(args: &CheckArgs) -> Result<(Verdict, PathBuf), Error> {
    let verdict = linchpin_checker::check(&load(&args.manifest)?);
    let path = args.out.clone().unwrap_or_else(|| beside(&args.manifest));
    write::replace(&path, json(&verdict)?.as_bytes())?;
    Ok((verdict, path))
}

/// Reads the system.
pub(crate) fn load(manifest: &Path) -> Result<linchpin_checker::System, Error> {
    linchpin_checker::load(manifest)
        .map_err(|source| Error::System { manifest: manifest.into(), source: Box::new(source) })
}

/// The verdict's file for this manifest.
pub(crate) fn beside(manifest: &Path) -> PathBuf {
    manifest.parent().unwrap_or(Path::new("")).join(VERDICT)
}

fn json(verdict: &Verdict) -> Result<String, Error> {
    let json = render::json(verdict).map_err(|reason| Error::Output { reason: reason.to_string() })?;
    Ok(format!("{}\n", json.trim_end()))
}
