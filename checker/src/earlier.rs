//! Module versions that are still in the field, on every firmware: what a rollout comes from.

use std::collections::BTreeMap;

use crate::check::judged;
use crate::fleet::Seen;
use crate::known::Known;
use crate::system::{Module, Origin, System};
use crate::verdict::{EarlierPair, Pair};
use crate::waivers::{Waivers, lift};

/// Judges every earlier version on every firmware. Its findings are no findings of the check: that something old does
/// not fit something new is what the order of a rollout is for.
pub(crate) fn judge(system: &System, known: &Known<'_>, waivers: &mut Waivers<'_>) -> Vec<EarlierPair> {
    if system.earlier.is_empty() {
        return Vec::new();
    }
    // Several versions of one module are as many modules here, so that each is asked for its own contract.
    let names: BTreeMap<String, (String, String)> = system
        .earlier
        .iter()
        .map(|module| (module.edition(), (module.name.clone(), module.version.to_string())))
        .collect();
    let modules = system.earlier.iter().map(|module| Module { name: module.edition(), ..module.clone() });
    let own_wit = |origin: &Origin| matches!(origin, Origin::Earlier { .. });
    let past = System {
        modules: modules.collect(),
        earlier: Vec::new(),
        contracts: system.contracts.iter().filter(|known| own_wit(&known.origin)).cloned().collect(),
        edges: Vec::new(),
        data: Vec::new(),
        fleet: None,
        waivers: Vec::new(),
        ..system.clone()
    };
    let (mut pairs, mut findings) = judged(&past, known);
    let restore = |name: &mut String| {
        if let Some((known, _)) = names.get(name) {
            name.clone_from(known);
        }
    };
    let editions: Vec<String> = pairs.iter().map(|pair| pair.module.clone()).collect();
    pairs.iter_mut().for_each(|pair| restore(&mut pair.module));
    findings.iter_mut().flat_map(|finding| &mut finding.hits).for_each(|hit| restore(&mut hit.module));
    let findings = waivers.apply(findings);
    pairs.iter_mut().for_each(|pair| lift(pair, &findings));
    let earlier = |(pair, edition): (Pair, String)| {
        let Pair { module, target, firmware, level, .. } = pair;
        let version = names.get(&edition).map(|(_, version)| version.clone()).unwrap_or_default();
        EarlierPair { module, version, target, firmware, level, devices: None }
    };
    pairs.into_iter().zip(editions).map(earlier).collect()
}

/// The pairs with how many devices have them.
pub(crate) fn counted(pairs: Vec<EarlierPair>, groups: Option<&[Seen<'_>]>) -> Vec<EarlierPair> {
    let mut devices: BTreeMap<(String, String, String, String), u64> = BTreeMap::new();
    for group in groups.into_iter().flatten() {
        let (Some(target), Some(firmware)) = (group.target, group.firmware) else { continue };
        for module in group.modules.values() {
            let key = (
                module.name.clone(),
                module.version.to_string(),
                target.name.clone(),
                firmware.version.to_string(),
            );
            let count = devices.entry(key).or_default();
            *count = count.saturating_add(group.devices);
        }
    }
    let counted = |pair: EarlierPair| {
        let key = (pair.module.clone(), pair.version.clone(), pair.target.clone(), pair.firmware.clone());
        let devices = groups.map(|_| devices.get(&key).copied().unwrap_or(0));
        EarlierPair { devices, ..pair }
    };
    pairs.into_iter().map(counted).collect()
}
