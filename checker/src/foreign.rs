//! A module on a host that is not ours: a plug-in host on wasmtime, or a component it is composed with. Imports and
//! exports, resources and `async` included; the level is [`link`](crate::link())'s, the findings say why.

mod shown;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use linchpin_contract::{Digest, Function, InterfaceId, World, WorldItem, function_digest};

use crate::judge::{Judge, Judged, Levels};
use crate::known::Asker;
use crate::link::{Edge, Fault, FaultKind, link};
use crate::matching::{same_name, taken};
use crate::pair::shown_function;
use crate::rule::{Check, LinkFault, Missing, Why};
use crate::system::{Firmware, Module, Runtime};
use crate::verdict::{Finding, PairLevel, Plane, PolicyLevel};
use crate::walk;

/// Everything that such a host makes of a module.
pub(crate) fn judge(judge: &Judge<'_, '_>, runtime: Runtime, module: &Module, firmware: &Firmware) -> Judged {
    let mut judged = Judged { levels: Levels::OK, findings: Vec::new() };
    for host in meant(module, firmware) {
        let meeting = Meeting { judge, runtime, module, host };
        let link = link(runtime, host, &module.world);
        judged.levels = judged.levels.max(Levels { link: link.level, policy: policy(link.level) });
        judged.findings.extend(meeting.findings(&link.faults));
        let tags = meeting.tags();
        if !tags.is_empty() {
            judged.levels.policy = judged.levels.policy.max(PolicyLevel::Hazard);
        }
        judged.findings.extend(tags);
    }
    judged
}

/// The worlds in which a host means this module: those that it serves and that give it all it needs, else those that
/// call what it exports, else those that offer what it imports, else all of them.
fn meant<'s>(module: &Module, firmware: &'s Firmware) -> Vec<&'s World> {
    let all = || firmware.descriptors.iter().map(|descriptor| &descriptor.world);
    let calls = |world: &&World| shares(&world.exports, &module.world.exports);
    let offers = |world: &&World| shares(&world.imports, &module.world.imports);
    let mut worlds: Vec<_> = all().filter(|world| fits(world, &module.world)).collect();
    if worlds.is_empty() {
        worlds = all().filter(calls).collect();
    }
    if worlds.is_empty() {
        worlds = all().filter(offers).collect();
    }
    if worlds.is_empty() { all().collect() } else { worlds }
}

/// Whether by its names alone a module has all that this world calls, and needs nothing that it does not offer.
fn fits(host: &World, module: &World) -> bool {
    let has = |given: &[WorldItem], wanted: &WorldItem| match wanted {
        WorldItem::Type(_) => true,
        WorldItem::Function(wanted) => given
            .iter()
            .any(|item| matches!(item, WorldItem::Function(function) if function.name == wanted.name)),
        WorldItem::Interface(wanted) => given.iter().any(|item| match item {
            WorldItem::Interface(given) => {
                let has = |name: &str| given.functions.iter().any(|function| function.name == name);
                same_name(&wanted.id, &given.id) && wanted.functions.iter().all(|it| has(&it.name))
            }
            WorldItem::Function(_) | WorldItem::Type(_) => false,
        }),
    };
    host.exports.iter().all(|wanted| has(&module.exports, wanted))
        && module.imports.iter().all(|wanted| has(&host.imports, wanted))
}

/// Whether a host and a module have an interface, in any version, or a function of one name.
pub(crate) fn shares(host: &[WorldItem], module: &[WorldItem]) -> bool {
    host.iter().any(|one| {
        module.iter().any(|other| match (one, other) {
            (WorldItem::Interface(one), WorldItem::Interface(other)) => same_name(&one.id, &other.id),
            (WorldItem::Function(one), WorldItem::Function(other)) => one.name == other.name,
            (WorldItem::Interface(_) | WorldItem::Function(_) | WorldItem::Type(_), _) => false,
        })
    })
}

fn policy(level: PairLevel) -> PolicyLevel {
    match level {
        PairLevel::Ok => PolicyLevel::Ok,
        PairLevel::Hazard | PairLevel::Conditional => PolicyLevel::Hazard,
        PairLevel::CallFail | PairLevel::LinkFail => PolicyLevel::Breaks,
        PairLevel::Unknown => PolicyLevel::Unknown,
    }
}

/// One world of a host and one module.
struct Meeting<'a> {
    judge: &'a Judge<'a, 'a>,
    runtime: Runtime,
    module: &'a Module,
    host: &'a World,
}

/// A function of one side, with its interface.
type Placed<'w> = (Option<&'w InterfaceId>, &'w Function);

