//! A current contract against a promise of the very version that it has, item by item.

use std::collections::BTreeMap;

use linchpin_contract::{Package, WorldItem};

use crate::items::Item;
use crate::pair::shown_package;
use crate::rule::{Check, Frame, Reissued, Shown};
use crate::system::{KnownContract, Origin, System};
use crate::verdict::{Finding, Party};
use crate::walk;

/// Every item of a current contract that is not as it was promised.
pub(crate) fn reissued(system: &System, current: &KnownContract, promise: &KnownContract) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (Some(now), Some(then)) = (current.contract.main(), promise.contract.main()) else { return findings };
    let frame = Frame::between(system, Party::Released, Party::Current, now.id.to_string());
    let promise = if promise.origin == Origin::Baseline { "is in the baseline" } else { "was released" };
    let mut report = |item: &str, released: Shown, current: Shown| {
        let package = now.id.to_string();
        let reissued = Reissued { package, item: item.to_owned(), promise, released, current };
        walk::run(&frame, &[], &mut findings, |check, sink| {
            if let Check::Reissued(check) = check {
                check(&reissued, sink);
            }
        });
    };
    let (old, new) = (items(then), items(now));
    for (name, item) in &old {
        match new.get(name) {
            None if goes_with_another(name, &old, &new) => {}
            None => report(name, item.shown(), shown_package(now).label("not here any more")),
            Some(other) if item.same_edition(other) => {}
            Some(other) => report(name, item.shown(), other.shown()),
        }
    }
    for (name, item) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        if !goes_with_another(name, &new, &old) {
            report(name, shown_package(then).label("not here when it was promised"), item.shown());
        }
    }
    findings
}

type Items<'a> = BTreeMap<String, Item<'a>>;

/// Whether the whole interface or world that an item is in is there on one side alone, which is told by itself.
fn goes_with_another(name: &str, here: &Items<'_>, there: &Items<'_>) -> bool {
    let ends = name.match_indices(['.', ' ']).map(|(at, _)| at);
    let mut owners = ends.filter_map(|at| name.get(..at));
    owners.any(|owner| here.contains_key(owner) && !there.contains_key(owner))
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
