//! The digest of every function of a system's artefacts, taken once.

use std::collections::{HashMap, HashSet};
use std::ptr::from_ref;

use linchpin_contract::{Digest, Function, World, function_digest};

use crate::system::System;

/// Digests by the address of the function in the system, which stays where it is while it is checked.
#[derive(Default)]
pub(crate) struct Digests(HashMap<usize, Option<Digest>>);

impl Digests {
    /// Takes the digests of everything that modules and firmwares provide and call. Artefacts may share their world.
    pub(crate) fn of(system: &System) -> Self {
        let mut digests = Self::default();
        let mut seen = HashSet::new();
        let modules = system.modules.iter().chain(&system.earlier).map(|module| module.world.as_ref());
        let firmwares = system.targets.iter().flat_map(|target| &target.firmware);
        let described = firmwares.flat_map(|firmware| firmware.descriptors.iter());
        for world in modules.chain(described.map(|descriptor| &descriptor.world)) {
            if seen.insert(from_ref::<World>(world).addr()) {
                for (_, function) in world.exported_functions() {
                    digests.0.insert(from_ref(function).addr(), function_digest(function).ok());
                }
            }
        }
        digests
    }

    /// The digest of a function; absent for a type too large for one, which loading refuses.
    pub(crate) fn get(&self, function: &Function) -> Option<Digest> {
        match self.0.get(&from_ref(function).addr()) {
            Some(digest) => *digest,
            None => function_digest(function).ok(),
        }
    }
}
