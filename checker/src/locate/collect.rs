//! Goes through a system and keeps what has the name that was asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use linchpin_contract::{Function, Interface, InterfaceId, Package, Place, World, WorldItem};
use semver::Version;

use super::name::Name;
use super::parts;
use super::runs::{Levels, devices};
use super::{Declaration, FirmwareUse, FunctionUse, Item, Kind, ModuleUse, Run, Way};
use crate::config::nearest;
use crate::files::relative;
use crate::pair::shown_package;
use crate::system::{Endpoint, Module, Origin, System};
use crate::verdict::Verdict;

pub(super) struct Collector<'s> {
    system: &'s System,
    query: &'s str,
    found: BTreeMap<(Kind, String), Found>,
    /// Short spellings of everything, to tell what was probably meant.
    names: BTreeSet<String>,
}

/// What is known of one thing.
#[derive(Default)]
struct Found {
    declared: BTreeSet<Declaration>,
    /// By name, version and number.
    modules: BTreeMap<(String, Version, usize), BTreeSet<FunctionUse>>,
    /// By class and number of the firmware.
    firmwares: BTreeMap<(usize, usize), BTreeSet<FunctionUse>>,
    /// Functions of modules, with their interface, that edges may name.
    ends: BTreeSet<(String, Option<String>, String)>,
    /// The only class, and the only firmware of it, of which runs are told.
    only: Option<(String, Option<Version>)>,
}

/// Whose bytes are looked at.
#[derive(Clone, Copy)]
enum User {
    Module(usize),
    Firmware(usize, usize),
}

impl<'s> Collector<'s> {
    pub(super) fn new(system: &'s System, query: &'s str) -> Self {
        Self { system, query, found: BTreeMap::new(), names: BTreeSet::new() }
    }

