//! The step from what was promised to what is current: from the newest releases below it, and from the baseline.

use std::path::Path;

use semver::Version;

use crate::bump::stands_for;
use crate::change::{Change, ItemChange, ItemKind, Notice};
use crate::diff::{Source, diff};
use crate::files::relative;
use crate::pair::shown_package;
use crate::rule::{Check, Frame, Shown, Standing};
use crate::system::{KnownContract, Origin, System};
use crate::verdict::{Finding, Party};
use crate::walk;

/// Rules about the version of a contract; everything else that changed is what the step is for.
const ABOUT_VERSIONS: [&str; 3] = ["version-decreased", "version-not-bumped", "version-under-bumped"];

/// Finds current contracts whose version does not cover what changed since it was promised.
pub(crate) fn steps(system: &System) -> Vec<Finding> {
    let current = system.contracts.iter().filter(|known| known.origin == Origin::Current);
    current.flat_map(|current| before(system, current).flat_map(|then| step(system, then, current))).collect()
}

/// Packages of the baseline that no current contract declares.
pub(crate) fn gone(system: &System) -> Vec<Finding> {
    let of = |origin: Origin| system.contracts.iter().filter(move |known| known.origin == origin);
    let is_there = |then: &&KnownContract| of(Origin::Current).any(|now| same_package(then, now));
    let mut findings = Vec::new();
    for then in of(Origin::Baseline).filter(|then| !is_there(then)) {
        let Some(package) = then.contract.main() else { continue };
        let standing = |party, placeless: &str| Standing { party, placeless: placeless.to_owned() };
        let frame = Frame {
            before: standing(Party::Released, ""),
            after: standing(Party::Current, "no current contract declares it"),
            role: None,
            moves_first: None,
            path: package.id.to_string(),
            hits: Vec::new(),
            root: system.root.clone(),
        };
        let change = ItemChange {
            kind: ItemKind::Package,
            change: Change::Removed,
            name: package.id.to_string(),
            owner: String::new(),
            before: shown_package(package),
            after: Shown::new(None, "the contracts folder"),
            notice: Notice::Unused,
            early: None,
        };
        walk::run(&frame, &[], &mut findings, |check, sink| {
            if let Check::Item(check) = check {
                check(&change, sink);
            }
        });
    }
    findings
}

/// What a current contract is held to, where its version is another one.
fn before<'s>(system: &'s System, current: &'s KnownContract) -> impl Iterator<Item = &'s KnownContract> {
    let baseline = system.contracts.iter().filter(|known| known.origin == Origin::Baseline);
    let baseline =
        baseline.filter(|known| same_package(known, current) && version(known) != version(current));
    released_below(&system.contracts, current).into_iter().chain(baseline)
}

/// The newest release below a contract; and the newest one that it stands for when things are linked, where a
/// pre-release or a release of another track lies between the two.
pub(crate) fn released_below<'s>(
    known: &'s [KnownContract],
    current: &KnownContract,
) -> Vec<&'s KnownContract> {
    let below = || {
        let released = known.iter().filter(|known| matches!(known.origin, Origin::Released { .. }));
        released.filter(|known| same_package(known, current) && comes_before(known, current))
    };
    let newest = below().max_by(|one, other| version(one).cmp(&version(other)));
    let stood_for = below()
        .filter(|known| stands_for(version(known), version(current)))
        .max_by(|one, other| version(one).cmp(&version(other)));
    let other = stood_for.filter(|other| newest.is_none_or(|newest| version(newest) != version(other)));
    newest.into_iter().chain(other).collect()
}

/// Whether a release is older, or the same but for its build metadata, which promises nothing.
fn comes_before(known: &KnownContract, current: &KnownContract) -> bool {
    match (version(known), version(current)) {
        (Some(one), Some(other)) => {
            one.cmp_precedence(other).is_lt() || (one.cmp_precedence(other).is_eq() && one != other)
        }
        (one, other) => one < other,
    }
}

pub(crate) fn same_package(one: &KnownContract, other: &KnownContract) -> bool {
    match (one.package(), other.package()) {
        (Some(one), Some(other)) => one.namespace == other.namespace && one.name == other.name,
        (Some(_) | None, _) => false,
    }
}

pub(crate) fn version(known: &KnownContract) -> Option<&Version> {
    known.package()?.version.as_ref()
}

fn step(system: &System, then: &KnownContract, now: &KnownContract) -> Vec<Finding> {
    let source = |known: &KnownContract| Source::contract(known.file.clone(), known.contract.clone());
    // Loading refuses the one thing that cannot be compared: functions whose types are too large.
    let Ok(diff) = diff(&source(then), &source(now), None) else { return Vec::new() };
    let about = |finding: &Finding| ABOUT_VERSIONS.contains(&finding.rule.as_str());
    let mut findings: Vec<Finding> = diff.findings.into_iter().filter(about).collect();
    for side in findings.iter_mut().flat_map(|finding| &mut finding.sides) {
        side.party = match side.party {
            Party::Before => Party::Released,
            Party::After => Party::Current,
            other @ (Party::Firmware
            | Party::Module
            | Party::Current
            | Party::Released
            | Party::System
            | Party::Fleet
            | Party::Data) => other,
        };
    }
    relative_to(Path::new(&system.root), &mut findings);
    findings
}

/// Names places relative to the system's folder, as reports show them.
pub(crate) fn relative_to(root: &Path, findings: &mut [Finding]) {
    let places = findings.iter_mut().flat_map(|finding| &mut finding.sides);
    for place in places.filter_map(|side| side.place.as_mut()) {
        place.file = relative(Path::new(&place.file), root);
    }
}
