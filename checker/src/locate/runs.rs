//! On which firmwares a module version runs, by the verdict, and on how many devices, by the inventory.

use std::collections::BTreeMap;

use super::Run;
use crate::inventory::Group;
use crate::system::{Firmware, Module, System, Target};
use crate::verdict::{PairLevel, Verdict};

/// What the verdict says of every module version on every firmware.
pub(super) struct Levels<'v> {
    current: BTreeMap<(&'v str, &'v str, &'v str), PairLevel>,
    earlier: BTreeMap<(&'v str, &'v str, &'v str, &'v str), PairLevel>,
}

impl<'v> Levels<'v> {
    pub(super) fn of(verdict: &'v Verdict) -> Self {
        let current = verdict
            .pairs
            .iter()
            .map(|pair| ((pair.module.as_str(), pair.target.as_str(), pair.firmware.as_str()), pair.level));
        let earlier = verdict.earlier.iter().map(|pair| {
            let key =
                (pair.module.as_str(), pair.version.as_str(), pair.target.as_str(), pair.firmware.as_str());
            (key, pair.level)
        });
        Self { current: current.collect(), earlier: earlier.collect() }
    }

    fn of_pair(&self, module: &Module, current: bool, target: &str, firmware: &str) -> PairLevel {
        let version = module.version.to_string();
        let found = if current {
            self.current.get(&(module.name.as_str(), target, firmware))
        } else {
            self.earlier.get(&(module.name.as_str(), version.as_str(), target, firmware))
        };
        found.copied().unwrap_or(PairLevel::Unknown)
    }

    /// Every firmware that a module version is for.
    pub(super) fn runs(&self, system: &System, module: &Module, current: bool) -> Vec<Run> {
        let targets = system.targets.iter().filter(|target| module.targets.contains(&target.name));
        let all = targets.flat_map(|target| target.firmware.iter().map(move |firmware| (target, firmware)));
        all.map(|(target, firmware)| {
            let version = firmware.version.to_string();
            Run {
                level: self.of_pair(module, current, &target.name, &version),
                devices: devices(system, target, firmware, |group| {
                    group.modules.get(&module.name) == Some(&module.version)
                }),
                target: target.name.clone(),
                firmware: version,
            }
        })
        .collect()
    }
}

/// Devices of a class that have this firmware and of which something more holds.
pub(super) fn devices(
    system: &System,
    target: &Target,
    firmware: &Firmware,
    holds: impl Fn(&Group) -> bool,
) -> Option<u64> {
    let on = |group: &&Group| group.class == target.name && group.firmware == firmware.version;
    let groups = system.fleet.as_ref()?.inventory.groups.iter().filter(on);
    Some(crate::fleet::sum(groups.filter(|group| holds(group)).map(|group| group.count)))
}
