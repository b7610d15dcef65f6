//! Signing a verdict, or refusing to.

use crate::consistent;
use crate::{
    Envelope, PAYLOAD_TYPE, Refusal, Sha256Digest, SigningKey, Statement, Subject, VerdictPredicate,
};

/// What is to be attested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request<'a> {
    /// The components, in any order. Their digests are taken from these bytes and from nowhere else.
    pub components: Vec<Component<'a>>,
    /// The verdict over them. Its counter must be the one after `last_counter`.
    pub predicate: VerdictPredicate,
    /// The counter of the last attestation of this system; 0 when there is none.
    pub last_counter: u64,
}

/// A component as it will be shipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Component<'a> {
    /// Its name in the system.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// Signs the verdict of `request` with each of `keys` and returns the envelope. Equal requests and keys give
/// equal bytes.
///
/// # Errors
/// `verdict-not-clean` unless every pair and edge is ok; `component-changed`, `pair-missing` and the other
/// one-to-one rules unless components, device classes and verdict match; `counter-not-next`;
/// `expiry-before-issue`; `signers-missing`, `signers-too-many` or `signer-repeated`; `envelope-too-large`.
///
/// ```
/// use std::collections::{BTreeMap, BTreeSet};
/// use std::num::NonZeroU32;
///
/// use linchpin_trust::{
///     Checker, Component, FunctionDigest, Level, Limits, Pair, Purpose, Request, Role, Sha256Digest,
///     SigningKey, System, TrustedState, UnixSeconds, VerdictPredicate, attest, verify_attestation,
/// };
///
/// // At the release engineer's: the verdict over these bytes is clean, so it is signed.
/// let bytes = b"\0asm the bytes of a component";
/// let class = "heater-3".to_owned();
/// let predicate = VerdictPredicate {
///     system: System { name: "acme-heating".to_owned(), sha256: Sha256Digest::of(b"linchpin.toml") },
///     checker: Checker { name: "linchpin".to_owned(), version: "0.1.0".to_owned() },
///     counter: 1,
///     issued_at: UnixSeconds(1_700_000_000),
///     expires_at: Some(UnixSeconds(1_731_536_000)),
///     device_classes: BTreeSet::from([class.clone()]),
///     pairs: vec![Pair {
///         module: "setpoint".to_owned(),
///         module_sha256: Sha256Digest::of(bytes),
///         target: class.clone(),
///         firmware: "3.0.0".to_owned(),
///         role: Role::ModuleUpgrade,
///         level: Level::Ok,
///     }],
///     edges: vec![],
///     limits: BTreeMap::from([(
///         class.clone(),
///         Limits { memory_bytes: 128 << 10, instructions: 2_000_000, size_bytes: 64 << 10 },
///     )]),
///     functions: BTreeMap::from([(
///         "setpoint".to_owned(),
///         vec![FunctionDigest {
///             interface: "acme:heater/control@1.0.0".to_owned(),
///             name: "plan".to_owned(),
///             digest: Sha256Digest::of(b"plan: func(..)"),
///         }],
///     )]),
///     measured: BTreeMap::new(),
/// };
/// let request =
///     Request { components: vec![Component { name: "setpoint", bytes }], predicate, last_counter: 0 };
/// let key = SigningKey::from_seed([7; 32]);
/// let public = key.public();
/// let envelope = attest(request, &[key])?;
///
/// // On the device: offline, with what it knew before.
/// let state = TrustedState::new([public], NonZeroU32::MIN, &class);
/// let now = UnixSeconds(1_700_000_600);
/// let (attested, state) = verify_attestation(&envelope, bytes, &state, now, Purpose::Install)?;
/// assert_eq!(attested.subject.name, "setpoint");
/// assert_eq!(state.newest_counter(), 1);
///
/// let altered = b"\0asm the bytes of a companion";
/// let refusal = verify_attestation(&envelope, altered, &state, now, Purpose::Install).unwrap_err();
/// assert_eq!(refusal.code(), "subject-mismatch");
/// # Ok::<(), linchpin_trust::Refusal>(())
/// ```
pub fn attest(request: Request<'_>, keys: &[SigningKey]) -> Result<Vec<u8>, Refusal> {
    let Request { components, mut predicate, last_counter } = request;
    sequence(&predicate, last_counter)?;
    let subject =
        |it: &Component<'_>| Subject { name: it.name.to_owned(), sha256: Sha256Digest::of(it.bytes) };
    let mut subjects: Vec<Subject> = components.iter().map(subject).collect();
    subjects.sort();
    predicate.pairs.sort();
    predicate.edges.sort();
    predicate.functions.values_mut().for_each(|functions| functions.sort());
    let statement = Statement { subjects, predicate };
    consistent::check(&statement)?;
    Envelope::sign(PAYLOAD_TYPE, statement.to_json()?, keys)?.to_json()
}

fn sequence(predicate: &VerdictPredicate, last_counter: u64) -> Result<(), Refusal> {
    let counter = predicate.counter;
    if last_counter.checked_add(1) != Some(counter) {
        return Err(Refusal::CounterNotNext { counter, last_counter });
    }
    let issued_at = predicate.issued_at;
    match predicate.expires_at {
        Some(expires_at) if expires_at <= issued_at => {
            Err(Refusal::ExpiryBeforeIssue { issued_at, expires_at })
        }
        Some(_) | None => Ok(()),
    }
}
