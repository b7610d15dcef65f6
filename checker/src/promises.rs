//! The step from what was promised to what is current: from the newest releases below it, and from the baseline.

use std::collections::BTreeSet;
use std::path::Path;

use linchpin_contract::{Package, PackageId};
use semver::Version;

use crate::bump::{next_version, stands_for};
use crate::change::{Change, ItemChange, ItemKind, Notice};
use crate::diff::{Diff, Source, diff};
use crate::files::relative;
use crate::pair::shown_package;
use crate::reissued::reissued;
use crate::rule::{Check, Frame, Overtaken, Reworded, Shown};
use crate::system::{KnownContract, Origin, System};
use crate::verdict::{Bump, Finding, Party};
use crate::walk;

/// Rules about the version of a contract; everything else that changed is what the step is for.
const ABOUT_VERSIONS: [&str; 4] =
    ["version-decreased", "version-not-bumped", "version-over-bumped", "version-under-bumped"];

/// Finds current contracts whose version does not cover what changed since it was promised.
pub(crate) fn steps(system: &System) -> Vec<Finding> {
    let current = system.contracts.iter().filter(|known| known.origin == Origin::Current);
    let of_each: Vec<_> = current.map(|current| (named(current), held(system, current))).collect();
    let own: BTreeSet<(String, String)> = of_each
        .iter()
        .flat_map(|(package, findings)| {
            findings.iter().filter(move |finding| finding.path == *package).map(rule_and_path)
        })
        .collect();
    // What a contract uses may be a current one itself, and is told there.
    let told_there = |package: &String, finding: &Finding| {
        finding.path != *package && own.contains(&rule_and_path(finding))
    };
    of_each
        .into_iter()
        .flat_map(|(package, mut findings)| {
            findings.retain(|finding| !told_there(&package, finding));
            findings
        })
        .collect()
}

fn named(known: &KnownContract) -> String {
    known.package().map(|package| format!("{}:{}", package.namespace, package.name)).unwrap_or_default()
}

fn rule_and_path(finding: &Finding) -> (String, String) {
    (finding.rule.clone(), finding.path.clone())
}

/// One current contract against every promise that it is held to.
fn held(system: &System, current: &KnownContract) -> Vec<Finding> {
    let mut findings = Vec::new();
    // The same edition may be released and in the baseline.
    let mut told = BTreeSet::new();
    let mut over = Vec::new();
    for then in before(system, current) {
        let same_version = version(then) == version(current);
        let mut found = if same_version { reissued(system, current, then) } else { Vec::new() };
        if found.is_empty() {
            found = step(system, then, current);
        }
        if same_version && found.is_empty() && then.sha256 != current.sha256 {
            found = reworded(system, current, then);
        }
        let (wide, mut found): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|finding| finding.rule == "version-over-bumped");
        over.push(wide);
        found.retain(|finding| {
            let (rule, path) = rule_and_path(finding);
            told.insert((rule, path, version(then).cloned()))
        });
        findings.extend(found);
    }
    // A step is wide without need where no promise asks for it.
    if over.iter().all(|wide| !wide.is_empty()) {
        findings.extend(over.into_iter().next().unwrap_or_default());
    }
    findings
}

/// A contract whose comments alone are not those of the promise.
fn reworded(system: &System, current: &KnownContract, then: &KnownContract) -> Vec<Finding> {
    let (Some(now), Some(before)) = (current.contract.main(), then.contract.main()) else {
        return Vec::new();
    };
    if then.origin == Origin::Baseline {
        return Vec::new();
    }
    let frame = Frame::between(system, Party::Released, Party::Current, now.id.to_string());
    let next = now.id.version.as_ref().map(|version| next_version(version, Bump::Patch).to_string());
    let reworded = Reworded {
        package: now.id.to_string(),
        next,
        before: shown_package(before),
        after: shown_package(now),
    };
    let mut findings = Vec::new();
    walk::run(&frame, &[], &mut findings, |check, sink| {
        if let Check::Reworded(check) = check {
            check(&reworded, sink);
        }
    });
    findings
}

