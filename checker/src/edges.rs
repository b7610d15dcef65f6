//! Edges: what one function gives feeds what another takes, for every module version that may stand at an end.
//!
//! ```text
//! linchpin.toml ─▶ endpoint ─▶ resolve ─▶ program (typed) ─▶ found ─▶ rules
//!                   (text)    (type, tags) by_name (dynamic)
//! ```

mod by_name;
pub(crate) mod endpoint;
pub(crate) mod found;
mod leaf;
mod lookup;
mod program;
pub(crate) mod resolve;
mod swapped;

use std::collections::BTreeSet;

use semver::Version;

use crate::fleet::Seen;
use crate::known::Known;
use crate::rule::{Check, Frame, Shown};
use crate::system::{Edge, Endpoint, Module, System};
use crate::verdict::{Carrier, EdgeEnd, EdgeVerdict, Finding, Hit, PairLevel, Party};
use crate::walk;
use found::{EdgeFault, Found, Kind};
pub(crate) use leaf::{natural, range};
pub(crate) use lookup::lookup;
use program::Crossing;
use resolve::Nowhere;

/// Judges every edge between the modules of `linchpin.toml`, and between those versions that `met` names besides.
pub(crate) fn check(
    system: &System,
    known: &Known<'_>,
    met: impl Fn(&Edge) -> BTreeSet<(Version, Version)>,
) -> Vec<(EdgeVerdict, Vec<Finding>)> {
    let mut judged = Vec::new();
    for edge in &system.edges {
        let (froms, tos) = (versions(system, &edge.from), versions(system, &edge.to));
        let met = met(edge);
        for (from_index, from) in froms.iter().enumerate() {
            for (to_index, to) in tos.iter().enumerate() {
                let both = from.zip(*to).map(|(from, to)| (from.version.clone(), to.version.clone()));
                let current = from_index == 0 && to_index == 0;
                if current || both.is_some_and(|both| met.contains(&both)) {
                    let own = judge(system, known, edge, (*from, *to));
                    let findings = own.findings(system, edge, (*from, *to));
                    judged.push((own.verdict(edge, (*from, *to)), findings));
                }
            }
        }
    }
    judged
}

/// The versions that meet in the field at both ends of an edge: on one device, or, where no class of device has both
/// modules, anywhere.
pub(crate) fn met(system: &System, groups: Option<&[Seen<'_>]>, edge: &Edge) -> BTreeSet<(Version, Version)> {
    let groups = groups.unwrap_or_default();
    let version = |group: &Seen<'_>, end: &Endpoint| {
        group.modules.get(end.module.name.as_str()).map(|module| module.version.clone())
    };
    let targets = |end: &Endpoint| -> BTreeSet<&String> {
        system.versions_of(&end.module.name).flat_map(|module| &module.targets).collect()
    };
    if !targets(&edge.from).is_disjoint(&targets(&edge.to)) {
        return groups
            .iter()
            .filter_map(|group| version(group, &edge.from).zip(version(group, &edge.to)))
            .collect();
    }
    // What is released now meets what is in the field, as well as the other way round.
    let all = |end: &Endpoint| -> BTreeSet<Version> {
        let current = system.modules.iter().filter(|module| module.name == end.module.name);
        let current = current.map(|module| module.version.clone());
        current.chain(groups.iter().filter_map(|group| version(group, end))).collect()
    };
    let (froms, tos) = (all(&edge.from), all(&edge.to));
    froms.iter().flat_map(|from| tos.iter().map(|to| (from.clone(), to.clone()))).collect()
}

/// The versions of a module, the one of `linchpin.toml` first; a single nothing where there is no such module.
fn versions<'s>(system: &'s System, end: &Endpoint) -> Vec<Option<&'s Module>> {
    let known: Vec<_> = system.versions_of(&end.module.name).map(Some).collect();
    if known.is_empty() { vec![None] } else { known }
}

/// An edge between two module versions.
pub(crate) struct Judged {
    crossing: Crossing,
}

