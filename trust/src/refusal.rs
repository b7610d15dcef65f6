//! Every reason to refuse, each with a stable code.

use std::num::NonZeroU32;

use crate::{KeyId, Role, Sha256Digest, UnixSeconds};

/// Why something was not signed, not read or not trusted.
///
/// The text of a refusal may become better; its [`Refusal::code`] never changes and is never used again for
/// another reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each variant is documented, and its message says what its fields are")]
pub enum Refusal {
    /// A text that should be a SHA-256 digest is not one.
    #[error("a SHA-256 digest is 64 lower-case hex digits, this text has {length} bytes or another digit")]
    DigestMalformed { length: usize },

    /// The bytes or the text of a key are no key.
    #[error("the {place} cannot be read: {reason}; copy the key again from where it was made")]
    KeyMalformed { place: &'static str, reason: String },
    /// A public key outside the prime-order group.
    #[error("the public key has small or mixed order, so its signatures prove nothing; make a new key pair")]
    KeyWeak,
    /// A key file is not the JSON object that it should be.
    #[error("the key file cannot be read: {reason}; it is one JSON object of `kind`, `scheme` and the key")]
    KeyFileMalformed { reason: String },
    /// A private key file where a public one is needed, or the reverse, or something else.
    #[error("the key file is of another kind; give a file whose `kind` is `{wanted}`")]
    KeyKindWrong { wanted: &'static str },
    /// A key file for another signature scheme.
    #[error("the key file names a `scheme` that is not `ed25519`; make an ed25519 key pair")]
    KeySchemeUnknown,

    /// Nobody signs.
    #[error("no key to sign with was given; give at least one private key")]
    SignersMissing,
    /// More signatures than a device would read.
    #[error("{count} keys to sign with are too many; give at most {}", crate::MAX_SIGNATURES)]
    SignersTooMany { count: usize },
    /// One key is to sign twice.
    #[error("the key {key} was given twice to sign with; give each key once")]
    SignerRepeated { key: KeyId },

    /// More bytes than a device reads.
    #[error(
        "the envelope has {length} bytes, at most {} are read; attest fewer components at once",
        crate::MAX_ENVELOPE_BYTES
    )]
    EnvelopeTooLarge { length: usize },
    /// The bytes are no DSSE envelope.
    #[error("this is no DSSE envelope: {reason}; fetch the attestation again")]
    EnvelopeMalformed { reason: String },
    /// The trusted state can never be satisfied.
    #[error("the trusted state asks for {threshold} keys and knows {trusted}; mend the trusted state")]
    ThresholdImpossible { threshold: NonZeroU32, trusted: usize },
    /// A signature names a trusted key and does not match: the bytes or the signature changed on the way.
    #[error("the signature by the trusted key {key} does not match these bytes; fetch the attestation again")]
    SignatureAltered { key: KeyId },
    /// Whoever signed is not trusted here.
    #[error("no signature is by a key that is trusted here; sign with a trusted key")]
    KeyUnknown,
    /// Some trusted keys signed, but too few.
    #[error("{found} of {threshold} needed trusted keys signed; sign with more of the trusted keys")]
    ThresholdNotMet { threshold: NonZeroU32, found: usize },
    /// Properly signed, but no in-toto statement.
    #[error("the envelope holds `{}`, not `{}`; give an attestation", .found.escape_debug(), crate::PAYLOAD_TYPE)]
    PayloadTypeUnknown { found: String },

