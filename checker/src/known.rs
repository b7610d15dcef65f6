//! Finds the text of what bytes say: by name and digest, among every contract of the system.

use std::collections::{BTreeMap, BTreeSet};

use linchpin_contract::{Digest, Function, Interface, InterfaceId, World, WorldItem, function_digest};

use crate::digests::Digests;
use crate::matching::same_name;
use crate::system::{KnownContract, Origin, System, edition};
use crate::tag_pair::same_tags;

/// Every function of every known contract, by name and digest.
pub(crate) struct Known<'s> {
    functions: BTreeMap<(&'s str, Digest), Vec<Entry<'s>>>,
    contracts: &'s [KnownContract],
    digests: Digests,
}

#[derive(Clone, Copy)]
struct Entry<'s> {
    origin: &'s Origin,
    interface: Option<&'s InterfaceId>,
    function: &'s Function,
}

/// Who asks; what is nearest to them is preferred.
#[derive(Clone, Copy)]
pub(crate) enum Asker<'a> {
    /// A firmware: what was released first.
    Firmware,
    /// A module: its own WIT, then what is current.
    Module(&'a str),
}

impl<'s> Known<'s> {
    pub(crate) fn of(system: &'s System) -> Self {
        let digests = Digests::of(system);
        let mut known = Self { functions: BTreeMap::new(), contracts: &system.contracts, digests };
        for contract in &system.contracts {
            for package in &contract.contract.packages {
                for interface in &package.interfaces {
                    for function in &interface.functions {
                        known.add(&contract.origin, Some(&interface.id), function);
                    }
                }
                for item in package.worlds.iter().flat_map(|world| world.imports.iter().chain(&world.exports))
                {
                    match item {
                        WorldItem::Function(function) => known.add(&contract.origin, None, function),
                        WorldItem::Interface(interface) => {
                            for function in &interface.functions {
                                known.add(&contract.origin, Some(&interface.id), function);
                            }
                        }
                        WorldItem::Type(_) => {}
                    }
                }
            }
        }
        known
    }

    fn add(&mut self, origin: &'s Origin, interface: Option<&'s InterfaceId>, function: &'s Function) {
        // A type too large for a digest is in no binary either.
        if let Ok(digest) = function_digest(function) {
            let entries = self.functions.entry((function.name.as_str(), digest)).or_default();
            entries.push(Entry { origin, interface, function });
        }
    }

    /// The digest of a function of an artefact; absent for a type too large for one, which loading refuses.
    pub(crate) fn digest(&self, function: &Function) -> Option<Digest> {
        self.digests.get(function)
    }

    /// The text of a function that bytes have; the very version before others.
    pub(crate) fn function(
        &self,
        interface: Option<&InterfaceId>,
        function: &Function,
        digest: Digest,
        asker: Asker<'_>,
    ) -> Option<&'s Function> {
        let entries = self.functions.get(&(function.name.as_str(), digest))?;
        let fits = |entry: &&Entry<'s>| match (interface, entry.interface) {
            (None, None) => true,
            (Some(wanted), Some(id)) => same_name(wanted, id),
            (Some(_), None) | (None, Some(_)) => false,
        };
        // What a firmware was built with is told by its tags as well: another edition's places would mislead.
        let same_edition = |entry: &&Entry<'s>| match asker {
            Asker::Firmware => same_tags(entry.function, function),
            Asker::Module(_) => true,
        };
        let rank = |entry: &&Entry<'s>| (entry.interface != interface, distance(entry.origin, asker));
        entries
            .iter()
            .filter(|entry| allowed(entry.origin, asker))
            .filter(fits)
            .filter(same_edition)
            .min_by_key(rank)
            .map(|entry| entry.function)
    }

    /// The text of a world of this name, with all that this one names.
    pub(crate) fn world(&self, world: &World, asker: Asker<'_>) -> Option<&'s World> {
        let contracts = self.contracts.iter().filter(|known| allowed(&known.origin, asker));
        let all = contracts.flat_map(|known| {
            known.contract.packages.iter().flat_map(|package| &package.worlds).map(|it| (&known.origin, it))
        });
        let names = |items: &[WorldItem]| -> BTreeSet<String> { items.iter().map(item_name).collect() };
        let holds = |it: &World| {
            names(&it.imports).is_superset(&names(&world.imports))
                && names(&it.exports).is_superset(&names(&world.exports))
        };
        all.filter(|(_, it)| (&it.package, &it.name) == (&world.package, &world.name) && holds(it))
            .min_by_key(|(origin, _)| distance(origin, asker))
            .map(|(_, it)| it)
    }

    /// The text of an interface that may say something else than the bytes do.
    pub(crate) fn interface(&self, id: &InterfaceId, asker: Asker<'_>) -> Option<&'s Interface> {
        let contracts = self.contracts.iter().filter(|known| allowed(&known.origin, asker));
        let all = contracts.flat_map(|known| {
            let packages = &known.contract.packages;
            let worlds = packages.iter().flat_map(|package| &package.worlds);
            let items = worlds.flat_map(|world| world.imports.iter().chain(&world.exports));
            // Those that stand in a world under a name of their own are in no package.
            let inline = items.filter_map(|item| match item {
                WorldItem::Interface(interface) if interface.id.package.is_none() => Some(interface),
                WorldItem::Interface(_) | WorldItem::Function(_) | WorldItem::Type(_) => None,
            });
            let interfaces = packages.iter().flat_map(|package| &package.interfaces).chain(inline);
            interfaces.map(|interface| (&known.origin, interface))
        });
        all.filter(|(_, interface)| interface.id == *id)
            .min_by_key(|(origin, _)| distance(origin, asker))
            .map(|(_, interface)| interface)
    }
}

fn item_name(item: &WorldItem) -> String {
    match item {
        WorldItem::Interface(interface) => interface.id.to_string(),
        WorldItem::Function(function) => function.name.clone(),
        WorldItem::Type(def) => def.name.clone(),
    }
}

/// One module's WIT does not speak for another module.
fn allowed(origin: &Origin, asker: Asker<'_>) -> bool {
    match (origin, asker) {
        (Origin::Module(name), Asker::Module(asker)) => name == asker,
        (Origin::Earlier { module, version }, Asker::Module(asker)) => edition(module, version) == asker,
        // What was promised once speaks for nothing that is built now.
        (Origin::Baseline, _) | (Origin::Firmware, Asker::Module(_)) => false,
        // Any text with the same digest says what the firmware's own contract said.
        (Origin::Module(_) | Origin::Earlier { .. } | Origin::Firmware, Asker::Firmware)
        | (Origin::Current | Origin::Released { .. }, _) => true,
    }
}

fn distance(origin: &Origin, asker: Asker<'_>) -> u8 {
    match (origin, asker) {
        (Origin::Released { .. } | Origin::Firmware, Asker::Firmware)
        | (Origin::Module(_) | Origin::Earlier { .. }, Asker::Module(_)) => 0,
        (Origin::Current, _) => 1,
        (Origin::Module(_) | Origin::Earlier { .. } | Origin::Baseline, Asker::Firmware)
        | (Origin::Released { .. } | Origin::Baseline | Origin::Firmware, Asker::Module(_)) => 2,
    }
}