    /// Module versions, those of `linchpin.toml` first.
    fn modules(&self) -> impl Iterator<Item = (usize, &'s Module)> + use<'s> {
        self.system.modules.iter().chain(&self.system.earlier).enumerate()
    }

    /// Modules, classes of device and firmwares.
    pub(super) fn system(&mut self) {
        for (index, module) in self.modules() {
            self.names.insert(module.name.clone());
            let edition = format!("{}@{}", module.name, module.version);
            let key = if module.name == self.query {
                module.name.clone()
            } else if edition == self.query || module.version.to_string() == self.query {
                edition
            } else {
                continue;
            };
            self.module((Kind::Module, key), index, module, None);
        }
        for (number, target) in self.system.targets.iter().enumerate() {
            self.names.insert(target.name.clone());
            for (place, firmware) in target.firmware.iter().enumerate() {
                let edition = format!("{}@{}", target.name, firmware.version);
                if target.name == self.query {
                    let key = (Kind::Target, target.name.clone());
                    self.firmware(key, (number, place), (&target.name, None));
                } else if edition == self.query || firmware.version.to_string() == self.query {
                    let version = Some(firmware.version.clone());
                    self.firmware((Kind::Firmware, edition), (number, place), (&target.name, version));
                }
            }
        }
    }

    /// Keeps a module with all of its functions.
    fn module(
        &mut self,
        key: (Kind, String),
        index: usize,
        module: &Module,
        only: Option<(String, Option<Version>)>,
    ) {
        let found = self.found.entry(key).or_default();
        found.only = only;
        let uses = found.modules.entry((module.name.clone(), module.version.clone(), index)).or_default();
        for (interface, function, way) in functions(&module.world) {
            uses.insert(FunctionUse { function: function_name(interface, function).to_string(), way });
            found.ends.insert(end(module, interface, function));
        }
    }

    /// Keeps a firmware with all of its functions, and every module that is for it.
    fn firmware(
        &mut self,
        key: (Kind, String),
        place: (usize, usize),
        (target, version): (&str, Option<Version>),
    ) {
        let firmware = self.system.targets.get(place.0).and_then(|target| target.firmware.get(place.1));
        let uses = self.found.entry(key.clone()).or_default().firmwares.entry(place).or_default();
        for descriptor in firmware.iter().flat_map(|firmware| firmware.descriptors.iter()) {
            for (interface, function, way) in functions(&descriptor.world) {
                uses.insert(FunctionUse { function: function_name(interface, function).to_string(), way });
            }
        }
        let only = Some((target.to_owned(), version));
        for (index, module) in self.modules().filter(|(_, it)| it.targets.iter().any(|it| it == target)) {
            self.module(key.clone(), index, module, only.clone());
        }
    }

    /// Where contracts declare what has the name.
    pub(super) fn contracts(&mut self) {
        let system = self.system;
        for known in system.contracts.iter().filter(|known| known.origin != Origin::Baseline) {
            known.contract.packages.iter().for_each(|package| self.package(package));
        }
    }

    fn package(&mut self, package: &Package) {
        let place = shown_package(package).place;
        self.declared(Kind::Package, &Name::package(&package.id), place.as_ref());
        package.interfaces.iter().for_each(|interface| self.interface(interface));
        for item in package.worlds.iter().flat_map(|world| world.imports.iter().chain(&world.exports)) {
            match item {
                WorldItem::Interface(interface) => self.interface(interface),
                WorldItem::Function(function) => {
                    self.declared_function(&Name::bare(&function.name), function)
                }
                WorldItem::Type(def) => parts::of_type(def, &mut |kind, name, place| {
                    self.declared(kind, &name, place);
                }),
            }
        }
    }

    fn interface(&mut self, interface: &Interface) {
        let name = Name::interface(&interface.id);
        self.declared(Kind::Interface, &name, interface.place.as_ref());
        for def in &interface.types {
            parts::of_type(def, &mut |kind, name, place| self.declared(kind, &name, place));
        }
        for function in &interface.functions {
            self.declared_function(&name.then(&function.name), function);
        }
    }

    fn declared_function(&mut self, name: &Name, function: &Function) {
        self.declared(Kind::Function, name, function.place.as_ref());
        for param in &function.params {
            self.declared(Kind::Parameter, &name.then(&param.name), param.place.as_ref());
        }
    }

    fn declared(&mut self, kind: Kind, name: &Name, place: Option<&Place>) {
        let root = Path::new(&self.system.root);
        if let Some(found) = self.of_name(kind, name) {
            found.declared.extend(
                place.map(|place| Declaration {
                    file: relative(Path::new(&place.file), root),
                    line: place.line,
                }),
            );
        }
    }

    /// The thing of this name, if it is asked for.
    fn of_name(&mut self, kind: Kind, name: &Name) -> Option<&mut Found> {
        self.names.insert(name.short());
        let version = name.package.as_ref().and_then(|(_, version)| version.as_deref());
        let by_version = kind == Kind::Package && version == Some(self.query);
        let asked = by_version || name.is_called(self.query);
        asked.then(|| self.found.entry((kind, name.to_string())).or_default())
    }

    /// Which modules and firmwares use what has the name.
    pub(super) fn binaries(&mut self) {
        let system = self.system;
        for (index, module) in self.modules() {
            self.world(&module.world, User::Module(index), Some(module));
        }
        for (number, target) in system.targets.iter().enumerate() {
            for (place, firmware) in target.firmware.iter().enumerate() {
                for descriptor in firmware.descriptors.iter() {
                    self.world(&descriptor.world, User::Firmware(number, place), None);
                }
            }
        }
    }

    fn world(&mut self, world: &World, user: User, module: Option<&Module>) {
        for (interface, function, way) in functions(world) {
            let name = function_name(interface, function);
            let carried = FunctionUse { function: name.to_string(), way };
            let end = module.map(|module| end(module, interface, function));
            let mut told = vec![(Kind::Function, name.clone())];
            told.extend(interface.map(|id| (Kind::Interface, Name::interface(id))));
            let package = interface.and_then(|id| id.package.as_ref());
            told.extend(package.map(|id| (Kind::Package, Name::package(id))));
            parts::of_function(&name, function, &mut |kind, name, _| told.push((kind, name)));
            for (kind, name) in told {
                let Some(found) = self.of_name(kind, &name) else { continue };
                found.ends.extend(end.clone());
                match (user, module) {
                    (User::Module(index), Some(module)) => {
                        let key = (module.name.clone(), module.version.clone(), index);
                        found.modules.entry(key).or_default().insert(carried.clone());
                    }
                    (User::Firmware(target, firmware), _) => {
                        found.firmwares.entry((target, firmware)).or_default().insert(carried.clone());
                    }
                    (User::Module(_), None) => {}
                }
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The known name that looks most like the one that was asked for.
    pub(super) fn nearest(&self) -> Option<String> {
        let names: Vec<&String> = self.names.iter().collect();
        nearest(self.query, &names).map(str::to_owned)
    }

    pub(super) fn items(self, verdict: &Verdict) -> Vec<Item> {
        let levels = Levels::of(verdict);
        let system = self.system;
        self.found.into_iter().map(|((kind, name), found)| item(system, &levels, kind, name, found)).collect()
    }
}

fn item(system: &System, levels: &Levels<'_>, kind: Kind, name: String, found: Found) -> Item {
    let meant = |end: &Endpoint| {
        found.ends.iter().any(|(module, interface, function)| {
            *module == end.module.name
                && *function == end.function.name
                && end.interface.as_ref().is_none_or(|it| Some(&it.name) == interface.as_ref())
        })
    };
    let edges = system.edges.iter().filter(|edge| meant(&edge.from) || meant(&edge.to));
    let edges = edges.map(|edge| format!("{} to {}", edge.from.text, edge.to.text)).collect();
    let data = system.data.iter().filter(|data| meant(&data.feeds)).map(|data| data.name.clone()).collect();
    let told = |run: &Run| match &found.only {
        None => true,
        Some((target, version)) => {
            run.target == *target && version.as_ref().is_none_or(|it| it.to_string() == run.firmware)
        }
    };
    let modules = found.modules.iter().filter_map(|((_, _, index), functions)| {
        let module = system.modules.iter().chain(&system.earlier).nth(*index)?;
        let current = *index < system.modules.len();
        Some(ModuleUse {
            module: module.name.clone(),
            version: module.version.to_string(),
            current,
            functions: functions.iter().cloned().collect(),
            runs: levels.runs(system, module, current).into_iter().filter(|run| told(run)).collect(),
        })
    });
    let modules = modules.collect();
    let firmwares = found.firmwares.iter().filter_map(|((target, firmware), functions)| {
        let target = system.targets.get(*target)?;
        let firmware = target.firmware.get(*firmware)?;
        Some(FirmwareUse {
            target: target.name.clone(),
            version: firmware.version.to_string(),
            functions: functions.iter().cloned().collect(),
            devices: devices(system, target, firmware, |_| true),
        })
    });
    let firmwares = firmwares.collect();
    Item { kind, name, declared: found.declared.into_iter().collect(), modules, firmwares, edges, data }
}

/// Every function that a module with this world exports or imports.
fn functions(world: &World) -> impl Iterator<Item = (Option<&InterfaceId>, &Function, Way)> {
    let exported = world.exported_functions().map(|(interface, function)| (interface, function, Way::Export));
    let imported = world.imported_functions().map(|(interface, function)| (interface, function, Way::Import));
    exported.chain(imported)
}

fn function_name(interface: Option<&InterfaceId>, function: &Function) -> Name {
    interface.map_or_else(|| Name::bare(&function.name), |id| Name::interface(id).then(&function.name))
}

fn end(
    module: &Module,
    interface: Option<&InterfaceId>,
    function: &Function,
) -> (String, Option<String>, String) {
    (module.name.clone(), interface.map(|id| id.name.clone()), function.name.clone())
}
