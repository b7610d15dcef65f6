//! Every module on every firmware: which functions meet, whether they are the same, and if not, what differs.
//!
//! Equal modules and equal firmwares are judged once, and so are two functions, however often they meet.

use std::collections::{BTreeMap, BTreeSet};

use linchpin_contract::{Digest, InterfaceId};
use rayon::prelude::*;
use semver::Version;

use crate::check::function_path;
use crate::foreign;
use crate::known::{Asker, Known};
use crate::matching::{self, same_name, version};
use crate::pair::shown_function;
use crate::prepared::{Call, FirmwareClass, ModuleClass, Prepared};
use crate::rule::{Check, Frame, Missing, Shown, Standing, Why};
use crate::seats::{Classes, Foreign, Seat, calls, found, seats};
use crate::system::{Module, Runtime, System, Target};
use crate::verdict::{Finding, Hit, Pair, PairLevel, Party, Plane, PolicyLevel, Role};
use crate::walk;

/// What both planes say of two things that meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Levels {
    pub(crate) link: PairLevel,
    pub(crate) policy: PolicyLevel,
}

impl Levels {
    pub(crate) const OK: Self = Self { link: PairLevel::Ok, policy: PolicyLevel::Ok };
    const ABSENT: Self = Self { link: PairLevel::LinkFail, policy: PolicyLevel::Breaks };
    const UNKNOWN: Self = Self { link: PairLevel::Unknown, policy: PolicyLevel::Unknown };

    pub(crate) fn max(self, other: Self) -> Self {
        Self { link: self.link.max(other.link), policy: self.policy.max(other.policy) }
    }
}

/// Two functions compared, or one that is missing: findings that do not say yet whom they hit.
pub(crate) struct Judged {
    pub(crate) levels: Levels,
    pub(crate) findings: Vec<Finding>,
}

/// What happens when modules of a class come to firmwares of a class.
#[derive(Default)]
struct Meeting {
    /// Functions that meet, by number.
    met: Vec<(u32, u32)>,
    /// Functions that the module lacks.
    lacking: Vec<Judged>,
}

/// Judges every pair. `fault` tells what is wrong with a module on a target by itself.
pub(crate) fn judge(
    system: &System,
    known: &Known<'_>,
    fault: impl Fn(&Module, &Target) -> Levels,
) -> (Vec<Pair>, Vec<Finding>) {
    let prepared = Prepared::of(system, known);
    let judge = Judge { system, known };
    let seats = seats(system, &prepared);
    let meetings = judge.meetings(&prepared, &seats);
    let compared = judge.compared(&prepared, &meetings);
    let foreign = judge.foreign(&prepared, &seats);
    let mut hits: BTreeMap<Source, Vec<Hit>> = BTreeMap::new();
    let mut pairs = Vec::new();
    for seat in seats {
        let mut levels = fault(seat.module, seat.target);
        if let Some(judged) = foreign.get(&seat.foreign()) {
            levels = levels.max(judged.levels);
            if !judged.findings.is_empty() {
                hits.entry(Source::Foreign(seat.foreign())).or_default().push(seat.hit());
            }
            pairs.push(seat.pair(levels));
            continue;
        }
        let Some(meeting) = meetings.get(&seat.classes) else { continue };
        for key in &meeting.met {
            let Some(judged) = compared.get(key) else { continue };
            levels = levels.max(judged.levels);
            if !judged.findings.is_empty() {
                hits.entry(Source::Met(*key)).or_default().push(seat.hit());
            }
        }
        for (index, judged) in meeting.lacking.iter().enumerate() {
            levels = levels.max(judged.levels);
            hits.entry(Source::Lacking(seat.classes, index)).or_default().push(seat.hit());
        }
        pairs.push(seat.pair(levels));
    }
    (pairs, with_hits(hits, &meetings, &compared, &foreign))
}

/// Where findings come from.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    Met((u32, u32)),
    Lacking(Classes, usize),
    Foreign(Foreign),
}

fn with_hits(
    hits: BTreeMap<Source, Vec<Hit>>,
    meetings: &BTreeMap<Classes, Meeting>,
    compared: &BTreeMap<(u32, u32), Judged>,
    foreign: &BTreeMap<Foreign, Judged>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (source, hits) in hits {
        let judged = match source {
            Source::Met(key) => compared.get(&key),
            Source::Foreign(key) => foreign.get(&key),
            Source::Lacking(classes, index) => {
                meetings.get(&classes).and_then(|meeting| meeting.lacking.get(index))
            }
        };
        let own = judged.map_or(&[][..], |judged| &judged.findings);
        findings.extend(own.iter().map(|finding| Finding { hits: hits.clone(), ..finding.clone() }));
    }
    findings
}

