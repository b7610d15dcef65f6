//! `linchpin check`: does every module fit every firmware of the system?

use std::path::{Path, PathBuf};

use linchpin_checker::Verdict;
use linchpin_checker::render::{self, Colour};

use crate::console::{Console, Exit, Format};
use crate::error::Error;
use crate::{verdict_cache, write};

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
    /// Check everything anew, and keep nothing for the next time
    #[arg(long)]
    pub no_cache: bool,
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
    let kept = if args.no_cache { None } else { verdict_cache::find(&args.manifest, "") };
    let verdict = match kept {
        Some(verdict) => verdict,
        None => anew(args)?,
    };
    let path = args.out.clone().unwrap_or_else(|| beside(&args.manifest));
    let json = json(&verdict)?;
    if std::fs::read(&path).is_ok_and(|there| there == json.as_bytes()) {
        return Ok((verdict, path));
    }
    write::replace(&path, json.as_bytes())?;
    Ok((verdict, path))
}

fn anew(args: &CheckArgs) -> Result<Verdict, Error> {
    let (system, inputs) = linchpin_checker::load_with_inputs(&args.manifest)
        .map_err(|source| unusable(&args.manifest, source))?;
    let verdict = linchpin_checker::check(&system);
    if !args.no_cache {
        verdict_cache::keep(&args.manifest, "", &inputs, &verdict);
    }
    Ok(verdict)
}

/// Reads the system.
pub(crate) fn load(manifest: &Path) -> Result<linchpin_checker::System, Error> {
    linchpin_checker::load(manifest).map_err(|source| unusable(manifest, source))
}

fn unusable(manifest: &Path, source: linchpin_checker::Error) -> Error {
    Error::System { manifest: manifest.into(), source: Box::new(source) }
}

/// The verdict's file for this manifest.
pub(crate) fn beside(manifest: &Path) -> PathBuf {
    manifest.parent().unwrap_or(Path::new("")).join(VERDICT)
}

fn json(verdict: &Verdict) -> Result<String, Error> {
    let json = render::json(verdict).map_err(|reason| Error::Output { reason: reason.to_string() })?;
    Ok(format!("{}\n", json.trim_end()))
}