impl<'a> Meeting<'a> {
    /// Faults of one item are told together.
    fn findings(&self, faults: &[Fault]) -> Vec<Finding> {
        let mut groups: BTreeMap<_, Vec<&Fault>> = BTreeMap::new();
        for fault in faults {
            groups.entry((fault.edge, &fault.interface, &fault.item)).or_default().push(fault);
        }
        let (mut findings, mut rest, mut told) = (Vec::new(), Vec::new(), BTreeSet::new());
        for ((edge, interface, item), faults) in groups {
            let met = item.as_ref().and_then(|item| self.met(edge, interface.as_ref(), item));
            let mut walked = met.map(|(host, guest)| self.walked(host, guest)).unwrap_or_default();
            if let Some((host, guest)) = met.filter(|_| !walked.is_empty()) {
                told.extend([host, guest].into_iter().flat_map(|(_, function)| names_of_types(function)));
            }
            if faults.iter().all(|fault| fault.level <= PairLevel::Hazard) {
                // The runtime takes it; what it means is what contracts promise.
                walked.iter_mut().for_each(|finding| finding.plane = Plane::Policy);
            }
            let explained = !walked.is_empty();
            findings.extend(walked);
            rest.extend(faults.into_iter().map(|fault| (fault, explained)));
        }
        for (fault, explained) in rest {
            // A function that has the type says what differs.
            let of_type = fault.flow.is_none() && fault.item.as_ref().is_some_and(|item| told.contains(item));
            if !of_type && !is_of_missing_resource(fault, faults) {
                findings.extend(self.fault(fault, explained));
            }
        }
        findings
    }

    /// The two functions of one name on an edge, the host's first.
    fn met(
        &self,
        edge: Edge,
        interface: Option<&InterfaceId>,
        item: &str,
    ) -> Option<(Placed<'a>, Placed<'a>)> {
        let (host, guest) = (self.host, &self.module.world);
        let (callers, callees) = match edge {
            Edge::HostToGuestImport => (&guest.imports, &host.imports),
            Edge::GuestExportToHost => (&host.exports, &guest.exports),
        };
        let caller = function(callers, interface, item)?;
        let stands = match interface {
            None => None,
            Some(wanted) => Some(stands_for(self.runtime, wanted, callees)?),
        };
        let callee = function(callees, stands, item)?;
        match edge {
            Edge::HostToGuestImport => Some((callee, caller)),
            Edge::GuestExportToHost => Some((caller, callee)),
        }
    }

    /// What differs between two functions, by their texts where those are known.
    fn walked(&self, host: Placed<'_>, guest: Placed<'_>) -> Vec<Finding> {
        let (host_text, guest_text) = self.texts(host, guest);
        let guest_text = guest_text.unwrap_or(guest.1);
        let frame = self.judge.frame(host.0, &host.1.name, guest.0);
        let (before, after) =
            if frame.module_is_older() { (guest_text, host_text) } else { (host_text, guest_text) };
        if function_digest(host.1).ok() == function_digest(guest.1).ok() {
            return Vec::new();
        }
        walk::functions(before, after, &frame)
    }