    /// Properly signed, but the statement has missing, wrong or unknown members.
    #[error("the signed statement cannot be read: {reason}; sign again with a matching `linchpin`")]
    StatementMalformed { reason: String },
    /// Properly signed, but another version of the in-toto statement.
    #[error("the statement is a `{}`, not a `{}`; give an in-toto Statement v1", .found.escape_debug(), crate::STATEMENT_TYPE)]
    StatementTypeUnknown { found: String },
    /// Properly signed, but no verdict, or one of another version.
    #[error(
        "the statement is about `{}`, only `{}` is understood here; sign a verdict of that version",
        .found.escape_debug(),
        crate::PREDICATE_TYPE
    )]
    PredicateTypeUnknown { found: String },

    /// At least one pair or edge is not ok. All of them are named.
    #[error("the verdict is not clean: {}; run `linchpin check` and mend what it finds", .places.join("; "))]
    VerdictNotClean { places: Vec<String> },
    /// A component or a device class without a name.
    #[error("the {place} has no name; give it one")]
    NameEmpty { place: &'static str },
    /// An attestation about nothing.
    #[error("there is no component to attest; give at least one")]
    SubjectsMissing,
    /// Two components that cannot be told apart by name or by bytes.
    #[error("the component `{name}` has the name or the bytes of another one; name each component once")]
    SubjectRepeated { name: String },
    /// An attestation for no device.
    #[error("no device class is named; name the classes that may run the components")]
    DeviceClassesMissing,
    /// The verdict is about more than the components.
    #[error("{place} is about a component that is not attested; attest exactly what was checked")]
    PairUnknownSubject { place: String },
    /// The bytes are not those that the checker saw.
    #[error(
        "{place} was checked with the bytes {checked}, but `{module}` is {attested}; run `linchpin check` again"
    )]
    ComponentChanged { place: String, module: String, checked: Sha256Digest, attested: Sha256Digest },
    /// The verdict is about more than the device classes.
    #[error("{place} is about a class that is not named; name the device classes that were checked")]
    PairUnknownTarget { place: String },
    /// The same question is answered twice.
    #[error("{place} appears twice in the verdict; give every pair once")]
    PairRepeated { place: String },
    /// A component was not checked on one of the device classes.
    #[error("`{module}` was not checked on `{target}`; check every component on every device class")]
    PairMissing { module: String, target: String },
    /// An edge of which neither end is attested.
    #[error("{place} touches no attested component; leave it out")]
    EdgeUnknownSubject { place: String },
    /// A table of the predicate lacks a component or a device class.
    #[error("`{name}` has no entry in `{table}`; give one for each")]
    EntryMissing { table: &'static str, name: String },
    /// A table of the predicate names something that is not attested.
    #[error("`{table}` has an entry for `{name}`, which is not attested; leave it out")]
    EntryUnknown { table: &'static str, name: String },

    /// The signer skipped or repeated a counter.
    #[error("the counter {counter} does not follow {last_counter}, the last one signed; sign with the next")]
    CounterNotNext { counter: u64, last_counter: u64 },
    /// The attestation would have expired when it is signed.
    #[error("expiry at {expires_at} is not after issue at {issued_at}; choose a later expiry")]
    ExpiryBeforeIssue { issued_at: UnixSeconds, expires_at: UnixSeconds },

    /// The component is not one of those attested: it was altered, or it is another.
    #[error("the component is {component}, which is not attested here; fetch both again")]
    SubjectMismatch { component: Sha256Digest },
    /// The attestation is for other devices.
    #[error("the attestation is not for the device class `{device_class}`; attest the release for it")]
    DeviceClassMismatch { device_class: String },
    /// A replay of an older release.
    #[error(
        "the counter {counter} is older than {newest}, the newest seen here; sign it again with a new counter"
    )]
    CounterOlder { counter: u64, newest: u64 },
    /// A second statement with the counter of the installed one.
    #[error("the counter {counter} was used here by another statement; sign again with a new counter")]
    CounterReused { counter: u64 },
    /// A start of what was never installed.
    #[error("the statement with counter {counter} was never installed here; install it before it is started")]
    NotInstalled { counter: u64 },
    /// An install after expiry.
    #[error("the attestation expired at {expires_at} and it is {now}; attest the release again")]
    Expired { expires_at: UnixSeconds, now: UnixSeconds },
}

impl Refusal {
    /// The stable code of this refusal.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::DigestMalformed { .. } => "digest-malformed",
            Self::KeyMalformed { .. } => "key-malformed",
            Self::KeyWeak => "key-weak",
            Self::KeyFileMalformed { .. } => "key-file-malformed",
            Self::KeyKindWrong { .. } => "key-kind-wrong",
            Self::KeySchemeUnknown => "key-scheme-unknown",
            Self::SignersMissing => "signers-missing",
            Self::SignersTooMany { .. } => "signers-too-many",
            Self::SignerRepeated { .. } => "signer-repeated",
            Self::EnvelopeTooLarge { .. } => "envelope-too-large",
            Self::EnvelopeMalformed { .. } => "envelope-malformed",
            Self::ThresholdImpossible { .. } => "threshold-impossible",
            Self::SignatureAltered { .. } => "signature-altered",
            Self::KeyUnknown => "key-unknown",
            Self::ThresholdNotMet { .. } => "threshold-not-met",
            Self::PayloadTypeUnknown { .. } => "payload-type-unknown",
            Self::StatementMalformed { .. } => "statement-malformed",
            Self::StatementTypeUnknown { .. } => "statement-type-unknown",
            Self::PredicateTypeUnknown { .. } => "predicate-type-unknown",
            Self::VerdictNotClean { .. } => "verdict-not-clean",
            Self::NameEmpty { .. } => "name-empty",
            Self::SubjectsMissing => "subjects-missing",
            Self::SubjectRepeated { .. } => "subject-repeated",
            Self::DeviceClassesMissing => "device-classes-missing",
            Self::PairUnknownSubject { .. } => "pair-unknown-subject",
            Self::ComponentChanged { .. } => "component-changed",
            Self::PairUnknownTarget { .. } => "pair-unknown-target",
            Self::PairRepeated { .. } => "pair-repeated",
            Self::PairMissing { .. } => "pair-missing",
            Self::EdgeUnknownSubject { .. } => "edge-unknown-subject",
            Self::EntryMissing { .. } => "entry-missing",
            Self::EntryUnknown { .. } => "entry-unknown",
            Self::CounterNotNext { .. } => "counter-not-next",
            Self::ExpiryBeforeIssue { .. } => "expiry-before-issue",
            Self::SubjectMismatch { .. } => "subject-mismatch",
            Self::DeviceClassMismatch { .. } => "device-class-mismatch",
            Self::CounterOlder { .. } => "counter-older",
            Self::CounterReused { .. } => "counter-reused",
            Self::NotInstalled { .. } => "not-installed",
            Self::Expired { .. } => "expired",
        }
    }
}

/// How messages name a pair.
pub(crate) fn pair_place(module: &str, target: &str, firmware: &str, role: Role) -> String {
    format!("the pair of `{module}` and `{target}` {firmware} ({role})")
}
