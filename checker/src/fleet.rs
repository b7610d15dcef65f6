//! The inventory against `linchpin.toml`: what is in the field and known, what is not, and how many devices a finding hits.

use std::collections::{BTreeMap, BTreeSet};

use linchpin_contract::Place;
use semver::Version;

use crate::config::did_you_mean;
use crate::edges;
use crate::inventory::Group;
use crate::rule::{Check, Shown};
use crate::system::{Firmware, Fleet, Module, System, Target};
use crate::verdict::{Finding, Hit, Pair, PairLevel};
use crate::walk;

/// What the rules about the fleet look at.
pub(crate) enum FleetFault<'a> {
    /// Something in the field that `linchpin.toml` does not know.
    Unknown { what: String, devices: u64, help: String, shown: Shown },
    /// A module that few devices can use, and whether some of these are not known well enough to be sure of them.
    Rare { module: &'a Module, usable: u64, unsure: bool, devices: u64, least_percent: u64 },
}

/// Devices of which everything is known.
#[derive(Debug, Clone)]
pub(crate) struct KnownGroup<'s> {
    pub(crate) target: &'s Target,
    /// Which of the target's firmwares.
    pub(crate) firmware: usize,
    pub(crate) modules: BTreeMap<&'s str, &'s Module>,
    pub(crate) devices: u64,
    pub(crate) place: &'s Place,
}

/// Devices, as far as they are known.
#[derive(Debug, Clone)]
pub(crate) struct Seen<'s> {
    pub(crate) target: Option<&'s Target>,
    pub(crate) firmware: Option<&'s Firmware>,
    /// Those that are known.
    pub(crate) modules: BTreeMap<&'s str, &'s Module>,
    pub(crate) devices: u64,
}

/// The inventory, as far as it is known, and what is not.
pub(crate) struct Field<'s> {
    pub(crate) groups: Vec<KnownGroup<'s>>,
    /// Every group; one with anything unknown is no group of a rollout and is counted all the same.
    pub(crate) seen: Vec<Seen<'s>>,
    pub(crate) unknown: u64,
    pub(crate) findings: Vec<Finding>,
}

/// Sorts the groups of the inventory into what is known and what is not.
pub(crate) fn field<'s>(system: &'s System, fleet: &'s Fleet) -> Field<'s> {
    let mut field = Field { groups: Vec::new(), seen: Vec::new(), unknown: 0, findings: Vec::new() };
    let mut strange: BTreeMap<String, (u64, String, &Place)> = BTreeMap::new();
    for group in &fleet.inventory.groups {
        let (seen, unknowns) = seen(system, group);
        match seen.whole(group).filter(|_| unknowns.is_empty()) {
            Some(known) => field.groups.push(known),
            None => {
                field.unknown = field.unknown.saturating_add(group.count);
                for (what, help) in unknowns {
                    let entry = strange.entry(what).or_insert((0, help, &group.place));
                    entry.0 = entry.0.saturating_add(group.count);
                }
            }
        }
        field.seen.push(seen);
    }
    for (what, (devices, help, place)) in strange {
        let shown = Shown::new(Some(place), what.clone());
        let fault = FleetFault::Unknown { what, devices, help, shown };
        field.findings.extend(findings(system, &fault, devices, Vec::new()));
    }
    field
}

