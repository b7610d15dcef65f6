//! Why a contract must not be frozen: every reason at once.

use std::path::Path;

use linchpin_contract::{Place, unencodable};

use super::{PlanError, Prereleases, StepFrom, compare};
use crate::bump::{Step, next_version};
use crate::copies::drifts;
use crate::files::relative;
use crate::load::Contracts;
use crate::lock::released_name;
use crate::pair::shown_package;
use crate::promises::{overtaking, same_package, taken_for, version};
use crate::rule::{Overtaken, Shown};
use crate::rules::contract_drift;
use crate::system::{KnownContract, Origin};
use crate::verdict::{Bump, Finding};

/// One reason not to freeze a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// A stable name, for programs.
    pub code: &'static str,
    /// The file and line, as `wit/heater/heater.wit:3`; absent where a whole file is meant, which the reason names.
    pub place: Option<String>,
    /// What is wrong.
    pub reason: String,
    /// What to do.
    pub help: String,
    /// The changes that it is about; empty where it is about none.
    pub changes: Vec<Finding>,
}

impl Refusal {
    fn new(code: &'static str, place: Option<String>, reason: String, help: impl Into<String>) -> Self {
        Self { code, place, reason, help: help.into(), changes: Vec::new() }
    }
}

/// Everything that stands in the way. `there` is the release of this very version, if there is one, and `before` are
/// the steps from earlier ones.
pub(super) fn refusals(
    contracts: &Contracts,
    current: &KnownContract,
    there: Option<&KnownContract>,
    before: &[StepFrom],
    prereleases: Prereleases,
) -> Result<Vec<Refusal>, PlanError> {
    let mut refusals: Vec<Refusal> = about_the_version(contracts, current, prereleases).into_iter().collect();
    match there {
        Some(there) if there.sha256 != current.sha256 => {
            refusals.push(reissue(contracts, there, current)?);
        }
        Some(_) => {}
        None => {
            refusals.extend(before.iter().flat_map(too_small));
            refusals.extend(is_overtaken(contracts, current)?);
        }
    }
    for note in &current.contract.tag_notes {
        let place = note.place.as_ref().map(|place| shown(contracts, place));
        let reason = format!("{}: {}", note.item, note.message);
        refusals.push(Refusal::new("tag-misspelt", place, reason, note.help.as_str()));
    }
    for wrong in unencodable(&current.contract) {
        let place = wrong.place.as_ref().map(|place| shown(contracts, place));
        let reason = format!("`{}` {}; no component can have such a type", wrong.item, wrong.message);
        refusals.push(Refusal::new("unencodable", place, reason, wrong.help));
    }
    refusals.extend(drifted(contracts, current));
    refusals.extend(altered(contracts));
    refusals.extend(unlocked(contracts, current));
    Ok(refusals)
}

/// A release of this version that has another text; a release keeps its text, comments included.
fn reissue(
    contracts: &Contracts,
    there: &KnownContract,
    current: &KnownContract,
) -> Result<Refusal, PlanError> {
    let step = compare(contracts, there, current)?;
    let (other, help) =
        match version(current).filter(|_| step.diff.packages.iter().all(|package| package.enough)) {
            Some(version) => (
                "with the same content in another text",
                format!(
                    "nothing has to be released; to release the new text, raise the version to {}",
                    next_version(version, Bump::Patch)
                ),
            ),
            None => (
                "with other content",
                "give the current contract a higher version; what is released never changes".to_owned(),
            ),
        };
    let reason = format!("`{}` is there already, {other}", there.file);
    Ok(Refusal::new("released-changed", package_place(contracts, current), reason, help))
}

fn about_the_version(
    contracts: &Contracts,
    current: &KnownContract,
    prereleases: Prereleases,
) -> Option<Refusal> {
    let package = current.package().map(ToString::to_string).unwrap_or_default();
    let (code, reason, help) = match version(current) {
        None => (
            "unversioned",
            format!("`{package}` has no version, so a release could not be told from the next one"),
            "write the version behind the package's name, as in `@1.0.0`",
        ),
        Some(version) if !version.pre.is_empty() && prereleases == Prereleases::Refused => (
            "prerelease",
            format!("`{package}` is a pre-release, which may still change, and what is frozen may not"),
            "release it as a release, or say `--allow-prerelease`",
        ),
        Some(_) => return None,
    };
    Some(Refusal::new(code, package_place(contracts, current), reason, help))
}

