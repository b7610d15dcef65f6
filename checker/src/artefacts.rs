//! Artefacts by themselves: a module's purity, its limits, its contract; released contracts and their freeze.

use std::borrow::Cow;
use std::collections::BTreeSet;

use linchpin_contract::{Interface, InterfaceId, Stability, World, WorldItem};

use crate::copies;
use crate::filing::filed_among;
use crate::judge::Levels;
use crate::known::{Asker, Known};
use crate::lock::released_name;
use crate::rule::{Check, Filed, Frame, Standing};
use crate::system::{KnownContract, Module, Origin, System, Target};
use crate::verdict::{Finding, Hit, HitFirmware, PairLevel, Party, Plane, PolicyLevel};
use crate::walk;

/// What keeps a module from being a pure function, and what that does to its pairs on runtimes that ask for one.
pub(crate) fn purity(system: &System, module: &Module) -> (Vec<Finding>, Levels) {
    let mut targets = system.targets.iter().filter(|target| module.targets.contains(&target.name));
    // A module for no target at all is held to what Linchpin's own are.
    if !module.targets.is_empty() && !targets.any(|target| target.runtime.asks_for_purity()) {
        return (Vec::new(), Levels::OK);
    }
    let hit = Hit { module: module.name.clone(), version: module.version.to_string(), on: None };
    let frame = frame(system, Party::Module, format!("module {}", module.name), vec![hit]);
    let mut findings = Vec::new();
    walk::run(&frame, &[], &mut findings, |check, sink| {
        if let Check::Module(check) = check {
            check(module, sink);
        }
    });
    let levels = refused(&findings);
    (findings, levels)
}

/// What is not known of a module, and what that does to all of its pairs.
pub(crate) fn module(system: &System, known: &Known<'_>, module: &Module) -> (Vec<Finding>, Levels) {
    let hit = Hit { module: module.name.clone(), version: module.version.to_string(), on: None };
    let path = format!("module {}", module.name);
    let frame = frame(system, Party::Module, path, vec![hit]);
    let mut findings = Vec::new();
    let mut levels = Levels::OK;
    for interface in groups(&module.world) {
        let asker = Asker::Module(&module.name);
        let id = match &interface {
            Cow::Borrowed(interface) => Some(&interface.id),
            // Functions of the world itself stand in no interface.
            Cow::Owned(_) => None,
        };
        let all_known = interface.functions.iter().all(|function| {
            known.digest(function).is_some_and(|digest| known.function(id, function, digest, asker).is_some())
        });
        if all_known {
            continue;
        }
        levels.policy = PolicyLevel::Unknown;
        let written = known.interface(&interface.id, asker);
        walk::run(&frame, &[], &mut findings, |check, sink| {
            if let Check::Unknown(check) = check {
                check(&interface, written, sink);
            }
        });
    }
    (findings, levels)
}

/// What is wrong with a module on one class of device.
pub(crate) fn limits(module: &Module, target: &Target) -> (Vec<Finding>, Levels) {
    let hits = || {
        target.firmware.iter().map(|firmware| Hit {
            module: module.name.clone(),
            version: module.version.to_string(),
            on: Some(HitFirmware { target: target.name.clone(), firmware: firmware.version.to_string() }),
        })
    };
    let frame = Frame {
        before: standing(Party::System),
        after: standing(Party::System),
        role: None,
        moves_first: None,
        path: format!("module {} on {}", module.name, target.name),
        hits: Vec::new(),
        root: String::new(),
    };
    let mut findings = Vec::new();
    walk::run(&frame, &[], &mut findings, |check, sink| {
        if let Check::Limits(check) = check {
            check(module, &target.name, &target.limits, sink);
        }
    });
    let mut levels = refused(&findings);
    let mut of_profile = Vec::new();
    walk::run(&frame, &[], &mut of_profile, |check, sink| {
        if let Check::Profile(check) = check {
            check(module, target, sink);
        }
    });
    for finding in of_profile {
        if finding.plane == Plane::Link {
            levels = levels.max(refused(std::slice::from_ref(&finding)));
        }
        findings.push(finding);
    }
    // Most modules are within all limits, and nobody is hit by nothing.
    for finding in &mut findings {
        finding.hits.extend(hits());
    }
    (findings, levels)
}

