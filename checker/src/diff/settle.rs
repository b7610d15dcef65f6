//! From what was found to the answer: one finding a fault, the step that each package needs, what each upgrade does.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::compare::Compare;
use super::effect::Effects;
use super::packages::PackagePair;
use super::report::{Answer, Diff, PackageDiff, SCHEMA_VERSION, SideName};
use super::site::{Found, Site, Within};
use crate::bump::{Step, next_version};
use crate::change::{Apart, ApartBy, Versions};
use crate::rule::Check;
use crate::verdict::{Bump, Finding, Level, PairLevel, Role, Side};
use crate::walk;

const ROLES: [Role; 4] = [Role::HostUpgrade, Role::ModuleUpgrade, Role::Composition, Role::Data];

pub(super) fn settle(mut compare: Compare<'_>, role: Option<Role>) -> Diff {
    compare.found = merged(std::mem::take(&mut compare.found));
    let required = required(&compare);
    versions(&mut compare, &required);
    apart(&mut compare);
    let packages: Vec<PackageDiff> =
        compare.pairs.iter().zip(&required).map(|(pair, required)| package(pair, *required)).collect();
    let roles = role.map_or(ROLES.to_vec(), |role| vec![role]);
    let answers: Vec<Answer> = roles.iter().map(|role| answer(&compare, *role)).collect();
    let declared_enough = packages.iter().all(|package| package.enough);
    let clean = match role {
        Some(_) => answers.iter().all(|answer| answer.level == PairLevel::Ok),
        None => declared_enough,
    };
    let (sides, main) = (
        SideName { before: compare.before.name.clone(), after: compare.after.name.clone() },
        packages.first(),
    );
    Diff {
        schema_version: SCHEMA_VERSION,
        checker: env!("CARGO_PKG_VERSION").to_owned(),
        sides,
        clean,
        required: packages.iter().filter(|package| package.own).filter_map(|package| package.required).max(),
        declared: main.map_or(Step::Unversioned, |package| package.declared),
        packages,
        answers,
        findings: findings(compare.found, role),
    }
}

/// One finding for each fault, however many functions and packages meet it. Without places, only the path tells two
/// faults apart.
fn merged(found: Vec<Found>) -> Vec<Found> {
    let mut merged: BTreeMap<(String, String, Vec<Side>, String), Found> = BTreeMap::new();
    for one in found {
        let placed = one.finding.sides.iter().all(|side| side.place.is_some());
        let path = if placed { String::new() } else { one.finding.path.clone() };
        let key = (one.finding.rule.clone(), one.finding.message.clone(), one.finding.sides.clone(), path);
        match merged.get_mut(&key) {
            Some(known) => {
                known.within.extend(one.within);
                known.effects = known.effects.max(one.effects);
            }
            None => drop(merged.insert(key, one)),
        }
    }
    of_worlds(merged.into_values().collect())
}

/// What came or went in several worlds alike, as in those that `include` one another, is one finding.
fn of_worlds(found: Vec<Found>) -> Vec<Found> {
    let is_of_world =
        |one: &Found| one.owner.starts_with("world `") && one.finding.message.contains(&one.owner);
    let (of_worlds, mut merged): (Vec<_>, Vec<_>) = found.into_iter().partition(is_of_world);
    let mut alike: BTreeMap<(String, String, Effects), (Found, Vec<String>)> = BTreeMap::new();
    for one in of_worlds {
        let message = one.finding.message.replace(&one.owner, "");
        let name = one.owner.trim_start_matches("world ").to_owned();
        match alike.entry((one.finding.rule.clone(), message, one.effects)) {
            Entry::Vacant(free) => drop(free.insert((one, vec![name]))),
            Entry::Occupied(mut known) => {
                let (first, names) = known.get_mut();
                first.within.extend(one.within);
                names.push(name);
            }
        }
    }
    merged.extend(alike.into_values().map(|(mut first, names)| {
        if names.len() > 1 {
            let owners = format!("worlds {}", names.join(", "));
            first.finding.message = first.finding.message.replace(&first.owner, &owners);
        }
        first
    }));
    merged
}

/// The step that each package needs: for its own changes, and for those of other packages' interfaces that its worlds
/// name.
fn required(compare: &Compare<'_>) -> Vec<Option<Bump>> {
    let of = |is_meant: &dyn Fn(&Within) -> bool| {
        let about = compare.found.iter().filter(|found| found.within.iter().any(is_meant));
        let types = compare.changed_types.keys().any(is_meant).then_some(Bump::Major);
        about.filter_map(|found| found.finding.bump).max().max(types)
    };
    let pairs = compare.pairs.iter().enumerate();
    pairs
        .map(|(index, pair)| {
            let own = of(&|within| within.0 == index);
            if pair.is_nameless() { own } else { own.max(of(&|within| pair.needs.contains(within))) }
        })
        .collect()
}

/// Runs the rules that look at versions.
fn versions(compare: &mut Compare<'_>, required: &[Option<Bump>]) {
    let mut all = Vec::new();
    for (index, (pair, required)) in compare.pairs.iter().zip(required).enumerate() {
        let needing = |found: &&Found| found.is_of(index) && found.finding.bump == *required;
        let changed_types = compare.changed_types.iter().filter(|((of, _), _)| *of == index);
        all.push(Versions {
            package: format!("{}:{}", pair.before.namespace, pair.before.name),
            before: pair.versions().0.cloned(),
            after: pair.versions().1.cloned(),
            own: pair.own,
            declared: pair.declared(),
            required: *required,
            next: least(pair, *required),
            first: compare.found.iter().find(needing).map(|found| found.finding.message.clone()),
            changes: match compare.found.iter().filter(needing).count() {
                0 => changed_types.map(|(_, count)| count).sum(),
                changes => changes,
            },
            before_at: pair.before_at.clone(),
            after_at: pair.after_at.clone(),
        });
    }
    for (index, versions) in all.iter().enumerate() {
        let site = Site::of_package(index, versions.package.clone());
        compare.run(&site, Effects::NONE, |check, sink| {
            if let Check::Versions(check) = check {
                check(versions, sink);
            }
        });
    }
}