    /// The host's text, and the guest's where it is known.
    fn texts<'f>(&self, host: Placed<'f>, guest: Placed<'f>) -> (&'f Function, Option<&'f Function>)
    where
        'a: 'f,
    {
        let text = |placed: Placed<'f>, asker| {
            let digest: Digest = function_digest(placed.1).ok()?;
            self.judge.known.function(placed.0, placed.1, digest, asker)
        };
        let host_text = text(host, Asker::Firmware).unwrap_or(host.1);
        (host_text, text(guest, Asker::Module(&self.module.name)))
    }

    /// Units and ranges of the values that two functions have, whatever else differs between them.
    fn tags(&self) -> Vec<Finding> {
        let called = self.host.exported_functions().map(|placed| (Edge::GuestExportToHost, placed));
        let imported = self.module.world.imported_functions().map(|placed| (Edge::HostToGuestImport, placed));
        let mut findings = Vec::new();
        for (edge, (interface, function)) in imported.chain(called) {
            let Some((host, guest)) = self.met(edge, interface, &function.name) else { continue };
            // A binary has no tags, and where its text is not known, the module's own finding says so.
            let (host_text, Some(guest_text)) = self.texts(host, guest) else { continue };
            let frame = self.judge.frame(host.0, &host.1.name, guest.0);
            findings.extend(if frame.module_is_older() {
                walk::tags(guest_text, host_text, &frame)
            } else {
                walk::tags(host_text, guest_text, &frame)
            });
        }
        findings
    }

    /// A fault of a whole item, or one that two functions of one digest still have.
    fn fault(&self, fault: &Fault, explained: bool) -> Vec<Finding> {
        let missing = matches!(
            fault.kind,
            FaultKind::InterfaceMissing
                | FaultKind::VersionTrackMissing { .. }
                | FaultKind::FunctionMissing
                | FaultKind::ResourceMissing
                | FaultKind::TypeMissing
        );
        if missing && fault.edge == Edge::GuestExportToHost && fault.kind != FaultKind::TypeMissing {
            return self.missing_export(fault);
        }
        let resource = matches!(fault.kind, FaultKind::Resource { .. });
        if explained && !missing && !resource {
            return Vec::new();
        }
        let (host, guest) = self.interfaces(fault);
        let frame = self.frame(fault, host, guest);
        let item = fault.item.as_deref();
        let (firmware, module) = (self.shown_host(host, item), self.shown_module(guest, item));
        let fault = LinkFault { fault, firmware, module };
        let mut findings = Vec::new();
        walk::run(&frame, &[], &mut findings, |check, sink| {
            if let Check::Link(check) = check {
                check(&fault, sink);
            }
        });
        findings
    }

    /// The interfaces of the two sides, where they have one.
    fn interfaces(&self, fault: &Fault) -> (Option<&'a InterfaceId>, Option<&'a InterfaceId>) {
        let Some(wanted) = &fault.interface else { return (None, None) };
        let (host, guest) = (self.host, &self.module.world);
        let own = |items: &'a [WorldItem]| ids(items).into_iter().find(|id| *id == wanted);
        match fault.edge {
            Edge::HostToGuestImport => (stands_for(self.runtime, wanted, &host.imports), own(&guest.imports)),
            Edge::GuestExportToHost => (own(&host.exports), stands_for(self.runtime, wanted, &guest.exports)),
        }
    }

    /// What the host calls and the module lacks, in the words of the rules that firmwares have for it.
    fn missing_export(&self, fault: &Fault) -> Vec<Finding> {
        let (wanted, given) = self.interfaces(fault);
        let others = ids(&self.module.world.exports);
        let why = if let FaultKind::VersionTrackMissing { available } = &fault.kind {
            Why::OtherTrack(others.into_iter().filter(|id| available.contains(id)).collect())
        } else if fault.kind == FaultKind::FunctionMissing && wanted.is_some() {
            Why::NoFunction
        } else {
            Why::NoInterface(others)
        };
        let name = fault.item.as_deref().unwrap_or_default();
        let called = function(&self.host.exports, wanted, name).map(|(id, called)| {
            let text = function_digest(called).ok();
            let text = text.and_then(|text| self.judge.known.function(id, called, text, Asker::Firmware));
            shown_function(text.unwrap_or(called))
        });
        let missing = Missing {
            wanted,
            function: name,
            why,
            firmware: called.unwrap_or_else(|| self.shown_host(wanted, None)),
            module: self.shown_module(given.or_else(|| self.beside(fault, &self.module.world.exports)), None),
        };
        let frame = self.frame(fault, wanted, given);
        let mut findings = Vec::new();
        walk::run(&frame, &[], &mut findings, |check, sink| {
            if let Check::Missing(check) = check {
                check(&missing, sink);
            }
        });
        findings
    }
}

fn ids(items: &[WorldItem]) -> Vec<&InterfaceId> {
    let interfaces = items.iter().filter_map(|item| match item {
        WorldItem::Interface(interface) => Some(&interface.id),
        WorldItem::Function(_) | WorldItem::Type(_) => None,
    });
    interfaces.collect()
}

/// The interface of these items that this runtime takes for the one that is wanted.
fn stands_for<'w>(runtime: Runtime, wanted: &InterfaceId, items: &'w [WorldItem]) -> Option<&'w InterfaceId> {
    let ids = ids(items);
    match runtime {
        Runtime::Composition => ids.into_iter().find(|id| *id == wanted),
        Runtime::Linchpin | Runtime::Wasmtime48 | Runtime::Wasmtime48Dynamic => taken(wanted, &ids),
    }
}

/// The names of all types that a function has.
fn names_of_types(function: &Function) -> BTreeSet<String> {
    let (mut names, mut seen) = (BTreeSet::new(), HashSet::new());
    function.each_declared(&mut |def| {
        names.insert(def.name.clone());
        seen.insert(Arc::as_ptr(def))
    });
    names
}

/// Whether a function is missing with the resource that it is of, which is told once.
fn is_of_missing_resource(fault: &Fault, all: &[Fault]) -> bool {
    let resource = fault.item.as_deref().and_then(|item| item.split_once(']')).map(|(_, name)| name);
    let resource = resource.map(|name| name.split('.').next().unwrap_or(name));
    fault.kind == FaultKind::FunctionMissing
        && all.iter().any(|other| {
            matches!(other.kind, FaultKind::ResourceMissing | FaultKind::TypeMissing)
                && (other.edge, &other.interface) == (fault.edge, &fault.interface)
                && other.item.as_deref() == resource
        })
}

fn function<'w>(items: &'w [WorldItem], interface: Option<&InterfaceId>, name: &str) -> Option<Placed<'w>> {
    items.iter().find_map(|item| match item {
        WorldItem::Interface(it) if Some(&it.id) == interface => {
            let found = it.functions.iter().find(|function| function.name == name)?;
            Some((Some(&it.id), found))
        }
        WorldItem::Function(function) if interface.is_none() && function.name == name => {
            Some((None, function))
        }
        WorldItem::Interface(_) | WorldItem::Function(_) | WorldItem::Type(_) => None,
    })
}
