//! A small system to sign: two components, two device classes.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use linchpin_trust::{
    Attested, Checker, Component, Edge, Endpoint, Envelope, FunctionDigest, Level, Limits, Measured,
    PAYLOAD_TYPE, Pair, Purpose, Refusal, Request, Role, Sha256Digest, SigningKey, Statement, Subject,
    System, TrustedState, UnixSeconds, VerdictPredicate, attest, verify_attestation,
};

pub(crate) const ISSUED: UnixSeconds = UnixSeconds(1_700_000_000);
pub(crate) const EXPIRES: UnixSeconds = UnixSeconds(1_731_536_000);
pub(crate) const NOW: UnixSeconds = UnixSeconds(1_700_000_600);
pub(crate) const CLASSES: [&str; 2] = ["heater-2", "heater-3"];
pub(crate) const SETPOINT: &[u8] = b"\0asm\x0d\0\x01\0 setpoint 1.4.0";
pub(crate) const FORECAST: &[u8] = b"\0asm\x0d\0\x01\0 forecast 2.0.1";

pub(crate) fn key(number: u8) -> SigningKey {
    SigningKey::from_seed([number; 32])
}

/// The request for both components with a clean verdict and `counter`.
pub(crate) fn request(counter: u64) -> Request<'static> {
    request_of(&[("forecast", FORECAST), ("setpoint", SETPOINT)], counter)
}

pub(crate) fn request_of(components: &[(&'static str, &'static [u8])], counter: u64) -> Request<'static> {
    let components: Vec<_> = components.iter().map(|&(name, bytes)| Component { name, bytes }).collect();
    let predicate = predicate(&components, counter);
    Request { components, predicate, last_counter: counter.wrapping_sub(1) }
}

/// The request's statement as a signer would sign it who skips every check.
pub(crate) fn statement(request: &Request<'_>) -> Statement {
    let subject =
        |it: &Component<'_>| Subject { name: it.name.to_owned(), sha256: Sha256Digest::of(it.bytes) };
    Statement {
        subjects: request.components.iter().map(subject).collect(),
        predicate: request.predicate.clone(),
    }
}

pub(crate) fn sign_unchecked(statement: &Statement) -> Vec<u8> {
    sign_payload(PAYLOAD_TYPE, statement.to_json().unwrap())
}

pub(crate) fn sign_payload(payload_type: &str, payload: Vec<u8>) -> Vec<u8> {
    Envelope::sign(payload_type, payload, &[key(1)]).unwrap().to_json().unwrap()
}

pub(crate) fn sign(counter: u64) -> Vec<u8> {
    attest(request(counter), &[key(1)]).unwrap()
}

pub(crate) fn trusting(keys: &[u8], threshold: u32) -> TrustedState {
    let keys = keys.iter().map(|number| key(*number).public());
    TrustedState::new(keys, NonZeroU32::new(threshold).unwrap(), "heater-3")
}

/// A device that trusts key 1 and has installed nothing.
pub(crate) fn device() -> TrustedState {
    trusting(&[1], 1)
}

pub(crate) fn install(envelope: &[u8], state: &TrustedState) -> Result<(Attested, TrustedState), Refusal> {
    verify_attestation(envelope, SETPOINT, state, NOW, Purpose::Install)
}

pub(crate) fn installed(envelope: &[u8], state: &TrustedState) -> TrustedState {
    install(envelope, state).unwrap().1
}

fn predicate(components: &[Component<'_>], counter: u64) -> VerdictPredicate {
    let limits = Limits { memory_bytes: 128 << 10, instructions: 2_000_000, size_bytes: 64 << 10 };
    let names = || components.iter().map(|component| component.name.to_owned());
    VerdictPredicate {
        system: System { name: "acme-heating".to_owned(), sha256: Sha256Digest::of(b"linchpin.toml") },
        checker: Checker { name: "linchpin".to_owned(), version: "0.1.0".to_owned() },
        counter,
        issued_at: ISSUED,
        expires_at: Some(EXPIRES),
        device_classes: CLASSES.iter().map(|class| (*class).to_owned()).collect::<BTreeSet<_>>(),
        pairs: components.iter().flat_map(pairs).collect(),
        edges: components.iter().find(|it| it.name == "forecast").map(edge).into_iter().collect(),
        limits: CLASSES.iter().map(|class| ((*class).to_owned(), limits)).collect(),
        functions: names().map(|name| (name, vec![function()])).collect(),
        measured: BTreeMap::from_iter(names().map(|name| (name, measured())).take(1)),
    }
}

fn pairs(component: &Component<'_>) -> Vec<Pair> {
    let pair = |target: &str, firmware: &str, role| Pair {
        module: component.name.to_owned(),
        module_sha256: Sha256Digest::of(component.bytes),
        target: target.to_owned(),
        firmware: firmware.to_owned(),
        role,
        level: Level::Ok,
    };
    vec![
        pair("heater-2", "2.7.0", Role::ModuleUpgrade),
        pair("heater-3", "3.0.0", Role::ModuleUpgrade),
        pair("heater-3", "3.1.0", Role::HostUpgrade),
        pair("heater-3", "3.1.0", Role::ModuleUpgrade),
    ]
}

/// The forecast feeds a consumer that is in the field and not attested here.
fn edge(producer: &Component<'_>) -> Edge {
    Edge {
        from: Endpoint {
            module: producer.name.to_owned(),
            module_sha256: Sha256Digest::of(producer.bytes),
            path: "day-ahead -> ok.prices".to_owned(),
        },
        to: Endpoint {
            module: "inverter".to_owned(),
            module_sha256: Sha256Digest::of(b"in the field"),
            path: "plan(inputs.prices)".to_owned(),
        },
        level: Level::Ok,
    }
}

fn function() -> FunctionDigest {
    FunctionDigest {
        interface: "acme:heater/control@1.0.0".to_owned(),
        name: "plan".to_owned(),
        digest: Sha256Digest::of(b"plan: func(inputs) -> result<setpoint, fault>"),
    }
}

fn measured() -> Measured {
    Measured { instructions: Some(41_250), memory_bytes: Some(65_536) }
}

/// SplitMix64: a fixed sequence for each seed, so that a failure can be seen again.
pub(crate) struct Sequence(pub(crate) u64);

impl Sequence {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound).unwrap()).unwrap()
    }

    pub(crate) fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.next().to_le_bytes()[0]).collect()
    }
}
