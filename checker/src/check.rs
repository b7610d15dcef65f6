//! The whole check: every artefact, every pair, one verdict.

use std::collections::BTreeMap;

use jiff::civil::Date;
use linchpin_contract::{Digest, InterfaceId, World};

use crate::artefacts;
use crate::judge::{Levels, judge};
use crate::known::Known;
use crate::system::{Module, System, Target};
use crate::verdict::{
    Finding, FirmwareVerdict, Level, ModuleVerdict, Pair, PairLevel, SCHEMA_VERSION, Side, SystemId, Verdict,
    Waiver,
};
use crate::waivers::Waivers;
use crate::{beyond, fleet, promises, served, waivers};

/// What a check needs to know beside the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The day on which waivers must still hold. The checker reads no clock.
    pub today: Date,
}

impl Options {
    /// A check on this day.
    pub fn on(today: Date) -> Self {
        Self { today }
    }
}

/// Checks a system: every module against every firmware of every target that it names, in both roles; every module
/// against purity and limits; every contract against what was released; every edge, recorded data, the inventory and
/// the order of a rollout.
///
/// Reads nothing and fails never: whatever cannot be decided is a finding.
///
/// ```no_run
/// use linchpin_checker::{Options, check, load};
///
/// let system = load("linchpin.toml".as_ref())?;
/// let verdict = check(&system, &Options::on("2026-06-30".parse().expect("a day")));
/// assert!(verdict.clean);
/// # Ok::<(), linchpin_checker::Error>(())
/// ```
pub fn check(system: &System, options: &Options) -> Verdict {
    let known = Known::of(system);
    let mut waivers = Waivers::on(system, options.today);
    let mut findings = artefacts::contracts(system);
    findings.extend(promises::steps(system));
    findings.extend(promises::overtaken(system));
    findings.extend(promises::gone(system));
    findings.extend(served::check(system, &known));
    let (mut pairs, met) = judged(system, &known);
    findings.extend(met);
    let mut findings = waivers.apply(findings);
    pairs.iter_mut().for_each(|pair| waivers::lift(pair, &findings));
    let beyond = beyond::judge(system, &known, &mut waivers, &pairs);
    findings.extend(beyond.findings);
    findings.extend(waivers.findings(system));
    let mut findings = merged(findings);
    if let Some(field) = &beyond.field {
        fleet::count(system, field, &mut findings);
    }
    let clean = pairs.iter().all(|pair| pair.level == PairLevel::Ok)
        && beyond.edges.iter().all(|edge| edge.level == PairLevel::Ok)
        && beyond.data.iter().all(|data| data.level == PairLevel::Ok)
        && findings.iter().all(|finding| finding.level != Level::Deny);
    Verdict {
        schema_version: SCHEMA_VERSION,
        checker: env!("CARGO_PKG_VERSION").to_owned(),
        system: SystemId { name: system.name.clone(), digest: system.digest },
        clean,
        modules: system.modules.iter().map(|module| module_verdict(module, &known)).collect(),
        firmwares: system.targets.iter().flat_map(|target| firmware_verdicts(target, &known)).collect(),
        pairs,
        edges: beyond.edges,
        data: beyond.data,
        earlier: beyond.earlier,
        fleet: beyond.fleet,
        rollout: beyond.steps,
        retire: beyond.retire,
        findings,
    }
}

/// Every module by itself, on every target, and on every firmware.
pub(crate) fn judged(system: &System, known: &Known<'_>) -> (Vec<Pair>, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut faults = BTreeMap::new();
    for module in &system.modules {
        let (own, fault) = artefacts::module(system, known, module);
        findings.extend(own);
        let (own, impure) = artefacts::purity(system, module);
        findings.extend(own);
        for target in system.targets.iter().filter(|target| module.targets.contains(&target.name)) {
            let (own, limits) = artefacts::limits(module, target);
            findings.extend(own);
            let pure = if target.runtime.asks_for_purity() { impure } else { Levels::OK };
            let key = (module.name.as_str(), &module.version, target.name.as_str());
            faults.insert(key, fault.max(pure).max(limits));
        }
    }
    let fault = |module: &Module, target: &Target| {
        let key = (module.name.as_str(), &module.version, target.name.as_str());
        faults.get(&key).copied().unwrap_or(Levels::OK)
    };
    let (pairs, met) = judge(system, known, fault);
    findings.extend(met);
    (pairs, findings)
}

/// One finding for each fault, however many functions and pairs meet it; in a fixed order.
fn merged(findings: Vec<Finding>) -> Vec<Finding> {
    type Key = (String, String, Vec<Side>, Option<Waiver>);
    let mut merged: BTreeMap<Key, Finding> = BTreeMap::new();
    for mut finding in findings {
        let waived = finding.waived.clone();
        let key = (finding.rule.clone(), finding.message.clone(), finding.sides.clone(), waived);
        let hits = std::mem::take(&mut finding.hits);
        merged.entry(key).or_insert(finding).hits.extend(hits);
    }
    let mut merged: Vec<Finding> = merged.into_values().collect();
    for finding in &mut merged {
        finding.hits.sort_unstable();
        finding.hits.dedup();
    }
    merged.sort_by(|a, b| {
        (a.level, &a.path, &a.rule, &a.sides, &a.message)
            .cmp(&(b.level, &b.path, &b.rule, &b.sides, &b.message))
    });
    merged
}

fn module_verdict(module: &Module, known: &Known<'_>) -> ModuleVerdict {
    ModuleVerdict {
        name: module.name.clone(),
        version: module.version.to_string(),
        sha256: module.sha256,
        size_bytes: module.size_bytes,
        functions: functions(&module.world, known).collect(),
    }
}

fn firmware_verdicts<'a>(
    target: &'a Target,
    known: &'a Known<'_>,
) -> impl Iterator<Item = FirmwareVerdict> + 'a {
    target.firmware.iter().map(|firmware| FirmwareVerdict {
        target: target.name.clone(),
        version: firmware.version.to_string(),
        descriptor_sha256: firmware.descriptor_sha256,
        functions: firmware
            .descriptors
            .iter()
            .flat_map(|descriptor| functions(&descriptor.world, known))
            .collect(),
    })
}

fn functions<'a>(world: &'a World, known: &'a Known<'_>) -> impl Iterator<Item = (String, Digest)> + 'a {
    world.exported_functions().filter_map(|(interface, function)| {
        Some((function_path(interface, &function.name), known.digest(function)?))
    })
}

/// As `acme:water-heater/control@1.0.0.plan`.
pub(crate) fn function_path(interface: Option<&InterfaceId>, function: &str) -> String {
    interface.map_or_else(|| function.to_owned(), |interface| format!("{interface}.{function}"))
}