impl<'s> Seen<'s> {
    /// The group, where nothing of it is unknown.
    fn whole(&self, group: &'s Group) -> Option<KnownGroup<'s>> {
        let (target, firmware) = (self.target?, self.firmware?);
        let firmware = target.firmware.iter().position(|known| known.version == firmware.version)?;
        let modules = self.modules.clone();
        Some(KnownGroup { target, firmware, modules, devices: group.count, place: &group.place })
    }
}

/// What `linchpin.toml` knows of a group, and everything that it does not know, with what was probably meant.
fn seen<'s>(system: &'s System, group: &'s Group) -> (Seen<'s>, Vec<(String, String)>) {
    let target = system.targets.iter().find(|target| target.name == group.class);
    let mut unknowns = Vec::new();
    let Some(target) = target else {
        let names: Vec<&str> = system.targets.iter().map(|target| target.name.as_str()).collect();
        unknowns.push((format!("class `{}`", group.class), did_you_mean(&group.class, &names)));
        // Its modules may be known; whether they may be on such a device is not.
        let known = |(name, version): (&'s String, &Version)| {
            let module = system.versions_of(name).find(|module| module.version == *version)?;
            Some((name.as_str(), module))
        };
        let modules = group.modules.iter().filter_map(known).collect();
        return (Seen { target: None, firmware: None, modules, devices: group.count }, unknowns);
    };
    let firmware = target.firmware.iter().find(|firmware| firmware.version == group.firmware);
    if firmware.is_none() {
        unknowns.push((
            format!("firmware {} of `{}`", group.firmware, target.name),
            format!("keep its descriptor and name it in `[targets.{}]`", target.name),
        ));
    }
    let mut modules = BTreeMap::new();
    for (name, version) in &group.modules {
        match module(system, target, name, version) {
            Ok(module) => drop(modules.insert(name.as_str(), module)),
            Err(unknown) => unknowns.push(unknown),
        }
    }
    (Seen { target: Some(target), firmware, modules, devices: group.count }, unknowns)
}

/// A module version that a device of this class has; else what is unknown of it.
fn module<'s>(
    system: &'s System,
    target: &Target,
    name: &str,
    version: &Version,
) -> Result<&'s Module, (String, String)> {
    let mut versions = system.versions_of(name).peekable();
    let Some(first) = versions.peek().copied() else {
        let names: Vec<&str> = system.modules.iter().map(|module| module.name.as_str()).collect();
        return Err((format!("module `{name}`"), did_you_mean(name, &names)));
    };
    match versions.find(|module| module.version == *version) {
        Some(module) if module.targets.contains(&target.name) => Ok(module),
        Some(_) => Err((
            format!("module `{name}` on `{}`", target.name),
            format!("add `{}` to the targets of `[modules.{name}]`", target.name),
        )),
        None => Err((
            format!("module `{name}` {version}"),
            format!(
                "keep its component and name it in `earlier` of `[modules.{name}]`, which is at {}",
                first.version
            ),
        )),
    }
}

/// Modules that only a small share of the fleet can use. A device of which class or firmware is unknown may be one that
/// can, so that what is unknown never makes a module rare.
pub(crate) fn rare(system: &System, fleet: &Fleet, field: &Field<'_>, pairs: &[Pair]) -> Vec<Finding> {
    let devices = fleet.inventory.devices();
    let by_firmware = by_firmware(&field.seen);
    let mut usable: BTreeMap<&str, u64> = BTreeMap::new();
    for pair in pairs.iter().filter(|pair| pair.level == PairLevel::Ok) {
        let more = by_firmware.get(&(pair.target.as_str(), pair.firmware.clone())).copied().unwrap_or(0);
        let sum = usable.entry(pair.module.as_str()).or_default();
        *sum = sum.saturating_add(more);
    }
    let mut found = Vec::new();
    for module in &system.modules {
        let may_use = |seen: &&Seen<'_>| {
            seen.firmware.is_none() && seen.target.is_none_or(|target| module.targets.contains(&target.name))
        };
        let unsure = sum(field.seen.iter().filter(may_use).map(|seen| seen.devices));
        let usable = usable.get(module.name.as_str()).copied().unwrap_or(0).saturating_add(unsure);
        let share = u128::from(usable) * 100;
        if devices > 0 && share < u128::from(fleet.least_percent) * u128::from(devices) {
            let hit = Hit { module: module.name.clone(), version: module.version.to_string(), on: None };
            let (unsure, least_percent) = (unsure > 0, fleet.least_percent);
            let fault = FleetFault::Rare { module, usable, unsure, devices, least_percent };
            found.extend(findings(system, &fault, usable, vec![hit]));
        }
    }
    found
}

