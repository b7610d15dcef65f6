//! The inventory against `linchpin.toml`: what is in the field and known, what is not, and how many devices a finding hits.

use std::collections::{BTreeMap, BTreeSet};

use linchpin_contract::Place;

use crate::config::did_you_mean;
use crate::edges;
use crate::inventory::Group;
use crate::rule::{Check, Shown};
use crate::system::{Fleet, Module, System, Target};
use crate::verdict::{Finding, Hit, Pair, PairLevel};
use crate::walk;

/// What the rules about the fleet look at.
pub(crate) enum FleetFault<'a> {
    /// Something in the field that `linchpin.toml` does not know.
    Unknown { what: String, devices: u64, help: String, shown: Shown },
    /// A module that few devices can use.
    Rare { module: &'a Module, usable: u64, devices: u64, least_percent: u64 },
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

/// The inventory, as far as it is known, and what is not.
pub(crate) struct Field<'s> {
    pub(crate) groups: Vec<KnownGroup<'s>>,
    pub(crate) unknown: u64,
    pub(crate) findings: Vec<Finding>,
}

/// Sorts the groups of the inventory into what is known and what is not.
pub(crate) fn field<'s>(system: &'s System, fleet: &'s Fleet) -> Field<'s> {
    let mut field = Field { groups: Vec::new(), unknown: 0, findings: Vec::new() };
    let mut strange: BTreeMap<String, (u64, String, &Place)> = BTreeMap::new();
    for group in &fleet.inventory.groups {
        match known(system, group) {
            Ok(known) => field.groups.push(known),
            Err(unknowns) => {
                field.unknown = field.unknown.saturating_add(group.count);
                for (what, help) in unknowns {
                    let entry = strange.entry(what).or_insert((0, help, &group.place));
                    entry.0 = entry.0.saturating_add(group.count);
                }
            }
        }
    }
    for (what, (devices, help, place)) in strange {
        let shown = Shown::new(Some(place), what.clone());
        let fault = FleetFault::Unknown { what, devices, help, shown };
        field.findings.extend(findings(system, &fault, devices, Vec::new()));
    }
    field
}

/// The group with everything that `linchpin.toml` knows of it; else everything that it does not know, with what was
/// probably meant.
fn known<'s>(system: &'s System, group: &'s Group) -> Result<KnownGroup<'s>, Vec<(String, String)>> {
    let Some(target) = system.targets.iter().find(|target| target.name == group.class) else {
        let names: Vec<&str> = system.targets.iter().map(|target| target.name.as_str()).collect();
        return Err(vec![(format!("class `{}`", group.class), did_you_mean(&group.class, &names))]);
    };
    let mut unknowns = Vec::new();
    let firmware = target.firmware.iter().position(|firmware| firmware.version == group.firmware);
    if firmware.is_none() {
        unknowns.push((
            format!("firmware {} of `{}`", group.firmware, target.name),
            format!("keep its descriptor and name it in `[targets.{}]`", target.name),
        ));
    }
    let mut modules = BTreeMap::new();
    for (name, version) in &group.modules {
        let mut versions = system.versions_of(name).peekable();
        let Some(first) = versions.peek().copied() else {
            let names: Vec<&str> = system.modules.iter().map(|module| module.name.as_str()).collect();
            unknowns.push((format!("module `{name}`"), did_you_mean(name, &names)));
            continue;
        };
        match versions.find(|module| module.version == *version) {
            Some(module) if module.targets.contains(&target.name) => {
                modules.insert(name.as_str(), module);
            }
            Some(_) => unknowns.push((
                format!("module `{name}` on `{}`", target.name),
                format!("add `{}` to the targets of `[modules.{name}]`", target.name),
            )),
            None => unknowns.push((
                format!("module `{name}` {version}"),
                format!(
                    "keep its component and name it in `earlier` of `[modules.{name}]`, which is at {}",
                    first.version
                ),
            )),
        }
    }
    match firmware {
        Some(firmware) if unknowns.is_empty() => {
            Ok(KnownGroup { target, firmware, modules, devices: group.count, place: &group.place })
        }
        Some(_) | None => Err(unknowns),
    }
}

/// Modules that only a small share of the fleet can use.
pub(crate) fn rare(system: &System, fleet: &Fleet, field: &Field<'_>, pairs: &[Pair]) -> Vec<Finding> {
    let devices = fleet.inventory.devices();
    let by_firmware = by_firmware(&field.groups);
    let mut usable: BTreeMap<&str, u64> = BTreeMap::new();
    for pair in pairs.iter().filter(|pair| pair.level == PairLevel::Ok) {
        let more = by_firmware.get(&(pair.target.as_str(), pair.firmware.clone())).copied().unwrap_or(0);
        let sum = usable.entry(pair.module.as_str()).or_default();
        *sum = sum.saturating_add(more);
    }
    let mut found = Vec::new();
    for module in &system.modules {
        let usable = usable.get(module.name.as_str()).copied().unwrap_or(0);
        let share = u128::from(usable) * 100;
        if devices > 0 && share < u128::from(fleet.least_percent) * u128::from(devices) {
            let hit = Hit { module: module.name.clone(), version: module.version.to_string(), on: None };
            let fault = FleetFault::Rare { module, usable, devices, least_percent: fleet.least_percent };
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

/// Writes into each finding about pairs how many devices of the field it hits.
pub(crate) fn count(system: &System, groups: &[KnownGroup<'_>], findings: &mut [Finding]) {
    let by_firmware = by_firmware(groups);
    for finding in findings.iter_mut().filter(|finding| finding.devices.is_none() && !finding.hits.is_empty())
    {
        let firmwares: BTreeSet<(&str, &str)> = finding
            .hits
            .iter()
            .filter_map(|hit| hit.on.as_ref().map(|on| (on.target.as_str(), on.firmware.as_str())))
            .collect();
        let modules = finding.hits.iter().filter(|hit| hit.on.is_none());
        let modules = modules.flat_map(|hit| system.versions_of(&hit.module));
        let targets: BTreeSet<&String> = modules.flat_map(|module| &module.targets).collect();
        let hit = |(target, firmware): &(&str, String)| {
            firmwares.contains(&(*target, firmware.as_str())) || targets.iter().any(|name| name == target)
        };
        finding.devices =
            Some(sum(by_firmware.iter().filter(|(key, _)| hit(key)).map(|(_, devices)| *devices)));
    }
}

/// Devices of each class on each firmware.
fn by_firmware<'g>(groups: &'g [KnownGroup<'_>]) -> BTreeMap<(&'g str, String), u64> {
    let mut by_firmware = BTreeMap::new();
    for group in groups {
        if let Some(firmware) = group.target.firmware.get(group.firmware) {
            let key = (group.target.name.as_str(), firmware.version.to_string());
            let devices: &mut u64 = by_firmware.entry(key).or_default();
            *devices = devices.saturating_add(group.devices);
        }
    }
    by_firmware
}

pub(crate) fn sum(numbers: impl Iterator<Item = u64>) -> u64 {
    numbers.fold(0, u64::saturating_add)
}
