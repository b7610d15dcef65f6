//! Verifying an attestation on the device.

use std::collections::BTreeSet;

use crate::consistent;
use crate::{
    Accepted, Envelope, FunctionDigest, KeyId, Limits, PAYLOAD_TYPE, Refusal, Sha256Digest, Statement,
    Subject, TrustedState, UnixSeconds,
};

/// What the component is verified for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To install it: it must be newer than all before, or part of the newest statement, and not expired.
    Install,
    /// To start again what is installed: any installed statement that the state still remembers will do, and
    /// expiry does not matter.
    Start,
}

/// A component that may run here, and on what terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attested {
    /// The whole statement.
    pub statement: Statement,
    /// The digest of its signed bytes, by which [`TrustedState`] remembers it.
    pub statement_sha256: Sha256Digest,
    /// Which of its subjects the component is.
    pub subject: Subject,
    /// The limits for the class of this device.
    pub limits: Limits,
    /// The functions that the component was checked to provide.
    pub functions: Vec<FunctionDigest>,
    /// The trusted keys that signed.
    pub signers: BTreeSet<KeyId>,
}

/// Verifies that `envelope` permits `component` on the device of `state`, for `purpose`, at the time `now`.
/// Returns the terms and the state to store.
///
/// - Only the signed bytes count. White space, member order and unknown members of the envelope do not.
/// - **Going back** is a new attestation with a higher counter about the older bytes.
/// - **The clock** matters only for expiry, and expiry only for [`Purpose::Install`]. `issued_at` is never
///   compared with it, and no time is remembered: a clock that steps back, or that once was years ahead, never
///   keeps a device from an update. A device without a clock gives `UnixSeconds(0)`, which never expires.
///
/// # Errors
/// In this order: `envelope-too-large`, `envelope-malformed`; `threshold-impossible`, `signature-altered`,
/// `key-unknown`, `threshold-not-met`; `payload-type-unknown`, `statement-malformed`,
/// `statement-type-unknown`, `predicate-type-unknown`; `verdict-not-clean` and the other rules that [`attest`]
/// holds too; `subject-mismatch`; `device-class-mismatch`; `counter-older`, `counter-reused`, `not-installed`;
/// `expired`.
///
/// [`attest`]: crate::attest
pub fn verify_attestation(
    envelope: &[u8],
    component: &[u8],
    state: &TrustedState,
    now: UnixSeconds,
    purpose: Purpose,
) -> Result<(Attested, TrustedState), Refusal> {
    let envelope = Envelope::parse(envelope)?;
    let signers = envelope.signers(&state.keys, state.threshold)?;
    // From here on a trusted signer vouches for the payload and its type.
    if envelope.payload_type != PAYLOAD_TYPE {
        return Err(Refusal::PayloadTypeUnknown { found: envelope.payload_type });
    }
    let statement = Statement::parse(&envelope.payload)?;
    consistent::check(&statement)?;
    let sha256 = Sha256Digest::of(component);
    let subject = statement.subjects.iter().find(|subject| subject.sha256 == sha256).cloned();
    let subject = subject.ok_or(Refusal::SubjectMismatch { component: sha256 })?;
    let limits = limits_for(&statement, &state.device_class)?;
    let functions = statement.predicate.functions.get(&subject.name).cloned();
    let functions =
        functions.ok_or_else(|| Refusal::EntryMissing { table: "functions", name: subject.name.clone() })?;

    let statement_sha256 = Sha256Digest::of(&envelope.payload);
    let accepted = Accepted { counter: statement.predicate.counter, statement_sha256 };
    let state = state.accept(accepted, purpose)?;
    fresh(&statement, now, purpose)?;
    Ok((Attested { statement, statement_sha256, subject, limits, functions, signers }, state))
}

fn limits_for(statement: &Statement, device_class: &str) -> Result<Limits, Refusal> {
    if !statement.predicate.device_classes.contains(device_class) {
        return Err(Refusal::DeviceClassMismatch { device_class: device_class.to_owned() });
    }
    let missing = || Refusal::EntryMissing { table: "limits", name: device_class.to_owned() };
    statement.predicate.limits.get(device_class).copied().ok_or_else(missing)
}

fn fresh(statement: &Statement, now: UnixSeconds, purpose: Purpose) -> Result<(), Refusal> {
    match (purpose, statement.predicate.expires_at) {
        (Purpose::Install, Some(expires_at)) if expires_at <= now => {
            Err(Refusal::Expired { expires_at, now })
        }
        (Purpose::Install | Purpose::Start, Some(_) | None) => Ok(()),
    }
}