/// Reports versions that by themselves keep the two sides from meeting.
fn apart(compare: &mut Compare<'_>) {
    let met = met(compare);
    let all = compare.pairs.iter().enumerate().filter_map(|(index, pair)| {
        let apart = Apart {
            package: format!("{}:{}", pair.before.namespace, pair.before.name),
            before: pair.before.version.clone(),
            after: pair.after.version.clone(),
            by: pair.apart(met.iter().any(|(of, _)| *of == index))?,
            before_at: pair.before_at.clone(),
            after_at: pair.after_at.clone(),
        };
        Some((index, apart))
    });
    for (index, apart) in all.collect::<Vec<_>>() {
        let mut findings = Vec::new();
        walk::run(&compare.frame(&apart.package), &[], &mut findings, |check, sink| {
            if let Check::Apart(check) = check {
                check(&apart, sink);
            }
        });
        let effects = match apart.by {
            ApartBy::Track => Effects::off_track(),
            ApartBy::Name => Effects::NAMES,
        };
        for finding in findings {
            compare.keep(&Site::of_package(index, apart.package.clone()), finding, effects);
        }
    }
}

fn package(pair: &PackagePair, required: Option<Bump>) -> PackageDiff {
    let version = |id: &linchpin_contract::PackageId| id.version.as_ref().map(ToString::to_string);
    let declared = pair.declared();
    PackageDiff {
        package: format!("{}:{}", pair.before.namespace, pair.before.name),
        before: version(&pair.before),
        after: version(&pair.after),
        own: pair.own,
        declared,
        required,
        enough: declared.covers(required),
        least_version: least(pair, required).map(|version| version.to_string()),
    }
}

fn least(pair: &PackagePair, required: Option<Bump>) -> Option<semver::Version> {
    Some(next_version(pair.versions().0?, required?))
}

/// What an upgrade does: the worst that any finding does.
fn answer(compare: &Compare<'_>, role: Role) -> Answer {
    let met = met(compare);
    let about = || compare.found.iter().filter(|found| found.within.iter().any(|within| meets(&met, within)));
    let level = |role: Role| about().map(|found| found.effects.of(role)).max().unwrap_or(PairLevel::Ok);
    let own = level(role);
    let mut because = BTreeSet::new();
    if own != PairLevel::Ok {
        let worst = about().filter(|found| found.effects.of(role) == own);
        because.extend(worst.map(|found| found.finding.rule.clone()));
    }
    let both = Effects {
        host_upgrade: level(Role::HostUpgrade),
        module_upgrade: level(Role::ModuleUpgrade),
        ..Effects::NONE
    };
    let order = both.order().filter(|(stopped, _)| *stopped == role);
    Answer {
        role,
        level: own,
        moves_first: order.map(|(_, party)| party),
        because: because.into_iter().collect(),
    }
}

/// What an upgrade meets: the contract's own packages, as a whole, and of others the interfaces that these name. What
/// else lies in `deps/` is met only through functions of these.
fn met(compare: &Compare<'_>) -> BTreeSet<Within> {
    let mut met = BTreeSet::new();
    for (index, pair) in compare.pairs.iter().enumerate().filter(|(_, pair)| pair.own) {
        met.insert((index, None));
        met.extend(pair.needs.iter().cloned());
    }
    met
}

/// Whether an upgrade meets it; what is said of a package as a whole is said of every interface of it.
fn meets(met: &BTreeSet<Within>, (package, interface): &Within) -> bool {
    met.iter().any(|(of, met)| of == package && (met.is_none() || interface.is_none() || met == interface))
}

/// What two editions of a package are called is no fault of either; it is told where an upgrade is asked for.
const OF_A_ROLE: [&str; 2] = ["version-name", "version-track"];

/// Findings in a fixed order. With a role, only those that matter to it, as it sees them.
fn findings(found: Vec<Found>, role: Option<Role>) -> Vec<Finding> {
    let told = |found: Found| {
        let mut finding = found.finding;
        let order = found.effects.order();
        if let Some(role) = role {
            finding.level = match found.effects.of(role) {
                PairLevel::Ok => return None,
                PairLevel::Conditional => Level::Warn,
                PairLevel::Hazard | PairLevel::CallFail | PairLevel::LinkFail | PairLevel::Unknown => {
                    Level::Deny
                }
            };
            finding.role = Some(role);
            finding.moves_first = order.filter(|(stopped, _)| *stopped == role).map(|(_, party)| party);
        } else if OF_A_ROLE.contains(&finding.rule.as_str()) {
            return None;
        } else if let Some((role, party)) = order {
            (finding.role, finding.moves_first) = (Some(role), Some(party));
        }
        Some(finding)
    };
    let mut findings: Vec<Finding> = found.into_iter().filter_map(told).collect();
    findings.sort_by(|a, b| {
        (a.level, &a.path, &a.rule, &a.sides, &a.message)
            .cmp(&(b.level, &b.path, &b.rule, &b.sides, &b.message))
    });
    findings
}
