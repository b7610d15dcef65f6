//! Calls through Linchpin.

use crate::Failure;
use crate::engines::Limited;
use linchpin_host::world::WorldContract;
use linchpin_host::{Engine, EngineConfig, GuestInstance, Limits, Loaded, Release, Slot, SlotBuilder, Store};
use linchpin_trust::{
    Checker, Component, FunctionDigest, Level, Limits as SignedLimits, Pair, Request, Role, Sha256Digest,
    SigningKey, System, TrustedState, UnixSeconds, VerdictPredicate, attest,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::num::NonZeroU32;

/// A generated call of an instance that keeps its state.
pub(crate) const PLAIN: &str = "ours";
/// The same, and the exact reset after it.
pub(crate) const RESET: &str = "ours, with reset";
/// The whole of what a device does: instance, limits, ranges, guards, counters, reset.
pub(crate) const SLOT: &str = "ours, in a slot";
/// Values of types known at run time only, with reset.
pub(crate) const DYNAMIC: &str = "ours, dynamic values, with reset";

fn engine(limited: Limited) -> Result<Engine, Failure> {
    Ok(Engine::new(EngineConfig {
        canonical_nans: limited.is_on(),
        count_instructions: limited.is_on(),
        enforce_deadlines: limited.is_on(),
        ..EngineConfig::deterministic()
    })?)
}

/// An instance of its own.
pub(crate) fn instance(
    component: &[u8],
    world: &WorldContract,
    limited: Limited,
) -> Result<GuestInstance, Failure> {
    Ok(Loaded::for_world(&engine(limited)?, component, world, &Limits::default())?.instantiate()?)
}

/// Calls without a reset, each with its full allowance.
pub(crate) fn plain<T, E: Debug>(
    instance: &mut GuestInstance,
    call: impl FnOnce(&mut GuestInstance) -> Result<T, E>,
) -> T {
    instance.renew_allowance();
    call(instance).expect("the guest returns")
}

/// Calls, and resets.
pub(crate) fn reset<T, E: Debug>(
    instance: &mut GuestInstance,
    call: impl FnOnce(&mut GuestInstance) -> Result<T, E>,
) -> T {
    let value = call(instance).expect("the guest returns");
    instance.reset().expect("there is memory");
    value
}

const CLASS: &str = "bench";

/// An open slot that runs the component.
pub(crate) fn slot<S>(
    builder: impl FnOnce(&Engine) -> SlotBuilder<S>,
    world: &WorldContract,
    component: &[u8],
    limited: Limited,
) -> Result<S, Failure>
where
    S: From<Slot> + std::ops::Deref<Target = Slot>,
{
    let key = SigningKey::from_seed([7; 32]);
    let trusted = TrustedState::new([key.public()], NonZeroU32::MIN, CLASS);
    let slot = builder(&engine(limited)?).trust(trusted).open(Store::memory())?;
    slot.install(&release(world, component, &key)?, 0)?;
    Ok(slot)
}

fn release(world: &WorldContract, component: &[u8], key: &SigningKey) -> Result<Release, Failure> {
    let functions = world.functions.iter().map(|function| FunctionDigest {
        interface: function.interface.unwrap_or_default().to_owned(),
        name: function.name.to_owned(),
        digest: Sha256Digest(function.digest),
    });
    let limits = SignedLimits { memory_bytes: 1 << 20, instructions: 10_000_000, size_bytes: 1 << 20 };
    let predicate = VerdictPredicate {
        system: System { name: CLASS.to_owned(), sha256: Sha256Digest::of(CLASS.as_bytes()) },
        checker: Checker { name: "linchpin".to_owned(), version: "0.1.0".to_owned() },
        counter: 1,
        issued_at: UnixSeconds(0),
        expires_at: None,
        device_classes: BTreeSet::from([CLASS.to_owned()]),
        pairs: vec![Pair {
            module: "module".to_owned(),
            module_sha256: Sha256Digest::of(component),
            target: CLASS.to_owned(),
            firmware: "1.0.0".to_owned(),
            role: Role::ModuleUpgrade,
            level: Level::Ok,
        }],
        edges: Vec::new(),
        limits: BTreeMap::from([(CLASS.to_owned(), limits)]),
        functions: BTreeMap::from([("module".to_owned(), functions.collect())]),
        measured: BTreeMap::new(),
    };
    let components = vec![Component { name: "module", bytes: component }];
    let request = Request { components, predicate, last_counter: 0 };
    let attestation = attest(request, std::slice::from_ref(key))?;
    Ok(Release { component: component.to_vec(), attestation })
}