/// Packages whose step is too small for what changed.
fn too_small(step: &StepFrom) -> Vec<Refusal> {
    let short = step.diff.packages.iter().filter(|package| !package.enough);
    short
        .map(|package| {
            let needed = package.required.map_or("another", |bump| bump.word());
            let help = match &package.least_version {
                Some(least) => format!("the least version that does is {least}; or take the changes back"),
                None => "raise the version, or take the changes back".to_owned(),
            };
            Refusal {
                changes: step.changes(package.required),
                ..Refusal::new(
                    if package.declared == Step::Same {
                        "version-not-bumped"
                    } else {
                        "version-under-bumped"
                    },
                    step.place.clone(),
                    format!(
                        "`{}` goes from {} to {}, and what changed since `{}` needs a {needed} step",
                        package.package,
                        package.before.as_deref().unwrap_or("no version"),
                        package.after.as_deref().unwrap_or("no version"),
                        step.released
                    ),
                    help,
                )
            }
        })
        .collect()
}

/// A release of a higher version that stands for this one, and does not hold what this one promises.
fn is_overtaken(contracts: &Contracts, current: &KnownContract) -> Result<Option<Refusal>, PlanError> {
    let Some(higher) = taken_for(&contracts.known, current) else { return Ok(None) };
    let step = compare(contracts, current, higher)?;
    let place = package_place(contracts, current);
    let refused =
        |overtaken: Overtaken| Refusal::new("version-overtaken", place, overtaken.message(), Overtaken::HELP);
    Ok(overtaking(current, higher, &step.diff).map(refused))
}

/// Other content under the name and version of a package that the contract declares or uses.
fn drifted(contracts: &Contracts, current: &KnownContract) -> Vec<Refusal> {
    let drifts = drifts(&contracts.known);
    let about = drifts.iter().filter(|drift| {
        let of_it = |known: &KnownContract| std::ptr::eq(known, current);
        of_it(drift.copy.known) || of_it(drift.other.known)
    });
    about
        .map(|drift| {
            let place = |shown: &Shown| shown.place.as_ref().map(|place| self::shown(contracts, place));
            let (copy, other) = (place(&drift.copy.shown()), place(&drift.other.shown()));
            let other = other.map_or_else(String::new, |other| format!("; the other one is `{other}`"));
            Refusal::new("contract-drift", copy, drift.message() + &other, contract_drift::HELP)
        })
        .collect()
}

/// Released contracts whose text is not the locked one.
fn altered(contracts: &Contracts) -> Vec<Refusal> {
    let entries = contracts.lock.iter().flat_map(|lock| &lock.entries);
    entries
        .filter_map(|(name, digest)| {
            let known = contracts.known.iter().find(|known| released_name(known) == Some(name));
            let reason = match known {
                Some(known) if known.sha256 == *digest => return None,
                Some(known) => format!("`{}` is not as it was frozen ({})", known.file, digest.short()),
                None => format!("`{}/released/{name}` was frozen and is not there", contracts.folder),
            };
            Some(Refusal::new("released-not-locked", None, reason, "restore it from version control"))
        })
        .collect()
}

/// Released contracts that the lock does not hold, so that nobody can tell whether they changed. The release of this
/// very version is completed instead.
fn unlocked(contracts: &Contracts, current: &KnownContract) -> Vec<Refusal> {
    let Some(lock) = &contracts.lock else { return Vec::new() };
    let locked = |name: &str| lock.entries.iter().any(|(locked, _)| locked == name);
    let released = contracts.known.iter().filter(|known| !is_release_of(known, current));
    released
        .filter(|known| released_name(known).is_some_and(|name| !locked(name)))
        .map(|known| {
            let reason = format!("`{}` is released, and `{}` does not hold it", known.file, lock.file);
            let help = format!("restore `{}` and the contract from version control", lock.file);
            Refusal::new("released-not-locked", None, reason, help)
        })
        .collect()
}

/// Where a contract begins.
pub(super) fn package_place(contracts: &Contracts, known: &KnownContract) -> Option<String> {
    let package = shown_package(known.contract.main()?);
    package.place.map(|place| shown(contracts, &place))
}

fn shown(contracts: &Contracts, place: &Place) -> String {
    format!("{}:{}", relative(Path::new(&place.file), &contracts.root), place.line)
}

/// Whether it is the release of this package and version.
pub(super) fn is_release_of(known: &KnownContract, current: &KnownContract) -> bool {
    matches!(known.origin, Origin::Released { .. })
        && same_package(known, current)
        && version(known) == version(current)
}
