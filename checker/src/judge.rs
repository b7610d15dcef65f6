//! One module on one firmware: which functions meet, whether they are the same, and if not, what differs.

use std::collections::BTreeMap;

use linchpin_contract::descriptor::Descriptor;
use linchpin_contract::{Digest, Function, InterfaceId, function_digest};
use semver::Version;

use crate::check::function_path;
use crate::known::{Asker, Known};
use crate::matching::{same_name, taken, version};
use crate::pair::shown_function;
use crate::rule::{Check, Frame, Missing, Shown, Standing, Why};
use crate::system::{Firmware, Module, System, Target};
use crate::verdict::{Finding, Hit, HitFirmware, Pair, PairLevel, Party, Role};
use crate::walk;

/// Judges pairs, and compares the same two functions only once.
pub(crate) struct Judge<'s> {
    system: &'s System,
    known: Known<'s>,
    compared: BTreeMap<Key, (PairLevel, Vec<Finding>)>,
    missing: Vec<Finding>,
}

/// Two functions with all that a comparison of them depends on.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    wanted: String,
    wanted_digest: Digest,
    /// Tags of the firmware's edition are part of what is compared.
    firmware: Digest,
    module: String,
    given: String,
    given_digest: Digest,
}

/// One function that a firmware calls.
#[derive(Clone, Copy)]
struct Call<'a> {
    interface: Option<&'a InterfaceId>,
    function: &'a Function,
}

impl<'s> Judge<'s> {
    pub(crate) fn new(system: &'s System) -> Self {
        Self { system, known: Known::of(system), compared: BTreeMap::new(), missing: Vec::new() }
    }