/// Judges one edge between two module versions.
pub(crate) fn judge(
    system: &System,
    known: &Known<'_>,
    edge: &Edge,
    (from, to): (Option<&Module>, Option<&Module>),
) -> Judged {
    let given = lookup(system, known, &edge.from, from).and_then(|target| target.value(&edge.from));
    let taken = lookup(system, known, &edge.to, to).and_then(|target| target.value(&edge.to));
    let mut crossing = match (&given, &taken) {
        (Ok((given, _)), Ok((taken, _))) => match edge.how {
            Carrier::Typed => program::typed(given, taken),
            Carrier::Dynamic => by_name::dynamic(given, taken),
        },
        (Err(_), _) | (_, Err(_)) => Crossing::default(),
    };
    for (end, resolved) in [(&edge.from, given), (&edge.to, taken)] {
        match resolved {
            Ok((_, true)) => {}
            Ok((value, false)) => crossing.found.push(untold(end, value.shown())),
            Err(leads) => crossing.found.push(nowhere(leads, end)),
        }
    }
    crossing.found.extend(swapped::found(edge, &system.edges));
    Judged { crossing }
}

/// An end that leads nowhere.
pub(crate) fn nowhere(nowhere: Nowhere, end: &Endpoint) -> Found {
    Found {
        kind: Kind::Unknown { reason: nowhere.reason, help: nowhere.help },
        path: String::new(),
        from: Shown::new(Some(&nowhere.place), end.text.clone()),
        to: Shown::default(),
    }
}

/// The contract of an end is not known, so that nobody can tell its units and ranges.
pub(crate) fn untold(end: &Endpoint, value: Shown) -> Found {
    let reason = format!(
        "no known contract has the `{}` that module `{}` was built from, so its units and ranges are not known",
        end.function.name, end.module.name
    );
    let help = format!("name the contract's folder with `wit = \"..\"` in `[modules.{}]`", end.module.name);
    Found {
        kind: Kind::Unknown { reason, help },
        path: String::new(),
        from: Shown::new(Some(&end.place), value.text),
        to: Shown::default(),
    }
}

impl Judged {
    /// The worst of what was found.
    pub(crate) fn level(&self) -> PairLevel {
        self.crossing.found.iter().map(|found| found.kind.level()).max().unwrap_or(PairLevel::Ok)
    }

    fn verdict(&self, edge: &Edge, (from, to): (Option<&Module>, Option<&Module>)) -> EdgeVerdict {
        let end = |end: &Endpoint, module: Option<&Module>| EdgeEnd {
            module: end.module.name.clone(),
            version: module.map(|module| module.version.to_string()),
            sha256: module.map(|module| module.sha256),
            path: end.value(),
        };
        EdgeVerdict {
            from: end(&edge.from, from),
            to: end(&edge.to, to),
            how: edge.how,
            level: self.level(),
            steps: self.crossing.steps.clone(),
        }
    }

    pub(crate) fn findings(
        &self,
        system: &System,
        edge: &Edge,
        (from, to): (Option<&Module>, Option<&Module>),
    ) -> Vec<Finding> {
        let hits = [from, to].into_iter().flatten().map(|module| Hit {
            module: module.name.clone(),
            version: module.version.to_string(),
            on: None,
        });
        let frame = Frame { hits: hits.collect(), ..frame(system, path(edge)) };
        let shown = Shown::new(Some(&edge.from.place), edge.from.text.clone());
        let mut findings = Vec::new();
        for found in &self.crossing.found {
            let fault = EdgeFault { found, edge: &shown };
            walk::run(&frame, &[], &mut findings, |check, sink| {
                if let Check::Edge(check) = check {
                    check(&fault, sink);
                }
            });
        }
        findings
    }
}

/// As findings name an edge.
pub(crate) fn path(edge: &Edge) -> String {
    format!("edge {} to {}", edge.from.text, edge.to.text)
}

/// A frame without upgrade: nobody waits for another.
pub(crate) fn frame(system: &System, path: String) -> Frame {
    Frame::between(system, Party::System, Party::System, path)
}
