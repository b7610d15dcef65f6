//! Verdict-bound signing: what a release engineer signs, and what a device verifies alone and offline.
//!
//! An **attestation** is an in-toto Statement v1 in a DSSE v1 envelope. Its subjects are components, named by
//! the SHA-256 of their bytes. Its predicate is the checker's verdict over exactly those bytes, together with
//! the device classes it is for, the limits, the function digests and a counter.
//!
//! ```text
//! components + verdict -> attest -> envelope bytes -> any channel -> verify_attestation -> Attested, new TrustedState
//!                           |                                              |
//!                       SigningKey                               TrustedState, clock, Purpose
//! ```
//!
//! Everything here is a pure function over bytes: no file, no network, no clock, no randomness. The caller
//! reads files, brings the time and keeps the [`TrustedState`]. Every refusal is a [`Refusal`] with a stable
//! [`Refusal::code`].
//!
//! Start with [`attest`] and its example, then [`verify_attestation`].
//!
//! **Where release metadata joins.** TUF 1.0 roles (root, targets, snapshot, timestamp) come beside
//! `attest` and `verify`, one file a role, each with a function of the shape of [`verify_attestation`]. They
//! reuse [`SigningKey`], [`PublicKey`] and [`KeyId`], which is already TUF's key id, and the one loop that
//! counts signatures. Root will then own the keys and the threshold of [`TrustedState`], and targets will name
//! an attestation by the SHA-256 of its envelope. The attestation itself stays as it is.
#![forbid(unsafe_code)]

mod attest;
mod consistent;
mod digest;
mod dsse;
mod hex;
mod key_file;
mod keys;
mod predicate;
mod refusal;
mod state;
mod statement;
mod verify;

pub use attest::{Component, Request, attest};
pub use digest::Sha256Digest;
pub use dsse::{Envelope, EnvelopeSignature, MAX_ENVELOPE_BYTES, MAX_SIGNATURES, PAYLOAD_TYPE, pae};
pub use keys::{KeyId, PublicKey, SigningKey};
pub use predicate::{
    Checker, Edge, Endpoint, FunctionDigest, Level, Limits, Measured, Pair, Role, System, UnixSeconds,
    VerdictPredicate,
};
pub use refusal::Refusal;
pub use state::{Accepted, TrustedState};
pub use statement::{PREDICATE_TYPE, STATEMENT_TYPE, Statement, Subject};
pub use verify::{Attested, Purpose, verify_attestation};
