//! One class of device as numbers: its firmwares, the versions of its modules, and what fits what.

use std::collections::BTreeMap;

use super::search::{Move, State};
use super::{Fits, Start};
use crate::fleet::KnownGroup;
use crate::system::{Edge, Module, System, Target};
use crate::verdict::PairLevel;

/// Without an inventory, so many combinations are looked at for one class; beyond it nothing is decided.
const MAX_STARTS: usize = 4_096;

/// One class of device.
pub(super) struct Class<'s> {
    pub(super) target: &'s Target,
    /// The modules for the class, and their versions from old to new.
    modules: Vec<Vec<&'s Module>>,
    /// The newest firmware, and each module's version of `linchpin.toml`.
    pub(super) goal: State,
    /// By module, version and firmware.
    levels: Vec<Vec<Vec<PairLevel>>>,
    /// Edges between two modules of the class.
    edges: Vec<(&'s Edge, usize, usize)>,
    /// By edge and both versions.
    held: BTreeMap<(usize, u16, u16), bool>,
}

/// Two things of a device that do not fit.
pub(super) struct Clash {
    pub(super) one: String,
    pub(super) other: String,
}

impl<'s> Class<'s> {
    pub(super) fn of(system: &'s System, target: &'s Target, fits: &Fits<'_>) -> Self {
        let current = system.modules.iter().filter(|module| module.targets.contains(&target.name));
        let modules: Vec<Vec<&Module>> = current
            .map(|module| {
                let mut versions: Vec<&Module> = system.versions_of(&module.name).collect();
                versions.sort_by(|one, other| one.version.cmp(&other.version));
                versions
            })
            .collect();
        let levels = modules.iter().map(|versions| {
            let on = |module: &&Module| {
                let level = |firmware: &crate::system::Firmware| {
                    let (version, firmware) = (module.version.to_string(), firmware.version.to_string());
                    fits.pair(&module.name, version, &target.name, &firmware)
                };
                target.firmware.iter().map(level).collect()
            };
            versions.iter().map(on).collect()
        });
        let levels = levels.collect();
        let position =
            |name: &str| modules.iter().position(|versions| versions.iter().any(|it| it.name == name));
        let edge =
            |edge: &'s Edge| Some((edge, position(&edge.from.module.name)?, position(&edge.to.module.name)?));
        let edges = system.edges.iter().filter_map(edge).collect();
        let goal =
            [number(target.firmware.len())].into_iter().chain(modules.iter().map(|it| number(it.len())));
        let goal = goal.collect();
        Self { target, modules, goal, levels, edges, held: BTreeMap::new() }
    }

