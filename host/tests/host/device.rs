//! A device and its release engineer: signed releases, and slots that trust them.

use crate::guests::{constant, contract_of};
use linchpin_host::abi::Instance as _;
use linchpin_host::{CallError, Engine, EngineConfig, GuardViolation, Outcome, Release, Slot, SlotBuilder};
use linchpin_trust::{
    Checker, Component, FunctionDigest, Level, Limits, Pair, Request, Role, Sha256Digest, SigningKey, System,
    TrustedState, UnixSeconds, VerdictPredicate, attest,
};
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

pub(crate) const NOW: u64 = 1_700_000_000;
pub(crate) const EXPIRES: u64 = NOW + 1_000;
const CLASS: &str = "tank-1";

fn key() -> SigningKey {
    SigningKey::from_seed([3; 32])
}

/// What a new device trusts.
pub(crate) fn trusted() -> TrustedState {
    TrustedState::new([key().public()], NonZeroU32::MIN, CLASS)
}

/// A release of `component` with this counter.
pub(crate) fn release(component: Vec<u8>, counter: u64) -> Release {
    release_with(component, counter, CLASS, key())
}

pub(crate) fn release_with(component: Vec<u8>, counter: u64, class: &str, key: SigningKey) -> Release {
    let predicate = VerdictPredicate {
        system: System { name: "test".to_owned(), sha256: Sha256Digest::of(b"system") },
        checker: Checker { name: "linchpin".to_owned(), version: "0.1.0".to_owned() },
        counter,
        issued_at: UnixSeconds(NOW),
        expires_at: Some(UnixSeconds(EXPIRES)),
        device_classes: BTreeSet::from([class.to_owned()]),
        pairs: vec![Pair {
            module: "control".to_owned(),
            module_sha256: Sha256Digest::of(&component),
            target: class.to_owned(),
            firmware: "1.0.0".to_owned(),
            role: Role::ModuleUpgrade,
            level: Level::Ok,
        }],
        edges: Vec::new(),
        limits: BTreeMap::from([(
            class.to_owned(),
            Limits { memory_bytes: 1 << 20, instructions: 1_000_000, size_bytes: 1 << 20 },
        )]),
        functions: BTreeMap::from([(
            "control".to_owned(),
            vec![FunctionDigest {
                interface: "test:device/control@1.0.0".to_owned(),
                name: "value".to_owned(),
                digest: Sha256Digest::of(b"func() -> u32"),
            }],
        )]),
        measured: BTreeMap::new(),
    };
    let components = vec![Component { name: "control", bytes: &component }];
    let request = Request { components, predicate, last_counter: counter - 1 };
    let attestation = attest(request, &[key]).expect("the verdict is clean");
    Release { component, attestation }
}

/// A slot for the world of [`constant`].
pub(crate) fn builder() -> SlotBuilder<Slot> {
    let engine = Engine::new(EngineConfig::deterministic()).expect("the engine starts");
    Slot::builder(&engine, contract_of(&constant(0))).trust(trusted())
}

/// Calls `value`; the contract allows up to 1,000.
pub(crate) fn value(slot: &Slot) -> Result<Outcome<u32>, CallError> {
    slot.call(
        0,
        |guest| {
            let mut slots = [0];
            guest.call(0, &mut slots)?;
            Ok(slots[0] as u32)
        },
        |value| match value {
            0..=1_000 => Ok(()),
            _ => Err(GuardViolation::firmware(format!("{value} is over 1000"))),
        },
    )
}
