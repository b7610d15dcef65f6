//! From the checker's verdict to what an attestation says.

use std::collections::BTreeSet;

use linchpin_checker::Verdict;
use linchpin_checker::system::{Module, System};
use linchpin_checker::verdict::{self, PairLevel};
use linchpin_trust::{
    Checker, Edge, Endpoint, FunctionDigest, Level, Limits, Pair, Role, Sha256Digest,
    System as AttestedSystem, UnixSeconds, VerdictPredicate,
};

use super::SignArgs;
use crate::verify::now;

/// What the attestation says of `modules`: every pair of the verdict about them and the chosen device classes.
pub(super) fn predicate(
    system: &System,
    checked: &Verdict,
    modules: &[&Module],
    args: &SignArgs,
    counter: u64,
) -> VerdictPredicate {
    let classes = device_classes(modules, args);
    let about = |pair: &&verdict::Pair| {
        classes.contains(&pair.target) && modules.iter().any(|module| module.name == pair.module)
    };
    let issued_at = args.issued_at.unwrap_or_else(now);
    let expires_at =
        args.expires_days.map(|days| UnixSeconds(issued_at.saturating_add(u64::from(days) * 86_400)));
    let targets = system.targets.iter().filter(|target| classes.contains(&target.name));
    VerdictPredicate {
        system: AttestedSystem {
            name: checked.system.name.clone(),
            sha256: Sha256Digest(checked.system.digest.0),
        },
        checker: Checker { name: "linchpin".into(), version: checked.checker.clone() },
        counter,
        issued_at: UnixSeconds(issued_at),
        expires_at,
        pairs: checked.pairs.iter().filter(about).flat_map(|pair| roles(pair, modules)).collect(),
        edges: edges(checked, modules),
        limits: targets.map(|target| (target.name.clone(), limits(&target.limits))).collect(),
        functions: modules.iter().map(|module| (module.name.clone(), functions(module))).collect(),
        measured: std::collections::BTreeMap::new(),
        device_classes: classes,
    }
}

/// Every edge of the verdict that touches these modules, and what recorded data feeds them. Edges of versions that are
/// still in the field are about other bytes than those that are attested.
fn edges(checked: &Verdict, modules: &[&Module]) -> Vec<Edge> {
    let attested = |name: &str| modules.iter().find(|module| module.name == name);
    let other_bytes = |end: &verdict::EdgeEnd| {
        attested(&end.module).is_some_and(|module| end.sha256 != Some(module.sha256))
    };
    let about = |edge: &&verdict::EdgeVerdict| {
        [&edge.from, &edge.to].iter().any(|end| attested(&end.module).is_some())
            && ![&edge.from, &edge.to].iter().any(|end| other_bytes(end))
    };
    // A clean verdict has the digest of every end.
    let end = |end: &verdict::EdgeEnd| {
        Some(Endpoint {
            module: end.module.clone(),
            module_sha256: Sha256Digest(end.sha256?.0),
            path: end.path.clone(),
        })
    };
    let edge = |edge: &verdict::EdgeVerdict| {
        Some(Edge { from: end(&edge.from)?, to: end(&edge.to)?, level: level(edge.level) })
    };
    let edges = checked.edges.iter().filter(about).filter_map(edge);
    let fed = |data: &verdict::DataVerdict| {
        let (module, function) = data.feeds.split_once('/')?;
        let module = attested(module)?;
        let from = Endpoint {
            module: data.name.clone(),
            module_sha256: Sha256Digest(data.sha256.0),
            path: "rows".to_owned(),
        };
        let to = Endpoint {
            module: module.name.clone(),
            module_sha256: Sha256Digest(module.sha256.0),
            path: function.to_owned(),
        };
        Some(Edge { from, to, level: level(data.level) })
    };
    edges.chain(checked.data.iter().filter_map(fed)).collect()
}

fn device_classes(modules: &[&Module], args: &SignArgs) -> BTreeSet<String> {
    if args.device_class.is_empty() {
        return modules.iter().flat_map(|module| module.targets.iter().cloned()).collect();
    }
    args.device_class.iter().cloned().collect()
}

/// Both roles of a pair: the runtime gives the same answer whichever side is the newer one.
fn roles(pair: &verdict::Pair, modules: &[&Module]) -> Vec<Pair> {
    let module = modules.iter().find(|module| module.name == pair.module);
    let of = |module: &Module, role| Pair {
        module: pair.module.clone(),
        module_sha256: Sha256Digest(module.sha256.0),
        target: pair.target.clone(),
        firmware: pair.firmware.clone(),
        role,
        level: level(pair.level),
    };
    let both = |module: &&Module| [of(module, Role::ModuleUpgrade), of(module, Role::HostUpgrade)];
    module.map(both).into_iter().flatten().collect()
}

fn level(level: PairLevel) -> Level {
    match level {
        PairLevel::Ok => Level::Ok,
        PairLevel::Hazard => Level::Other("hazard".into()),
        PairLevel::Conditional => Level::Other("conditional".into()),
        PairLevel::CallFail => Level::Other("call-fail".into()),
        PairLevel::LinkFail => Level::Other("link-fail".into()),
        PairLevel::Unknown => Level::Other("unknown".into()),
    }
}

/// What the target grants; where it says nothing, what the host grants by itself.
fn limits(limits: &linchpin_checker::system::Limits) -> Limits {
    let host = linchpin_host::Limits::default();
    Limits {
        memory_bytes: limits.memory_bytes.unwrap_or(host.memory_bytes as u64),
        instructions: limits.instructions.unwrap_or(host.instructions),
        size_bytes: limits.size_bytes.unwrap_or(host.component_bytes as u64),
    }
}

/// The checker has read every digest already, and one that cannot be had is a finding there.
fn functions(module: &Module) -> Vec<FunctionDigest> {
    module
        .world
        .exported_functions()
        .filter_map(|(interface, function)| {
            let digest = linchpin_contract::function_digest(function).ok()?;
            let interface =
                interface.map_or_else(|| crate::text::world_name(&module.world), ToString::to_string);
            Some(FunctionDigest { interface, name: function.name.clone(), digest: Sha256Digest(digest.0) })
        })
        .collect()
}