    pub(crate) fn known(&self) -> &Known<'s> {
        &self.known
    }

    pub(crate) fn into_findings(self) -> Vec<Finding> {
        let compared = self.compared.into_values().flat_map(|(_, findings)| findings);
        self.missing.into_iter().chain(compared).collect()
    }

    /// Both roles of one pair. The runtime asks the same question in both, so the levels are equal.
    pub(crate) fn pair(
        &mut self,
        module: &Module,
        target: &Target,
        firmware: &Firmware,
        fault: PairLevel,
    ) -> Vec<Pair> {
        let hit = Hit {
            module: module.name.clone(),
            version: module.version.to_string(),
            on: Some(HitFirmware { target: target.name.clone(), firmware: firmware.version.to_string() }),
        };
        let mut level = fault;
        let mut functions = Vec::new();
        for call in calls(module, firmware) {
            level = level.max(self.call(module, firmware, call, &hit));
            functions.push(function_path(call.interface, &call.function.name));
        }
        let pair = |role| Pair {
            module: module.name.clone(),
            module_sha256: module.sha256,
            target: target.name.clone(),
            firmware: firmware.version.to_string(),
            firmware_descriptor_sha256: firmware.descriptor_sha256,
            role,
            level,
            functions: functions.clone(),
        };
        vec![pair(Role::ModuleUpgrade), pair(Role::HostUpgrade)]
    }

    fn call(&mut self, module: &Module, firmware: &Firmware, call: Call<'_>, hit: &Hit) -> PairLevel {
        let exports: Vec<&InterfaceId> =
            module.world.exported_interfaces().map(|interface| &interface.id).collect();
        let interface = call.interface.map(|wanted| taken(wanted, &exports));
        let found = match interface {
            Some(None) => None,
            Some(Some(id)) => export(module, Some(id), &call.function.name),
            None => export(module, None, &call.function.name),
        };
        match found {
            Some(given) => self.meet(module, firmware, call, given, hit),
            None => {
                self.lacks(module, call, interface.flatten(), exports, hit);
                PairLevel::LinkFail
            }
        }
    }

    fn meet(
        &mut self,
        module: &Module,
        firmware: &Firmware,
        call: Call<'_>,
        given: Call<'_>,
        hit: &Hit,
    ) -> PairLevel {
        let digests = (function_digest(call.function), function_digest(given.function));
        let (Ok(wanted_digest), Ok(given_digest)) = digests else {
            // Loading refuses such types, so this cannot happen; if it does, nothing is known.
            return PairLevel::Unknown;
        };
        let key = Key {
            wanted: function_path(call.interface, &call.function.name),
            wanted_digest,
            firmware: firmware.descriptor_sha256,
            module: module.name.clone(),
            given: function_path(given.interface, &given.function.name),
            given_digest,
        };
        if !self.compared.contains_key(&key) {
            let compared = self.compare(module, call, given, (wanted_digest, given_digest));
            self.compared.insert(key.clone(), compared);
        }
        let Some((level, findings)) = self.compared.get_mut(&key) else { return PairLevel::Unknown };
        for finding in findings {
            finding.hits.push(hit.clone());
        }
        *level
    }

    fn compare(
        &self,
        module: &Module,
        call: Call<'_>,
        given: Call<'_>,
        digests: (Digest, Digest),
    ) -> (PairLevel, Vec<Finding>) {
        let asker = Asker::Module(&module.name);
        let wanted_text = self.known.function(call.interface, call.function, digests.0, Asker::Firmware);
        let given_text = self.known.function(given.interface, given.function, digests.1, asker);
        let wanted = wanted_text.unwrap_or(call.function);
        let given_function = given_text.unwrap_or(given.function);
        let frame = self.frame(call.interface, &call.function.name, given.interface, Vec::new());
        let (before, after) = match frame.before.party {
            Party::Module => (given_function, wanted),
            Party::Firmware | Party::Current | Party::Released | Party::System => (wanted, given_function),
        };
        if digests.0 != digests.1 {
            return (PairLevel::LinkFail, walk::functions(before, after, &frame));
        }
        if given_text.is_none() {
            // Its tags are not known; the module's own finding says so.
            return (PairLevel::Unknown, Vec::new());
        }
        let findings = walk::tags(before, after, &frame);
        let level = if findings.is_empty() { PairLevel::Ok } else { PairLevel::Hazard };
        (level, findings)
    }

    fn lacks(
        &mut self,
        module: &Module,
        call: Call<'_>,
        taken: Option<&InterfaceId>,
        exports: Vec<&InterfaceId>,
        hit: &Hit,
    ) {
        let others = || {
            exports.iter().copied().filter(|id| call.interface.is_some_and(|wanted| same_name(wanted, id)))
        };
        let nearest = taken.or_else(|| others().max_by(|a, b| version(a).cmp(&version(b))));
        let why = match taken {
            Some(_) => Why::NoFunction,
            None if others().next().is_some() => Why::OtherTrack(others().collect()),
            None => Why::NoInterface(exports.clone()),
        };
        let digest = function_digest(call.function).ok();
        let text = digest
            .and_then(|digest| self.known.function(call.interface, call.function, digest, Asker::Firmware));
        let asker = Asker::Module(&module.name);
        let module_side = nearest.map(|id| {
            let place = self.known.interface(id, asker).and_then(|interface| interface.place.clone());
            Shown::new(place.as_ref(), format!("interface {id}"))
        });
        let missing = Missing {
            wanted: call.interface,
            function: &call.function.name,
            why,
            firmware: shown_function(text.unwrap_or(call.function)),
            module: module_side
                .unwrap_or_else(|| Shown::new(Some(&module.place), format!("module {}", module.name))),
        };
        let frame = self.frame(call.interface, &call.function.name, nearest, vec![hit.clone()]);
        walk::run(&frame, &[], &mut self.missing, |check, sink| {
            if let Check::Missing(check) = check {
                check(&missing, sink);
            }
        });
    }

    /// Who is the newer side, and what follows from that.
    fn frame(
        &self,
        wanted: Option<&InterfaceId>,
        function: &str,
        given: Option<&InterfaceId>,
        hits: Vec<Hit>,
    ) -> Frame {
        let of = |id: Option<&InterfaceId>| -> Option<Version> { id.and_then(version).cloned() };
        let origin =
            |id: Option<&InterfaceId>| id.map_or_else(|| "its world".to_owned(), |id| format!("`{id}`"));
        let firmware = Standing {
            party: Party::Firmware,
            placeless: format!(
                "no contract in `released/` or among the current ones has the {} that the firmware was built for; keep it in `released/` and its line will be shown",
                origin(wanted)
            ),
        };
        let module = Standing {
            party: Party::Module,
            placeless: format!(
                "no known contract has the {} that the module was built from; name its folder with `wit = \"..\"` in `linchpin.toml`",
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
                hits,
                root,
            };
        }
        if of(given) < of(wanted) {
            let (role, moves_first) = (Some(Role::HostUpgrade), Some(Party::Module));
            return Frame { before: module, after: firmware, role, moves_first, path, hits, root };
        }
        let (role, moves_first) = (Some(Role::ModuleUpgrade), Some(Party::Firmware));
        Frame { before: firmware, after: module, role, moves_first, path, hits, root }
    }
}

/// The functions that a firmware calls in this module. A firmware may call several modules, each through a world of
/// its own; worlds that share nothing with the module are another's, unless all of them are.
fn calls<'f>(module: &Module, firmware: &'f Firmware) -> Vec<Call<'f>> {
    let meant = |descriptor: &&Descriptor| {
        descriptor.world.exported_functions().any(|(interface, function)| match interface {
            Some(wanted) => module.world.exported_interfaces().any(|export| same_name(wanted, &export.id)),
            None => export(module, None, &function.name).is_some(),
        })
    };
    let mut descriptors: Vec<&Descriptor> = firmware.descriptors.iter().filter(meant).collect();
    if descriptors.is_empty() {
        descriptors = firmware.descriptors.iter().collect();
    }
    let functions = descriptors.into_iter().flat_map(|descriptor| descriptor.world.exported_functions());
    functions.map(|(interface, function)| Call { interface, function }).collect()
}

fn export<'m>(module: &'m Module, interface: Option<&InterfaceId>, name: &str) -> Option<Call<'m>> {
    let mut exports = module.exports();
    let found = exports.find(|(id, function)| *id == interface && function.name == name);
    found.map(|(interface, function)| Call { interface, function })
}
