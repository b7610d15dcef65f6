//! What is true of a system beyond its pairs: edges, recorded data, the field, and the way to the newest versions.

use crate::fleet::Field;
use crate::known::Known;
use crate::rollout::Fits;
use crate::system::{Edge, Module, System};
use crate::verdict::{
    DataVerdict, EarlierPair, EdgeVerdict, Finding, FleetVerdict, Pair, PairLevel, Retired, RolloutStep,
};
use crate::waivers::{Waivers, lifted};
use crate::{data, earlier, edges, fleet, rollout};

/// What was found.
pub(crate) struct Beyond<'s> {
    pub(crate) edges: Vec<EdgeVerdict>,
    pub(crate) data: Vec<DataVerdict>,
    pub(crate) earlier: Vec<EarlierPair>,
    pub(crate) field: Option<Field<'s>>,
    pub(crate) fleet: Option<FleetVerdict>,
    pub(crate) steps: Vec<RolloutStep>,
    pub(crate) retire: Vec<Retired>,
    pub(crate) findings: Vec<Finding>,
}

/// Judges everything beyond the pairs, which are settled.
pub(crate) fn judge<'s>(
    system: &'s System,
    known: &Known<'s>,
    waivers: &mut Waivers<'s>,
    pairs: &[Pair],
) -> Beyond<'s> {
    let field = system.fleet.as_ref().map(|fleet| fleet::field(system, fleet));
    let groups = field.as_ref().map(|field| field.groups.as_slice());
    let seen = field.as_ref().map(|field| field.seen.as_slice());
    let mut findings = Vec::new();
    let mut settle = |level: &mut PairLevel, own: Vec<Finding>, waivers: &mut Waivers<'s>| {
        let own = waivers.apply(own);
        *level = lifted(*level, &own);
        findings.extend(own);
    };
    let mut edges = Vec::new();
    for (mut verdict, own) in edges::check(system, known, |edge| edges::met(system, seen, edge)) {
        settle(&mut verdict.level, own, waivers);
        edges.push(verdict);
    }
    let mut data = Vec::new();
    for (mut verdict, own) in data::check(system, known) {
        settle(&mut verdict.level, own, waivers);
        data.push(verdict);
    }
    let earlier = earlier::counted(earlier::judge(system, known, waivers), seen);
    let mut holds = |edge: &Edge, from: &Module, to: &Module| {
        let judged = edges::judge(system, known, edge, (Some(from), Some(to)));
        let own = waivers.apply(judged.findings(system, edge, (Some(from), Some(to))));
        lifted(judged.level(), &own) == PairLevel::Ok
    };
    let rollout = rollout::plan(system, groups, &mut Fits::new(system, pairs, &earlier, &mut holds));
    let mut own = rollout.findings;
    let mut seen = None;
    if let (Some(fleet), Some(field)) = (&system.fleet, &field) {
        own.extend(field.findings.iter().cloned());
        own.extend(fleet::rare(system, fleet, field, pairs));
        seen = Some(FleetVerdict {
            sha256: fleet.sha256,
            devices: fleet.inventory.devices(),
            unknown: field.unknown,
            left_behind: rollout.left_behind,
        });
    }
    findings.extend(waivers.apply(own));
    Beyond {
        edges,
        data,
        earlier,
        fleet: seen,
        steps: rollout.steps,
        retire: rollout.retire,
        findings,
        field,
    }
}