    /// Where devices begin, and whether that is all of them.
    pub(super) fn starts(
        &mut self,
        groups: Option<&[KnownGroup<'_>]>,
        fits: &mut Fits<'_>,
    ) -> (Vec<Start>, bool) {
        match groups {
            Some(groups) => (self.listed(groups), true),
            None => self.possible(fits),
        }
    }

    fn listed(&self, groups: &[KnownGroup<'_>]) -> Vec<Start> {
        let mut starts: BTreeMap<State, Start> = BTreeMap::new();
        for group in groups.iter().filter(|group| group.target.name == self.target.name && group.devices > 0)
        {
            let version = |versions: &Vec<&Module>| {
                let name = versions.first().map(|module| module.name.as_str()).unwrap_or_default();
                let found = group.modules.get(name);
                let found =
                    found.and_then(|module| versions.iter().position(|it| it.version == module.version));
                found.map_or(0, |index| number(index + 1))
            };
            let state: State =
                [number(group.firmware + 1)].into_iter().chain(self.modules.iter().map(version)).collect();
            let place = Some(group.place.clone());
            let start = starts.entry(state.clone()).or_insert(Start { state, devices: Some(0), place });
            start.devices = start.devices.map(|devices| devices.saturating_add(group.devices));
        }
        starts.into_values().collect()
    }

    /// Every combination of a firmware and a version of each module that fits.
    fn possible(&mut self, fits: &mut Fits<'_>) -> (Vec<Start>, bool) {
        let mut states: Vec<State> =
            (1..=number(self.target.firmware.len())).map(|firmware| vec![firmware]).collect();
        for (index, versions) in self.modules.clone().iter().enumerate() {
            let mut longer = Vec::new();
            for state in &states {
                for version in 1..=number(versions.len()) {
                    let next = [state.as_slice(), &[version]].concat();
                    if self.fits(&next, index + 1, fits) {
                        longer.push(next);
                    }
                }
                if longer.len() > MAX_STARTS {
                    return (Vec::new(), false);
                }
            }
            states = longer;
        }
        (states.into_iter().map(|state| Start { state, devices: None, place: None }).collect(), true)
    }

    /// Whether a state fits, if all but this number of it is known to fit. Numbers beyond its end are not there yet.
    pub(super) fn fits(&mut self, state: &State, changed: usize, fits: &mut Fits<'_>) -> bool {
        self.clashes_of(state, changed, fits, true).is_empty()
    }

    /// Whether every part of a state fits every other.
    pub(super) fn fits_whole(&mut self, state: &State, fits: &mut Fits<'_>) -> bool {
        (0..state.len()).all(|changed| self.fits(state, changed, fits))
    }

    /// What of a state does not fit one number of it.
    pub(super) fn clashes(&mut self, state: &State, changed: usize, fits: &mut Fits<'_>) -> Vec<Clash> {
        self.clashes_of(state, changed, fits, false)
    }

    fn clashes_of(&mut self, state: &State, changed: usize, fits: &mut Fits<'_>, first: bool) -> Vec<Clash> {
        let mut clashes = Vec::new();
        let variables = if changed == 0 { 1..state.len() } else { changed..changed + 1 };
        for variable in variables {
            if !self.pair_fits(state, variable) {
                clashes.push(Clash { one: self.name(state, variable), other: self.name(state, 0) });
                if first {
                    return clashes;
                }
            }
        }
        if changed == 0 {
            return clashes;
        }
        for index in 0..self.edges.len() {
            let Some(&(_, from, to)) = self.edges.get(index) else { continue };
            let touches = from + 1 == changed || to + 1 == changed;
            if touches && !self.edge_fits(state, index, fits) {
                clashes.push(Clash { one: self.name(state, from + 1), other: self.name(state, to + 1) });
                if first {
                    return clashes;
                }
            }
        }
        clashes
    }

    fn pair_fits(&self, state: &State, variable: usize) -> bool {
        let at = |index: usize| state.get(index).copied().unwrap_or_default();
        let (Some(version), Some(firmware)) = (at(variable).checked_sub(1), at(0).checked_sub(1)) else {
            return true;
        };
        let versions = self.levels.get(variable.wrapping_sub(1));
        let levels = versions.and_then(|versions| versions.get(usize::from(version)));
        let level = levels.and_then(|levels| levels.get(usize::from(firmware)));
        level.is_some_and(|level| *level == PairLevel::Ok)
    }

    fn edge_fits(&mut self, state: &State, index: usize, fits: &mut Fits<'_>) -> bool {
        let Some(&(edge, from, to)) = self.edges.get(index) else { return true };
        let (Some(given), Some(taken)) = (self.module(state, from + 1), self.module(state, to + 1)) else {
            return true;
        };
        let at = |index: usize| state.get(index).copied().unwrap_or_default();
        let key = (index, at(from + 1), at(to + 1));
        *self.held.entry(key).or_insert_with(|| (fits.edge)(edge, given, taken))
    }

    /// The module version of one number of a state; absent where the device does not have it.
    pub(super) fn module(&self, state: &State, variable: usize) -> Option<&'s Module> {
        let version = state.get(variable)?.checked_sub(1)?;
        self.modules.get(variable.checked_sub(1)?)?.get(usize::from(version)).copied()
    }

    /// The firmware of a state.
    pub(super) fn firmware(&self, state: &State) -> String {
        let firmware = state.first().and_then(|number| number.checked_sub(1));
        let firmware = firmware.and_then(|index| self.target.firmware.get(usize::from(index)));
        firmware.map_or_else(String::new, |firmware| firmware.version.to_string())
    }

    /// The modules of a state, with their versions.
    pub(super) fn modules_of(&self, state: &State) -> BTreeMap<String, String> {
        let modules = (1..state.len()).filter_map(|variable| self.module(state, variable));
        modules.map(|module| (module.name.clone(), module.version.to_string())).collect()
    }

    /// One number of a state for people.
    pub(super) fn name(&self, state: &State, variable: usize) -> String {
        match self.module(state, variable) {
            Some(module) => format!("`{}` {}", module.name, module.version),
            None => format!("firmware {}", self.firmware(state)),
        }
    }

    /// A step for people, as what it makes of a state.
    pub(super) fn after(&self, state: &State, step: Move) -> String {
        self.name(&super::search::raised(state, step), step.variable)
    }
}

/// Versions are few.
fn number(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}