/// Finds current contracts that a release is taken for which does not promise the same.
pub(crate) fn overtaken(system: &System) -> Vec<Finding> {
    let current = system.contracts.iter().filter(|known| known.origin == Origin::Current);
    let mut findings = Vec::new();
    for current in current {
        let Some(higher) = taken_for(&system.contracts, current) else { continue };
        let source = |known: &KnownContract| Source::contract(known.file.clone(), known.contract.clone());
        let Ok(diff) = diff(&source(current), &source(higher), None) else { continue };
        let Some(overtaken) = overtaking(current, higher, &diff) else { continue };
        let frame = Frame::between(system, Party::Released, Party::Current, overtaken.package.clone());
        walk::run(&frame, &[], &mut findings, |check, sink| {
            if let Check::Overtaken(check) = check {
                check(&overtaken, sink);
            }
        });
    }
    findings
}

/// The least release above a contract that stands for it when things are linked. A version that is released is held
/// to its own release.
pub(crate) fn taken_for<'s>(
    known: &'s [KnownContract],
    current: &KnownContract,
) -> Option<&'s KnownContract> {
    let released = || known.iter().filter(|known| matches!(known.origin, Origin::Released { .. }));
    let of_package = || released().filter(|known| same_package(known, current));
    if of_package().any(|known| version(known) == version(current)) {
        return None;
    }
    let above = of_package()
        .filter(|known| version(known) > version(current) && stands_for(version(current), version(known)));
    above.min_by(|one, other| version(one).cmp(&version(other)))
}

/// What the release above does not promise, if anything.
pub(crate) fn overtaking(current: &KnownContract, higher: &KnownContract, diff: &Diff) -> Option<Overtaken> {
    let short = diff.packages.iter().find(|package| !package.enough)?;
    let asks = diff.findings.iter().filter(|finding| finding.bump == short.required);
    let shown = |known: &KnownContract| known.contract.main().map(shown_package).unwrap_or_default();
    Some(Overtaken {
        package: current.package()?.to_string(),
        file: higher.file.clone(),
        differs: asks.map(|finding| finding.message.clone()).collect(),
        current: shown(current),
        released: shown(higher),
    })
}

/// The packages that a contract itself declares.
fn own(known: &KnownContract) -> impl Iterator<Item = &Package> {
    known.contract.packages.iter().take(known.contract.own_packages)
}

/// Packages of the baseline that no current contract declares.
pub(crate) fn gone(system: &System) -> Vec<Finding> {
    let of = |origin: Origin| system.contracts.iter().filter(move |known| known.origin == origin);
    let is_there = |then: &PackageId| {
        let mut now = of(Origin::Current).flat_map(own).map(|package| &package.id);
        now.any(|now| (&now.namespace, &now.name) == (&then.namespace, &then.name))
    };
    let mut findings = Vec::new();
    for package in of(Origin::Baseline).flat_map(own).filter(|package| !is_there(&package.id)) {
        let mut frame = Frame::between(system, Party::Released, Party::Current, package.id.to_string());
        frame.after.placeless = "no current contract declares it".to_owned();
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

/// What a current contract is held to: the release of its version and those below it, then the baseline.
fn before<'s>(system: &'s System, current: &'s KnownContract) -> impl Iterator<Item = &'s KnownContract> {
    let promised = |known: &&KnownContract| same_package(known, current);
    let same = system.contracts.iter().filter(move |known| {
        let is_released = matches!(known.origin, Origin::Released { .. });
        is_released && promised(known) && version(known) == version(current)
    });
    let baseline = system.contracts.iter().filter(|known| known.origin == Origin::Baseline).filter(promised);
    same.chain(released_below(&system.contracts, current)).chain(baseline)
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