/// What findings about a module by itself do to its pairs: it is not loaded.
fn refused(findings: &[Finding]) -> Levels {
    let link = if findings.is_empty() { PairLevel::Ok } else { PairLevel::LinkFail };
    Levels { link, ..Levels::OK }
}

/// What is wrong with the contracts themselves.
pub(crate) fn contracts(system: &System) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(gone(system));
    findings.extend(drifted(system));
    for known in &system.contracts {
        let party = match known.origin {
            Origin::Module(_) | Origin::Earlier { .. } => Party::Module,
            Origin::Firmware => Party::Firmware,
            Origin::Current => Party::Current,
            Origin::Released { .. } | Origin::Baseline => Party::Released,
        };
        let package = known.package().map_or_else(|| known.file.clone(), ToString::to_string);
        let frame = frame(system, party, package, Vec::new());
        // What is released cannot be corrected any more.
        let notes = match known.origin {
            Origin::Released { .. } | Origin::Baseline | Origin::Earlier { .. } | Origin::Firmware => &[][..],
            Origin::Module(_) if is_current(system, known) => &[][..],
            Origin::Module(_) | Origin::Current => &known.contract.tag_notes,
        };
        walk::run(&frame, &[], &mut findings, |check, sink| {
            if let Check::TagNote(check) = check {
                notes.iter().for_each(|note| check(note, sink));
            } else if let Check::Released(check) = check
                && released_name(known).is_some()
            {
                check(
                    &Filed {
                        known,
                        lock: system.lock.as_ref(),
                        among: filed_among(&system.contracts, known),
                    },
                    sink,
                );
            }
        });
    }
    findings
}

/// Released contracts that the lock holds and that are not there any more.
fn gone(system: &System) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Some(lock) = &system.lock else { return findings };
    let there: BTreeSet<&str> = system.contracts.iter().filter_map(released_name).collect();
    for (name, _) in lock.entries.iter().filter(|(name, _)| !there.contains(name.as_str())) {
        let frame = frame(system, Party::Released, name.clone(), Vec::new());
        walk::run(&frame, &[], &mut findings, |check, sink| {
            if let Check::ReleaseGone(check) = check {
                check(name, lock, sink);
            }
        });
    }
    findings
}

/// Copies of one package version that say two things.
fn drifted(system: &System) -> Vec<Finding> {
    let mut findings = Vec::new();
    for drift in copies::drifts(&system.contracts) {
        let frame = frame(system, Party::Current, drift.package.to_string(), Vec::new());
        walk::run(&frame, &[], &mut findings, |check, sink| {
            if let Check::Drift(check) = check {
                check(&drift, sink);
            }
        });
    }
    findings
}

/// Whether a module's own WIT is one of the current contracts as well.
fn is_current(system: &System, known: &KnownContract) -> bool {
    let mut current = system.contracts.iter().filter(|other| other.origin == Origin::Current);
    current.any(|other| other.sha256 == known.sha256)
}

/// The exported interfaces, and the world's own functions as one more.
fn groups(world: &World) -> Vec<Cow<'_, Interface>> {
    let own = world.exports.iter().filter_map(|item| match item {
        WorldItem::Function(function) => Some(function.clone()),
        WorldItem::Interface(_) | WorldItem::Type(_) => None,
    });
    let own = Cow::Owned(Interface {
        id: InterfaceId { package: None, name: world.name.clone() },
        types: Vec::new(),
        functions: own.collect(),
        docs: String::new(),
        stability: Stability::Unknown,
        place: None,
    });
    world
        .exported_interfaces()
        .map(Cow::Borrowed)
        .chain([own])
        .filter(|group| !group.functions.is_empty())
        .collect()
}

fn frame(system: &System, party: Party, path: String, hits: Vec<Hit>) -> Frame {
    Frame { hits, ..Frame::between(system, party, party, path) }
}

fn standing(party: Party) -> Standing {
    Standing { party, placeless: String::new() }
}
