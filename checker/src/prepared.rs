//! Artefacts made ready to meet: their functions with digests, known by small numbers, equal ones in one class.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use linchpin_contract::descriptor::Descriptor;
use linchpin_contract::{
    Digest, Function, InterfaceId, Type, TypeDef, TypeKind, World, WorldItem, type_digest,
};

use crate::check::function_path;
use crate::known::Known;
use crate::system::{Firmware, Module, Origin, System, edition};

/// One function of an artefact.
#[derive(Clone, Copy)]
pub(crate) struct Call<'s> {
    pub(crate) interface: Option<&'s InterfaceId>,
    pub(crate) function: &'s Function,
    /// Absent for a type too large for one, which loading refuses.
    pub(crate) digest: Option<Digest>,
    /// Equal numbers are equal questions: the same name, the same digest, the same edition of the contract.
    pub(crate) id: u32,
}

/// A module that stands for all that provide the same functions from the same contract.
pub(crate) struct ModuleClass<'s> {
    pub(crate) module: &'s Module,
    pub(crate) interfaces: Vec<&'s InterfaceId>,
    pub(crate) calls: Vec<Call<'s>>,
}

/// A firmware that stands for all with the same descriptors.
pub(crate) struct FirmwareClass<'s> {
    pub(crate) firmware: &'s Firmware,
    /// The functions of each descriptor.
    pub(crate) worlds: Vec<Vec<Call<'s>>>,
}

/// The classes of a system, and which class each artefact is of.
pub(crate) struct Prepared<'s> {
    pub(crate) modules: Vec<ModuleClass<'s>>,
    pub(crate) firmwares: Vec<FirmwareClass<'s>>,
    /// By module.
    pub(crate) class_of_module: Vec<usize>,
    /// By target and firmware.
    pub(crate) class_of_firmware: Vec<Vec<usize>>,
}

impl<'s> Prepared<'s> {
    pub(crate) fn of(system: &'s System, known: &Known<'_>) -> Self {
        let mut ids = Ids { known, numbers: BTreeMap::new() };
        let (modules, class_of_module) = modules(system, &mut ids);
        let (mut firmwares, mut classes) = (Vec::new(), BTreeMap::new());
        let mut class = |firmware: &'s Firmware, ids: &mut Ids<'_>| {
            *classes.entry(firmware.descriptor_sha256).or_insert_with(|| {
                firmwares.push(firmware_class(firmware, ids));
                firmwares.len() - 1
            })
        };
        let class_of_firmware = system.targets.iter().map(|target| {
            target.firmware.iter().map(|firmware| class(firmware, &mut ids)).collect::<Vec<_>>()
        });
        let class_of_firmware = class_of_firmware.collect();
        Self { modules, firmwares, class_of_module, class_of_firmware }
    }
}

/// Numbers of functions: by full name, digest, and the digest of what decides about its edition.
struct Ids<'k> {
    known: &'k Known<'k>,
    numbers: BTreeMap<(String, Option<Digest>, Option<Digest>), u32>,
}

impl Ids<'_> {
    fn of(
        &mut self,
        interface: Option<&InterfaceId>,
        function: &Function,
        edition: Option<Digest>,
    ) -> (Option<Digest>, u32) {
        let digest = self.known.digest(function);
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        let id =
            self.numbers.entry((function_path(interface, &function.name), digest, edition)).or_insert(next);
        (digest, *id)
    }

    fn calls<'w>(&mut self, world: &'w World, edition: Option<Digest>) -> Vec<Call<'w>> {
        let functions = world.exported_functions();
        let call = |(interface, function)| {
            let (digest, id) = self.of(interface, function, edition);
            Call { interface, function, digest, id }
        };
        functions.map(call).collect()
    }
}

fn modules<'s>(system: &'s System, ids: &mut Ids<'_>) -> (Vec<ModuleClass<'s>>, Vec<usize>) {
    let (mut modules, mut classes) = (Vec::new(), BTreeMap::new());
    // Modules that were read from equal sections share their world.
    let mut shapes = HashMap::new();
    let mut own_wit = BTreeMap::new();
    for contract in &system.contracts {
        match &contract.origin {
            Origin::Module(name) => drop(own_wit.insert(name.clone(), contract.sha256)),
            Origin::Earlier { module, version } => {
                own_wit.insert(edition(module, version), contract.sha256);
            }
            Origin::Firmware | Origin::Current | Origin::Released { .. } | Origin::Baseline => {}
        }
    }
    let class_of_module = system.modules.iter().map(|module| {
        let edition = own_wit.get(&module.name).copied();
        let shape =
            shapes.entry(Arc::as_ptr(&module.world)).or_insert_with(|| shape(&module.world, ids.known));
        *classes.entry((*shape, edition)).or_insert_with(|| {
            modules.push(ModuleClass {
                module,
                interfaces: module.world.exported_interfaces().map(|interface| &interface.id).collect(),
                calls: ids.calls(&module.world, edition),
            });
            modules.len() - 1
        })
    });
    let class_of_module = class_of_module.collect();
    (modules, class_of_module)
}

fn firmware_class<'s>(firmware: &'s Firmware, ids: &mut Ids<'_>) -> FirmwareClass<'s> {
    // A firmware's tags are its edition, and they are in its descriptors.
    let edition = Some(firmware.descriptor_sha256);
    let of = |descriptor: &'s Descriptor| ids.calls(&descriptor.world, edition);
    FirmwareClass { firmware, worlds: firmware.descriptors.iter().map(of).collect() }
}

/// A declared type, and for a resource where it comes from: digests have only its name.
fn declared(def: &Arc<TypeDef>) -> String {
    let mut base = def;
    while let TypeKind::Alias(Type::Named(target)) = &base.kind {
        base = target;
    }
    let digest = type_digest(&Type::Named(Arc::clone(def))).ok();
    format!("{} of {} as {}", line("type", &def.name, digest), base.owner, base.name)
}

/// SHA-256 over everything that a runtime could compare of a world: its items in order, with their digests.
fn shape(world: &World, known: &Known<'_>) -> Digest {
    let mut lines = Vec::new();
    for (way, items) in [("import", &world.imports), ("export", &world.exports)] {
        for item in items {
            match item {
                WorldItem::Interface(interface) => {
                    lines.push(format!("{way} {}", interface.id));
                    for def in &interface.types {
                        lines.push(declared(def));
                    }
                    for function in &interface.functions {
                        lines.push(line("func", &function.name, known.digest(function)));
                    }
                }
                WorldItem::Function(function) => {
                    lines.push(format!("{way} func"));
                    lines.push(line("func", &function.name, known.digest(function)));
                }
                WorldItem::Type(def) => lines.push(declared(def)),
            }
        }
    }
    Digest::of(lines.join("\n").as_bytes())
}

fn line(kind: &str, name: &str, digest: Option<Digest>) -> String {
    let digest = digest.map_or_else(|| "-".to_owned(), |digest| digest.to_string());
    format!("{kind} {name} {digest}")
}
