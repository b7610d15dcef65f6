//! Which module sits on which firmware, and which of the firmware's worlds are meant for it.

use std::collections::{BTreeMap, BTreeSet};

use linchpin_contract::InterfaceId;

use crate::judge::Levels;
use crate::matching::{same_name, taken};
use crate::prepared::{Call, FirmwareClass, ModuleClass, Prepared};
use crate::system::{Module, Runtime, System, Target};
use crate::verdict::{Hit, HitFirmware, Pair};

/// A module and a firmware, each by its class, and the worlds of the firmware that some module of the class of device
/// serves in full, a bit each.
pub(crate) type Classes = (usize, usize, u64);

/// Classes that meet on a runtime that is not ours.
pub(crate) type Foreign = (Classes, Runtime);

/// One module on one firmware.
pub(crate) struct Seat<'s> {
    pub(crate) module: &'s Module,
    pub(crate) target: &'s Target,
    firmware: String,
    pub(crate) classes: Classes,
}

impl Seat<'_> {
    pub(crate) fn foreign(&self) -> Foreign {
        (self.classes, self.target.runtime)
    }

    pub(crate) fn hit(&self) -> Hit {
        Hit {
            module: self.module.name.clone(),
            version: self.module.version.to_string(),
            on: Some(HitFirmware { target: self.target.name.clone(), firmware: self.firmware.clone() }),
        }
    }

    pub(crate) fn pair(&self, levels: Levels) -> Pair {
        Pair {
            module: self.module.name.clone(),
            target: self.target.name.clone(),
            firmware: self.firmware.clone(),
            link: levels.link,
            policy: levels.policy,
            level: levels.policy.with(levels.link),
        }
    }
}

/// Every module on every firmware of its targets.
pub(crate) fn seats<'s>(system: &'s System, prepared: &Prepared<'s>) -> Vec<Seat<'s>> {
    let mut seats = Vec::new();
    let mut served = BTreeMap::new();
    for (module, module_class) in system.modules.iter().zip(&prepared.class_of_module) {
        for (index, (target, classes)) in system.targets.iter().zip(&prepared.class_of_firmware).enumerate() {
            if !module.targets.contains(&target.name) {
                continue;
            }
            for (firmware, class) in target.firmware.iter().zip(classes) {
                let served = *served
                    .entry((index, *class))
                    .or_insert_with(|| served_by(system, prepared, target, *class));
                let firmware = firmware.version.to_string();
                seats.push(Seat { module, target, firmware, classes: (*module_class, *class, served) });
            }
        }
    }
    seats
}

/// The worlds of a firmware that some module of the class of device serves in full.
fn served_by(system: &System, prepared: &Prepared<'_>, target: &Target, firmware: usize) -> u64 {
    let worlds = prepared.firmwares.get(firmware).map_or(&[][..], |firmware| &firmware.worlds);
    // The only world is everyone's.
    if worlds.len() < 2 {
        return 0;
    }
    let own = system.modules.iter().zip(&prepared.class_of_module);
    let own = own.filter(|(module, _)| module.targets.contains(&target.name)).map(|(_, class)| *class);
    let classes: BTreeSet<usize> = own.collect();
    let serve = |world: &[Call<'_>]| {
        classes.iter().filter_map(|class| prepared.modules.get(*class)).any(|module| serves(module, world))
    };
    let bits = worlds.iter().enumerate().filter(|(_, world)| serve(world)).map(|(at, _)| bit(at));
    bits.fold(0, |all, one| all | one)
}

/// The functions that a firmware calls in this module. A firmware may call several modules, each through a world of
/// its own; worlds that share nothing with the module are another's, unless all of them are. So are those that it
/// serves in part, where it serves one in full and another module serves them.
pub(crate) fn calls<'s>(
    module: &ModuleClass<'s>,
    firmware: &FirmwareClass<'s>,
    served: u64,
) -> Vec<Call<'s>> {
    let shares = |world: &&Vec<Call<'s>>| {
        world.iter().any(|call| match call.interface {
            Some(wanted) => module.interfaces.iter().any(|export| same_name(wanted, export)),
            None => export(module, None, &call.function.name).is_some(),
        })
    };
    let mut worlds: Vec<(usize, &Vec<Call<'s>>)> =
        firmware.worlds.iter().enumerate().filter(|(_, world)| shares(world)).collect();
    if worlds.iter().any(|(_, world)| serves(module, world)) {
        worlds.retain(|(at, world)| serves(module, world) || bit(*at) & served == 0);
    }
    if worlds.is_empty() {
        worlds = firmware.worlds.iter().enumerate().collect();
    }
    worlds.into_iter().flat_map(|(_, world)| world).copied().collect()
}

/// The function of a module that answers a call; else the interface that was taken for the one that is called.
pub(crate) fn found<'s>(
    module: &ModuleClass<'s>,
    call: Call<'s>,
) -> Result<Call<'s>, Option<&'s InterfaceId>> {
    let name = &call.function.name;
    let Some(wanted) = call.interface else { return export(module, None, name).ok_or(None) };
    let taken = taken(wanted, &module.interfaces);
    taken.and_then(|id| export(module, Some(id), name)).ok_or(taken)
}

/// Whether a module has every function of a world, by name.
fn serves<'s>(module: &ModuleClass<'s>, world: &[Call<'s>]) -> bool {
    world.iter().all(|call| found(module, *call).is_ok())
}

/// The bit of a world; none beyond the sixty-fourth, which is then judged against every module that shares it.
fn bit(world: usize) -> u64 {
    u32::try_from(world).ok().and_then(|at| 1_u64.checked_shl(at)).unwrap_or(0)
}

fn export<'s>(module: &ModuleClass<'s>, interface: Option<&InterfaceId>, name: &str) -> Option<Call<'s>> {
    module.calls.iter().find(|call| call.interface == interface && call.function.name == name).copied()
}