pub(crate) struct Judge<'a, 's> {
    system: &'s System,
    pub(crate) known: &'a Known<'s>,
}

impl<'s> Judge<'_, 's> {
    /// What meets, for every two classes that do.
    fn meetings(&self, prepared: &Prepared<'s>, seats: &[Seat<'_>]) -> BTreeMap<Classes, Meeting> {
        let ours = |seat: &&Seat<'_>| seat.target.runtime == Runtime::Linchpin;
        let wanted: BTreeSet<_> = seats.iter().filter(ours).map(|seat| seat.classes).collect();
        let meeting = |classes: Classes| {
            let module = prepared.modules.get(classes.0)?;
            let firmware = prepared.firmwares.get(classes.1)?;
            Some((classes, self.meeting(module, firmware, classes.2)))
        };
        wanted.into_par_iter().filter_map(meeting).collect()
    }

    /// What hosts that are not ours make of modules, for every two classes that meet on one.
    fn foreign(&self, prepared: &Prepared<'s>, seats: &[Seat<'_>]) -> BTreeMap<Foreign, Judged> {
        let theirs = |seat: &&Seat<'_>| seat.target.runtime != Runtime::Linchpin;
        let wanted: BTreeSet<_> = seats.iter().filter(theirs).map(Seat::foreign).collect();
        let judge = |key: Foreign| {
            let module = prepared.modules.get(key.0.0)?;
            let firmware = prepared.firmwares.get(key.0.1)?;
            Some((key, foreign::judge(self, key.1, module.module, firmware.firmware)))
        };
        wanted.into_par_iter().filter_map(judge).collect()
    }

    fn meeting(&self, module: &ModuleClass<'s>, firmware: &FirmwareClass<'s>, served: u64) -> Meeting {
        let mut meeting = Meeting::default();
        for call in calls(module, firmware, served) {
            match found(module, call) {
                Ok(given) => meeting.met.push((call.id, given.id)),
                Err(taken) => meeting.lacking.push(self.lacks(module, call, taken)),
            }
        }
        meeting
    }

    /// Every two functions that meet anywhere, compared once.
    fn compared(
        &self,
        prepared: &Prepared<'s>,
        meetings: &BTreeMap<Classes, Meeting>,
    ) -> BTreeMap<(u32, u32), Judged> {
        let keys: BTreeSet<_> = meetings.values().flat_map(|meeting| meeting.met.iter().copied()).collect();
        let calls = prepared.firmwares.iter().flat_map(|firmware| firmware.worlds.iter().flatten());
        let wanted: BTreeMap<u32, Call<'s>> = calls.map(|call| (call.id, *call)).collect();
        let given: BTreeMap<u32, (&Module, Call<'s>)> = prepared
            .modules
            .iter()
            .flat_map(|class| class.calls.iter().map(|call| (call.id, (class.module, *call))))
            .collect();
        let compare = |key: (u32, u32)| {
            let (call, (module, given)) = (wanted.get(&key.0)?, given.get(&key.1)?);
            Some((key, self.compare(module, *call, *given)))
        };
        keys.into_par_iter().filter_map(compare).collect()
    }

    fn compare(&self, module: &Module, call: Call<'_>, given: Call<'_>) -> Judged {
        let (Some(wanted_digest), Some(given_digest)) = (call.digest, given.digest) else {
            // Loading refuses such types, so this cannot happen; if it does, nothing is known.
            return Judged { levels: Levels::UNKNOWN, findings: Vec::new() };
        };
        self.differences(module, call, given, (wanted_digest, given_digest))
    }

    fn differences(
        &self,
        module: &Module,
        call: Call<'_>,
        given: Call<'_>,
        digests: (Digest, Digest),
    ) -> Judged {
        let asker = Asker::Module(&module.name);
        let wanted_text = self.known.function(call.interface, call.function, digests.0, Asker::Firmware);
        let given_text = self.known.function(given.interface, given.function, digests.1, asker);
        let wanted = wanted_text.unwrap_or(call.function);
        let given_function = given_text.unwrap_or(given.function);
        let frame = self.frame(call.interface, &call.function.name, given.interface);
        let (before, after) =
            if frame.module_is_older() { (given_function, wanted) } else { (wanted, given_function) };
        // A binary has no tags, and where its text is not known, the module's own finding says so.
        let tags = given_text.map(|_| walk::tags(before, after, &frame));
        if digests.0 != digests.1 {
            let mut findings = walk::functions(before, after, &frame);
            findings.extend(tags.unwrap_or_default());
            let hazard = findings.iter().all(|finding| finding.plane == Plane::Policy);
            let policy = if hazard { PolicyLevel::Hazard } else { PolicyLevel::Breaks };
            return Judged { levels: Levels { link: PairLevel::LinkFail, policy }, findings };
        }
        let Some(findings) = tags else {
            let levels = Levels { link: PairLevel::Ok, policy: PolicyLevel::Unknown };
            return Judged { levels, findings: Vec::new() };
        };
        let policy = if findings.is_empty() { PolicyLevel::Ok } else { PolicyLevel::Hazard };
        Judged { levels: Levels { link: PairLevel::Ok, policy }, findings }
    }

    fn lacks(&self, module: &ModuleClass<'s>, call: Call<'_>, taken: Option<&InterfaceId>) -> Judged {
        let exports = &module.interfaces;
        let module = module.module;
        let others = || {
            exports.iter().copied().filter(|id| call.interface.is_some_and(|wanted| same_name(wanted, id)))
        };
        let nearest = taken.or_else(|| matching::nearest(call.interface?, exports));
        let why = match taken {
            Some(_) => Why::NoFunction,
            None if others().next().is_some() => Why::OtherTrack(others().collect()),
            None => Why::NoInterface(exports.clone()),
        };
        let text = call
            .digest
            .and_then(|digest| self.known.function(call.interface, call.function, digest, Asker::Firmware));
        let asker = Asker::Module(&module.name);
        let module_side = nearest.map(|id| {
            let place = self.known.interface(id, asker).and_then(|interface| interface.place.clone());
            Shown::new(place.as_ref(), format!("interface {id}"))
        });
        let mut frame = self.frame(call.interface, &call.function.name, nearest);
        let mut firmware = shown_function(text.unwrap_or(call.function));
        if let (Some(wanted), Why::OtherTrack(_) | Why::NoInterface(_)) = (call.interface, &why) {
            // Every function of the interface is missing for this one reason.
            let known = self.known.interface(wanted, Asker::Firmware);
            firmware = Shown::new(known.and_then(|it| it.place.as_ref()), format!("interface {wanted}"));
            frame.path = wanted.to_string();
        }
        let missing = Missing {
            wanted: call.interface,
            function: &call.function.name,
            why,
            firmware,
            module: module_side
                .unwrap_or_else(|| Shown::new(Some(&module.place), format!("module {}", module.name))),
        };
        let mut findings = Vec::new();
        walk::run(&frame, &[], &mut findings, |check, sink| {
            if let Check::Missing(check) = check {
                check(&missing, sink);
            }
        });
        Judged { levels: Levels::ABSENT, findings }
    }

    /// Who is the newer side, and what follows from that.
    pub(crate) fn frame(
        &self,
        wanted: Option<&InterfaceId>,
        function: &str,
        given: Option<&InterfaceId>,
    ) -> Frame {
        let of = |id: Option<&InterfaceId>| -> Option<Version> { id.and_then(version).cloned() };
        let origin =
            |id: Option<&InterfaceId>| id.map_or_else(|| "the world".to_owned(), |id| format!("the `{id}`"));
        let firmware = Standing {
            party: Party::Firmware,
            placeless: format!(
                "no contract in `released/` or among the current ones has {} that the firmware was built for; keep it in `released/` and its line will be shown",
                origin(wanted)
            ),
        };
        let module = Standing {
            party: Party::Module,
            placeless: format!(
                "no known contract has {} that the module was built from; name its folder with `wit = \"..\"` in `linchpin.toml`",
                origin(given)
            ),
        };
        let path = function_path(wanted, function);
        let root = self.system.root.clone();
        if wanted.is_some() && given.is_none() {
            // Nothing of the module can be compared, so neither side is the newer one.
            return Frame {
                before: firmware,
                after: module,
                role: None,
                moves_first: None,
                path,
                hits: Vec::new(),
                root,
            };
        }
        if of(given) < of(wanted) {
            let (role, moves_first) = (Some(Role::HostUpgrade), Some(Party::Module));
            return Frame {
                before: module,
                after: firmware,
                role,
                moves_first,
                path,
                hits: Vec::new(),
                root,
            };
        }
        let (role, moves_first) = (Some(Role::ModuleUpgrade), Some(Party::Firmware));
        Frame { before: firmware, after: module, role, moves_first, path, hits: Vec::new(), root }
    }
}