fn findings(system: &System, fault: &FleetFault<'_>, devices: u64, hits: Vec<Hit>) -> Vec<Finding> {
    let frame = crate::rule::Frame { hits, ..edges::frame(system, "inventory".to_owned()) };
    let mut findings = Vec::new();
    walk::run(&frame, &[], &mut findings, |check, sink| {
        if let Check::Fleet(check) = check {
            check(fault, sink);
        }
    });
    for finding in &mut findings {
        finding.devices = Some(devices);
    }
    findings
}

/// Writes into each finding about pairs how many devices of the field it hits. Of a device with anything unknown, what
/// is known decides.
pub(crate) fn count(system: &System, field: &Field<'_>, findings: &mut [Finding]) {
    let groups = merged(&field.seen);
    for finding in findings.iter_mut().filter(|finding| finding.devices.is_none() && !finding.hits.is_empty())
    {
        let pairs: BTreeSet<(&str, &str)> = finding
            .hits
            .iter()
            .filter_map(|hit| hit.on.as_ref().map(|on| (on.target.as_str(), on.firmware.as_str())))
            .collect();
        let classes: BTreeSet<&str> = pairs.iter().map(|(target, _)| *target).collect();
        let modules = finding.hits.iter().filter(|hit| hit.on.is_none());
        let modules = modules.flat_map(|hit| system.versions_of(&hit.module));
        let targets: BTreeSet<&str> =
            modules.flat_map(|module| &module.targets).map(String::as_str).collect();
        let editions: BTreeSet<(&str, &str)> =
            finding.hits.iter().map(|hit| (hit.module.as_str(), hit.version.as_str())).collect();
        let is_hit = |(group, _): &(&Merged<'_>, &u64)| match group {
            Merged::Firmware(target, firmware) => {
                targets.contains(target) || pairs.contains(&(*target, firmware.as_str()))
            }
            Merged::Class(target) => targets.contains(target) || classes.contains(target),
            Merged::Modules(modules) => {
                modules.iter().any(|(name, version)| editions.contains(&(*name, version.as_str())))
            }
        };
        finding.devices = Some(sum(groups.iter().filter(is_hit).map(|(_, devices)| *devices)));
    }
}

/// What is known of devices, as far as a count of them needs it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Merged<'g> {
    Firmware(&'g str, String),
    /// Devices of this class with an unknown firmware.
    Class(&'g str),
    /// Devices of an unknown class with these modules.
    Modules(Vec<(&'g str, String)>),
}

/// How many devices there are of each kind.
fn merged<'g>(seen: &'g [Seen<'_>]) -> BTreeMap<Merged<'g>, u64> {
    let mut merged = BTreeMap::new();
    for group in seen {
        let key = match (group.target, group.firmware) {
            (Some(target), Some(firmware)) => {
                Merged::Firmware(target.name.as_str(), firmware.version.to_string())
            }
            (Some(target), None) => Merged::Class(target.name.as_str()),
            (None, _) => {
                let modules = group.modules.values();
                Merged::Modules(
                    modules.map(|module| (module.name.as_str(), module.version.to_string())).collect(),
                )
            }
        };
        let devices: &mut u64 = merged.entry(key).or_default();
        *devices = devices.saturating_add(group.devices);
    }
    merged
}

/// Devices of each class on each firmware.
fn by_firmware<'g>(seen: &'g [Seen<'_>]) -> BTreeMap<(&'g str, String), u64> {
    let known = merged(seen).into_iter().filter_map(|(group, devices)| match group {
        Merged::Firmware(target, firmware) => Some(((target, firmware), devices)),
        Merged::Class(_) | Merged::Modules(_) => None,
    });
    known.collect()
}

pub(crate) fn sum(numbers: impl Iterator<Item = u64>) -> u64 {
    numbers.fold(0, u64::saturating_add)
}
