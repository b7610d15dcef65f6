//! `linchpin check`: does every module fit every firmware of the system?

mod baseline;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use linchpin_checker::render::{self, Colour, Detail, TextOptions};
use linchpin_checker::{LoadOptions, Options, Verdict};

use crate::console::{Console, Exit};
use crate::error::Error;
use crate::output::{self, Output};
use crate::progress::Bar;
use crate::verify::now;
use crate::{report, verdict_cache, write};

/// Where the verdict is kept unless told otherwise, relative to the folder of `linchpin.toml`.
pub(crate) const VERDICT: &str = "target/linchpin/verdict.json";

/// What to check.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(after_help = FORMATS)]
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
    /// Write the result in one more form; may be given several times
    #[arg(long, value_name = "FORMAT=FILE", value_parser = output::parse)]
    pub output: Vec<Output>,
    /// Show what is allowed or waived as well, and lists in full
    #[arg(long, short)]
    pub verbose: bool,
    /// Compare the contracts with those of this folder as well, which is laid out as the contracts folder is
    #[arg(long, value_name = "DIR", conflicts_with = "baseline_rev")]
    pub baseline: Option<PathBuf>,
    /// Compare the contracts with those of this git revision as well
    #[arg(long, value_name = "REV")]
    pub baseline_rev: Option<String>,
    /// The day on which waivers must still hold, as 2027-01-31 [default: today, in UTC]
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub today: Option<Date>,
}

const FORMATS: &str = "\
Forms of the result:
  text      for people: one report a finding, with the places of both sides
  json      the whole verdict; its schema is docs/schema/verdict-2.json
  jsonl     one finding a line, then one line of numbers
  sarif     SARIF 2.1.0, for code scanning
  github    annotations of a GitHub workflow
  junit     JUnit XML, one test case for each module on each firmware
  markdown  for a comment on a pull request
  matrix    a table of modules and firmwares";

/// Runs the command.
///
/// # Errors
/// As [`check`], and if a form of the result cannot be written.
pub fn run(args: &CheckArgs, console: &mut Console) -> Result<Exit, Error> {
    let kept = kept(args);
    output::distinct(args.output.iter().map(|output| output.path.as_path()).chain([kept.as_path()]))?;
    let (verdict, _) = check(args)?;
    let detail = if args.verbose { Detail::Full } else { Detail::Brief };
    let origin = report::origin(&args.manifest);
    let plain = TextOptions { detail, ..TextOptions::default() };
    for output in &args.output {
        let text = report::rendered(&verdict, output.format, &plain, &origin)?;
        write::replace_or_feed(&output.path, text.as_bytes())?;
    }
    let colour = if console.colored() { Colour::Always } else { Colour::Never };
    let options = TextOptions { colour, width: console.width(), ..plain };
    console.print(&report::rendered(&verdict, console.format, &options, &origin)?)?;
    Ok(if verdict.clean { Exit::Clean } else { Exit::Findings })
}

fn kept(args: &CheckArgs) -> PathBuf {
    args.out.clone().unwrap_or_else(|| beside(&args.manifest))
}

/// Checks the system and keeps the verdict; returns it with its file. A verdict with findings is no error.
///
/// # Errors
/// If the system or anything that it names cannot be read, or the verdict cannot be written.
pub fn check(args: &CheckArgs) -> Result<(Verdict, PathBuf), Error> {
    let options = Options::on(args.today.unwrap_or_else(today));
    // The contracts of a revision lie in one folder, which no other run may change before they are read.
    let _claim = args.baseline_rev.as_ref().and_then(|_| write::lock(&args.manifest));
    let baseline = baseline::folder(args)?;
    let shown = baseline.as_ref().map(|folder| folder.display().to_string()).unwrap_or_default();
    let asked = format!("{} {shown}", options.today);
    let found = if args.no_cache { None } else { verdict_cache::find(&args.manifest, &asked) };
    let verdict = match found {
        Some(verdict) => verdict,
        None => anew(args, baseline, &options, &asked)?,
    };
    let path = kept(args);
    let json = render::json(&verdict).map_err(|reason| Error::Output { reason: reason.to_string() })?;
    if !write::holds(&path, json.as_bytes()) {
        write::replace_or_feed(&path, json.as_bytes())?;
    }
    Ok((verdict, path))
}

fn anew(
    args: &CheckArgs,
    baseline: Option<PathBuf>,
    options: &Options,
    asked: &str,
) -> Result<Verdict, Error> {
    let bar = Bar::new();
    let load = LoadOptions { progress: Some(bar.reader()), baseline };
    let (system, inputs) = linchpin_checker::load_with(&args.manifest, &load)
        .map_err(|source| unusable(&args.manifest, source))?;
    bar.compare();
    let verdict = linchpin_checker::check(&system, options);
    drop(bar);
    if !args.no_cache {
        verdict_cache::keep(&args.manifest, asked, &inputs, &verdict);
    }
    Ok(verdict)
}

/// Reads the system.
pub(crate) fn load(manifest: &Path) -> Result<linchpin_checker::System, Error> {
    linchpin_checker::load(manifest).map_err(|source| unusable(manifest, source))
}

pub(crate) fn unusable(manifest: &Path, source: linchpin_checker::Error) -> Error {
    Error::System { manifest: manifest.into(), source: Box::new(source) }
}

/// A day as it is written on the command line.
fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "there is no such day; write it as 2027-01-31".to_owned())
}

/// Today, in UTC: a waiver ends everywhere at once.
pub(crate) fn today() -> Date {
    let seconds = i64::try_from(now()).unwrap_or(i64::MAX);
    Timestamp::from_second(seconds).map_or(Date::MAX, |time| Offset::UTC.to_datetime(time).date())
}

/// The verdict's file for this manifest.
pub(crate) fn beside(manifest: &Path) -> PathBuf {
    manifest.parent().unwrap_or(Path::new("")).join(VERDICT)
}
