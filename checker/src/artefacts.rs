//! Artefacts by themselves: a module's purity, its limits, its contract; released contracts and their freeze.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use linchpin_contract::{
    Function, Interface, InterfaceId, Package, Stability, Type, TypeDef, World, WorldItem, function_digest,
    type_digest,
};

use crate::judge::Levels;
use crate::known::{Asker, Known};
use crate::lock::released_name;
use crate::pair::{shown_function, shown_package};
use crate::rule::{Check, Frame, Reissued, Shown, Standing};
use crate::system::{KnownContract, Module, Origin, System, Target};
use crate::tag_pair::{same_tags, same_type_tags};
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
    for known in &system.contracts {
        let party = match known.origin {
            Origin::Module(_) | Origin::Earlier { .. } => Party::Module,
            Origin::Firmware => Party::Firmware,
            Origin::Current => Party::Current,
            Origin::Released { .. } | Origin::Baseline => Party::Released,
        };
        let package = known.package().map_or_else(|| known.file.clone(), ToString::to_string);
        let frame = frame(system, party, package.clone(), Vec::new());
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
                check(known, system.lock.as_ref(), sink);
            }
        });
        for released in system.contracts.iter().filter(|other| is_promise(other)) {
            if known.origin == Origin::Current && known.package() == released.package() {
                reissued(&frame, known, released, &package, &mut findings);
            }
        }
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

/// Whether current contracts are held to it: it was released, or it is the baseline.
fn is_promise(known: &KnownContract) -> bool {
    released_name(known).is_some() || known.origin == Origin::Baseline
}

/// Whether a module's own WIT is one of the current contracts as well.
fn is_current(system: &System, known: &KnownContract) -> bool {
    let mut current = system.contracts.iter().filter(|other| other.origin == Origin::Current);
    current.any(|other| other.sha256 == known.sha256)
}

/// Compares a current contract to the released one whose version it still has, item by item.
fn reissued(
    frame: &Frame,
    current: &KnownContract,
    released: &KnownContract,
    package: &str,
    findings: &mut Vec<Finding>,
) {
    let (Some(now), Some(then)) = (current.contract.main(), released.contract.main()) else { return };
    let frame = Frame { before: standing(Party::Released), ..frame.clone() };
    let promise = if released.origin == Origin::Baseline { "is in the baseline" } else { "was released" };
    let mut report = |item: &str, released: Shown, current: Shown| {
        let reissued =
            Reissued { package: package.to_owned(), item: item.to_owned(), promise, released, current };
        walk::run(&frame, &[], findings, |check, sink| {
            if let Check::Reissued(check) = check {
                check(&reissued, sink);
            }
        });
    };
    let (old, new) = (items(then), items(now));
    for (name, item) in &old {
        match new.get(name) {
            None => report(name, item.shown(), shown_package(now).label("not here any more")),
            Some(other) if item.same_edition(other) => {}
            Some(other) => report(name, item.shown(), other.shown()),
        }
    }
    for (name, item) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        report(name, shown_package(then).label("not here when it was released"), item.shown());
    }
}

/// What a package promises.
enum Item<'a> {
    Interface(&'a Interface),
    Function(&'a Function),
    /// One that no function shows.
    Type(&'a Arc<TypeDef>),
    World(&'a World),
}

impl Item<'_> {
    fn shown(&self) -> Shown {
        match self {
            Self::Interface(interface) => {
                Shown::new(interface.place.as_ref(), format!("interface {}", interface.id.name))
            }
            Self::Function(function) => shown_function(function),
            Self::Type(def) => Shown::new(def.place.as_ref(), format!("{} {}", def.kind.as_str(), def.name)),
            Self::World(world) => Shown::new(world.place.as_ref(), format!("world {}", world.name)),
        }
    }

    fn same_edition(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Function(one), Self::Function(other)) => {
                let digest = function_digest(one);
                digest.is_ok() && digest == function_digest(other) && same_tags(one, other)
            }
            (Self::Type(one), Self::Type(other)) => {
                let digest = |def: &Arc<TypeDef>| type_digest(&Type::Named(Arc::clone(def))).ok();
                digest(one).is_some() && digest(one) == digest(other) && same_type_tags(one, other)
            }
            // Their parts are items of their own.
            (Self::Interface(_), Self::Interface(_)) | (Self::World(_), Self::World(_)) => true,
            (Self::Interface(_) | Self::Function(_) | Self::Type(_) | Self::World(_), _) => false,
        }
    }
}

/// Interfaces and their functions, worlds and what they import and export, by name.
fn items(package: &Package) -> BTreeMap<String, Item<'_>> {
    let mut items = BTreeMap::new();
    for interface in &package.interfaces {
        items.insert(interface.id.name.clone(), Item::Interface(interface));
        for function in &interface.functions {
            items.insert(format!("{}.{}", interface.id.name, function.name), Item::Function(function));
        }
        // Where there are functions, they show the types that matter.
        for def in interface.types.iter().filter(|_| interface.functions.is_empty()) {
            items.insert(format!("{}.{}", interface.id.name, def.name), Item::Type(def));
        }
    }
    for world in &package.worlds {
        items.insert(format!("world {}", world.name), Item::World(world));
        for (way, list) in [("import", &world.imports), ("export", &world.exports)] {
            for item in list {
                let (name, item) = match item {
                    WorldItem::Interface(interface) => (interface.id.to_string(), Item::Interface(interface)),
                    WorldItem::Function(function) => (function.name.clone(), Item::Function(function)),
                    WorldItem::Type(_) => continue,
                };
                items.insert(format!("world {} {way} {name}", world.name), item);
            }
        }
    }
    items
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
    Frame {
        before: standing(party),
        after: standing(party),
        role: None,
        moves_first: None,
        path,
        hits,
        root: system.root.clone(),
    }
}

fn standing(party: Party) -> Standing {
    Standing { party, placeless: String::new() }
}
