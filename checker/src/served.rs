//! Worlds that firmwares call and no module of their class serves.

use std::collections::BTreeMap;

use linchpin_contract::{InterfaceId, World, WorldItem};

use crate::edges;
use crate::foreign::shares;
use crate::known::{Asker, Known};
use crate::rule::{Check, Frame, Shown};
use crate::system::{Firmware, Module, Runtime, System, Target};
use crate::verdict::Finding;
use crate::walk;

/// What the rule looks at: one world that is called in vain.
pub(crate) struct Unserved {
    pub(crate) target: String,
    /// As `acme:heater/forecast`.
    pub(crate) world: String,
    /// The firmwares that call it, oldest first.
    pub(crate) firmwares: Vec<String>,
    /// The first of them, where `linchpin.toml` names it.
    pub(crate) firmware: Shown,
    /// The world, where its contract is known.
    pub(crate) written: Option<Shown>,
}

/// Finds the worlds that device software calls and that no module here serves. A host of plug-ins has worlds of many
/// kinds and need not meet a plug-in of each, and a class without any module is not looked after here.
pub(crate) fn check(system: &System, known: &Known<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for target in &system.targets {
        let modules: Vec<&Module> =
            system.modules.iter().filter(|module| module.targets.contains(&target.name)).collect();
        if target.runtime == Runtime::Linchpin && !modules.is_empty() {
            let unserved = unserved(known, target, &modules);
            findings.extend(unserved.iter().flat_map(|unserved| report(system, unserved)));
        }
    }
    findings
}

fn unserved(known: &Known<'_>, target: &Target, modules: &[&Module]) -> Vec<Unserved> {
    let mut found: BTreeMap<String, Unserved> = BTreeMap::new();
    for firmware in &target.firmware {
        for world in in_vain(firmware, modules) {
            let name = name(world);
            let entry = found.entry(name.clone()).or_insert_with(|| Unserved {
                target: target.name.clone(),
                world: name,
                firmwares: Vec::new(),
                firmware: Shown::new(Some(&firmware.place), format!("firmware {}", firmware.version)),
                written: written(known, world),
            });
            entry.firmwares.push(firmware.version.to_string());
        }
    }
    found.into_values().collect()
}

/// The worlds of a firmware that share nothing with any of these modules, so that none was held to them.
fn in_vain<'f>(firmware: &'f Firmware, modules: &[&Module]) -> Vec<&'f World> {
    let mut left: Vec<&World> = firmware.descriptors.iter().map(|descriptor| &descriptor.world).collect();
    // The only world of a firmware is meant by every module.
    if left.len() == 1 {
        return Vec::new();
    }
    for module in modules {
        if left.is_empty() {
            break;
        }
        let shared = |world: &World| shares(&world.exports, &module.world.exports);
        // A module that shares nothing with any world is held to all of them.
        if firmware.descriptors.iter().any(|descriptor| shared(&descriptor.world)) {
            left.retain(|world| !shared(world));
        } else {
            left.clear();
        }
    }
    left
}

fn name(world: &World) -> String {
    let package = &world.package;
    let version = package.version.as_ref().map_or_else(String::new, |version| format!("@{version}"));
    format!("{}:{}/{}{version}", package.namespace, package.name, world.name)
}

/// A world out of a binary has no place, so its first interface shows where it is written.
fn written(known: &Known<'_>, world: &World) -> Option<Shown> {
    let first: Option<&InterfaceId> = world.exports.iter().find_map(|item| match item {
        WorldItem::Interface(interface) => Some(&interface.id),
        WorldItem::Function(_) | WorldItem::Type(_) => None,
    });
    let interface = || known.interface(first?, Asker::Firmware)?.place.as_ref();
    let place = world.place.as_ref().or_else(interface)?;
    Some(Shown::new(Some(place), format!("world {}", world.name)))
}

fn report(system: &System, unserved: &Unserved) -> Vec<Finding> {
    let frame: Frame = edges::frame(system, format!("target {}", unserved.target));
    let mut findings = Vec::new();
    walk::run(&frame, &[], &mut findings, |check, sink| {
        if let Check::Unserved(check) = check {
            check(unserved, sink);
        }
    });
    findings
}
