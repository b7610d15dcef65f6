//! The whole check: every artefact, every pair, one verdict.

use std::collections::BTreeMap;

use linchpin_contract::{Digest, Function, InterfaceId, function_digest};

use crate::artefacts;
use crate::judge::Judge;
use crate::system::{Module, System};
use crate::verdict::{Finding, Level, ModuleVerdict, PairLevel, SCHEMA_VERSION, SystemId, Verdict};

/// Checks a system: every module against every firmware of every target that it names, in both roles; every module
/// against purity and limits; every contract against what was released.
///
/// Reads nothing and fails never: whatever cannot be decided is a finding.
///
/// ```no_run
/// let system = linchpin_checker::load("linchpin.toml".as_ref())?;
/// let verdict = linchpin_checker::check(&system);
/// assert!(verdict.clean);
/// # Ok::<(), linchpin_checker::Error>(())
/// ```
pub fn check(system: &System) -> Verdict {
    let mut judge = Judge::new(system);
    let mut findings = artefacts::contracts(system);
    let mut pairs = Vec::new();
    for module in &system.modules {
        let (own, fault) = artefacts::module(system, judge.known(), module);
        findings.extend(own);
        for target in system.targets.iter().filter(|target| module.targets.contains(&target.name)) {
            let (own, limits) = artefacts::limits(module, target);
            findings.extend(own);
            for firmware in &target.firmware {
                pairs.extend(judge.pair(module, target, firmware, fault.max(limits)));
            }
        }
    }
    findings.extend(judge.into_findings());
    let findings = merged(findings);
    let clean = pairs.iter().all(|pair| pair.level == PairLevel::Ok)
        && findings.iter().all(|finding| finding.level != Level::Deny);
    Verdict {
        schema_version: SCHEMA_VERSION,
        checker: env!("CARGO_PKG_VERSION").to_owned(),
        system: SystemId { name: system.name.clone(), digest: system.digest },
        clean,
        modules: system.modules.iter().map(module_verdict).collect(),
        pairs,
        findings,
    }
}

/// One finding for each fault, however many functions and pairs meet it; in a fixed order.
fn merged(findings: Vec<Finding>) -> Vec<Finding> {
    let mut merged: Vec<Finding> = Vec::new();
    for finding in findings {
        let same = merged.iter_mut().find(|other| {
            other.rule == finding.rule && other.message == finding.message && other.sides == finding.sides
        });
        match same {
            Some(other) => other.hits.extend(finding.hits),
            None => merged.push(finding),
        }
    }
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

fn module_verdict(module: &Module) -> ModuleVerdict {
    let digest = |(interface, function): (Option<&InterfaceId>, &Function)| -> Option<(String, Digest)> {
        Some((function_path(interface, &function.name), function_digest(function).ok()?))
    };
    ModuleVerdict {
        name: module.name.clone(),
        version: module.version.to_string(),
        sha256: module.sha256,
        size_bytes: module.size_bytes,
        functions: module.exports().filter_map(digest).collect::<BTreeMap<_, _>>(),
    }
}

/// As `acme:water-heater/control@1.0.0.plan`.
pub(crate) fn function_path(interface: Option<&InterfaceId>, function: &str) -> String {
    interface.map_or_else(|| function.to_owned(), |interface| format!("{interface}.{function}"))
}
