//! `linchpin sign`: an attestation over exactly what was checked, or a refusal.
//!
//! The verdict's file is not believed: the system is read and checked again, and must give the same verdict.

mod counter;
mod predicate;
mod report;

use std::path::{Path, PathBuf};

use linchpin_checker::system::{Module, System};
use linchpin_checker::{Options, Verdict, verdict};
use linchpin_contract::Digest;
use linchpin_trust::{Component, Request, SigningKey, attest};

pub use report::{SignRefusal, SignReport};

use crate::console::{Console, Exit};
use crate::error::Error;
use crate::{check, read, recognise, write};

/// What to sign, with what.
#[derive(Debug, Clone, clap::Args)]
pub struct SignArgs {
    /// The file that describes the system
    #[arg(long, value_name = "FILE", default_value = "linchpin.toml")]
    pub manifest: PathBuf,
    /// The verdict, as `linchpin check` kept it [default: `target/linchpin/verdict.json` beside the manifest]
    #[arg(long, value_name = "FILE")]
    pub verdict: Option<PathBuf>,
    /// A private key; repeat it for more signatures
    #[arg(long, value_name = "FILE", required = true)]
    pub key: Vec<PathBuf>,
    /// A module to attest; repeat it for more; all of the system without it
    #[arg(long, value_name = "NAME")]
    pub module: Vec<String>,
    /// A device class to attest for; repeat it for more; all that the modules name without it
    #[arg(long, value_name = "CLASS")]
    pub device_class: Vec<String>,
    /// The counter of this attestation, one more than the last
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..), required_unless_present = "last_counter_file")]
    pub counter: Option<u64>,
    /// File that holds the last counter and is moved on; it is made if it is missing
    #[arg(long, value_name = "FILE", conflicts_with = "counter")]
    pub last_counter_file: Option<PathBuf>,
    /// Days after which the attestation permits no new install
    #[arg(long, value_name = "DAYS")]
    pub expires_days: Option<u32>,
    /// Time of signing in seconds since 1970, for a reproducible attestation; now without it
    #[arg(long, value_name = "SECONDS")]
    pub issued_at: Option<u64>,
    /// Folder for `<module>.attestation.json`
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// As [`sign`].
pub fn run(args: &SignArgs, console: &mut Console) -> Result<Exit, Error> {
    let report = sign(args)?;
    console.result(&report, SignReport::to_text)?;
    Ok(if report.refusal.is_none() { Exit::Clean } else { Exit::Findings })
}

/// Attests the modules of a system whose verdict is clean. A refusal is an answer and no error.
///
/// # Errors
/// If the system, the verdict, a key or the counter cannot be read, or an attestation cannot be written.
pub fn sign(args: &SignArgs) -> Result<SignReport, Error> {
    let system = check::load(&args.manifest)?;
    let path = args.verdict.clone().unwrap_or_else(|| check::beside(&args.manifest));
    let checked = read_verdict(&path)?;
    let keys = args.key.iter().map(|path| private_key(path)).collect::<Result<Vec<_>, _>>()?;
    let last_counter = counter::last(args)?;
    if let Some(refusal) = refuse(&system, &checked) {
        return Ok(SignReport::refused(refusal));
    }
    let modules = modules(&system, args)?;
    let root = args.manifest.parent().unwrap_or(Path::new(""));
    let read = modules.iter().map(|module| recognise::component(&root.join(&module.file)));
    let bytes = read.collect::<Result<Vec<_>, _>>()?;
    let components =
        modules.iter().zip(&bytes).map(|(module, bytes)| Component { name: &module.name, bytes });
    let components = components.collect();
    let predicate = predicate::predicate(&system, &checked, &modules, args, last_counter + 1);
    let envelope = match attest(Request { components, predicate, last_counter }, &keys) {
        Ok(envelope) => envelope,
        Err(refusal) => return Ok(SignReport::refused(SignRefusal::trust(&refusal))),
    };
    // First the counter: a number that was skipped does no harm, one that is used twice does.
    counter::store(args, last_counter + 1)?;
    let write = |module: &&Module| {
        let path = args.out.join(format!("{}.attestation.json", module.name));
        write::replace(&path, &envelope)?;
        Ok(path)
    };
    let files = modules.iter().map(write).collect::<Result<Vec<_>, Error>>()?;
    Ok(SignReport::signed(&modules, files, last_counter + 1, &keys))
}

fn read_verdict(path: &Path) -> Result<Verdict, Error> {
    let wanted = "a verdict";
    let text = read::text(path, wanted)?;
    let malformed = |reason| Error::Malformed { path: path.into(), wanted, reason };
    let json: serde_json::Value =
        serde_json::from_str(&text).map_err(|reason| malformed(reason.to_string()))?;
    let known = verdict::SCHEMA_VERSION;
    // Another version has other fields, and saying which is missing would help nobody.
    match json.get("schema_version").and_then(serde_json::Value::as_u64) {
        Some(found) if found != u64::from(known) => {
            Err(malformed(format!("its schema version is {found}, and this program knows {known}")))
        }
        Some(_) | None => serde_json::from_value(json).map_err(|reason| malformed(reason.to_string())),
    }
}

fn private_key(path: &Path) -> Result<SigningKey, Error> {
    let text = read::text(path, "a private key")?;
    SigningKey::from_file_text(&text)
        .map_err(|refusal| Error::Trust { path: path.into(), refusal: Box::new(refusal) })
}

/// Why the verdict cannot be signed, if it cannot.
fn refuse(system: &System, checked: &Verdict) -> Option<SignRefusal> {
    if let Some(changed) = changed_module(system, checked) {
        return Some(SignRefusal::component_changed(changed));
    }
    if system.digest != checked.system.digest {
        return Some(SignRefusal::system_changed());
    }
    if !checked.clean {
        return Some(SignRefusal::verdict_not_clean(checked));
    }
    let now = linchpin_checker::check(system, &Options::on(check::today()));
    (now != *checked).then(|| SignRefusal::verdict_differs(&now))
}

/// A module whose bytes are no longer those that were checked, which says more than that the system changed.
fn changed_module<'s>(system: &'s System, checked: &Verdict) -> Option<&'s str> {
    let digest_then = |name: &str| -> Option<Digest> {
        checked.modules.iter().find(|module| module.name == name).map(|module| module.sha256)
    };
    let mut modules = system.modules.iter();
    let changed = modules.find(|module| digest_then(&module.name).is_some_and(|then| then != module.sha256));
    changed.map(|module| module.name.as_str())
}

fn modules<'s>(system: &'s System, args: &SignArgs) -> Result<Vec<&'s Module>, Error> {
    let known = || system.modules.iter().map(|module| module.name.clone()).collect();
    let unknown = args.module.iter().find(|name| !system.modules.iter().any(|module| module.name == **name));
    if let Some(name) = unknown {
        return Err(Error::NoSuchModule { module: name.clone(), known: known() });
    }
    let wanted = |module: &&Module| args.module.is_empty() || args.module.contains(&module.name);
    Ok(system.modules.iter().filter(wanted).collect())
}
