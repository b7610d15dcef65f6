//! Ed25519 keys: the private key that signs, the public key that verifies, and the id of a key.

use std::cmp::Ordering;
use std::fmt;
use std::hint::black_box;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::hex;
use crate::{Refusal, Sha256Digest};

/// A private key.
///
/// It cannot be cloned, its memory is overwritten when it is dropped, and `Debug` shows only the key id.
///
/// ```
/// use linchpin_trust::SigningKey;
///
/// let key = SigningKey::from_seed([7; 32]); // in earnest: 32 bytes from the system's generator
/// let message = b"DSSEv1 0  0 ";
/// assert!(key.public().verifies(message, &key.sign(message)));
/// assert!(!key.public().verifies(b"another message", &key.sign(message)));
/// ```
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// The key of an RFC 8032 seed. The seed is the secret: the caller draws it at random and wipes its copy.
    #[must_use]
    pub fn from_seed(mut seed: [u8; 32]) -> Self {
        let key = Self(ed25519_dalek::SigningKey::from_bytes(&seed));
        wipe(&mut seed);
        key
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs `message`. The same key and message always give the same signature.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }

    pub(crate) fn seed(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SigningKey({})", self.public().id())
    }
}

/// A public key that is safe to trust: a canonical encoding of a point of the prime-order group.
///
/// Its text, also in JSON, is 64 lower-case hex digits; padded standard base64 is read as well.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Reads the 32 bytes of a public key.
    ///
    /// # Errors
    /// `key-malformed` when the bytes are no canonical encoding of a point, `key-weak` when the point has
    /// small or mixed order: signatures under such a key can be valid for many messages.
    pub fn from_bytes(bytes: [u8; 32]) -> Result<Self, Refusal> {
        let malformed = || Refusal::KeyMalformed {
            place: "public key",
            reason: "the bytes are no canonical encoding of a point of the curve".to_owned(),
        };
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| malformed())?;
        let point = key.to_edwards();
        if point.compress().to_bytes() != bytes {
            return Err(malformed());
        }
        if key.is_weak() || !point.is_torsion_free() {
            return Err(Refusal::KeyWeak);
        }
        Ok(Self(key))
    }

    /// The 32 bytes of the key.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// Whether `signature` is this key's signature of `message`, by strict verification: no malleable
    /// signature and no small-order point passes.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_strict(message, &Signature::from_bytes(signature)).is_ok()
    }

    /// The key id of TUF 1.0.
    #[must_use]
    pub fn id(&self) -> KeyId {
        KeyId(Sha256Digest::of(self.canonical_json().as_bytes()))
    }

    /// The key object of TUF 1.0 in OLPC canonical JSON: sorted members, no white space.
    fn canonical_json(&self) -> String {
        format!(r#"{{"keytype":"ed25519","keyval":{{"public":"{self}"}},"scheme":"ed25519"}}"#)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex::write(self.0.as_bytes(), out)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PublicKey({self})")
    }
}

impl FromStr for PublicKey {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        // Hex has 64 characters and base64 has 44, so a text never means two keys.
        let bytes = hex::read(text).or_else(|| STANDARD.decode(text).ok()?.try_into().ok());
        let reason = || "it is neither 64 lower-case hex digits nor base64 of 32 bytes".to_owned();
        Self::from_bytes(
            bytes.ok_or_else(|| Refusal::KeyMalformed { place: "public key", reason: reason() })?,
        )
    }
}

impl TryFrom<String> for PublicKey {
    type Error = Refusal;

    fn try_from(text: String) -> Result<Self, Refusal> {
        text.parse()
    }
}

impl From<PublicKey> for String {
    fn from(key: PublicKey) -> Self {
        key.to_string()
    }
}

impl Ord for PublicKey {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.as_bytes().cmp(other.0.as_bytes())
    }
}

impl PartialOrd for PublicKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The id of a public key as TUF 1.0 defines it: the SHA-256 of the key object in OLPC canonical JSON,
/// `{"keytype":"ed25519","keyval":{"public":"<hex>"},"scheme":"ed25519"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeyId(pub Sha256Digest);

impl fmt::Display for KeyId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl FromStr for KeyId {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        text.parse().map(Self)
    }
}

/// Overwrites a copy of a secret. `black_box` keeps the compiler from dropping the write as unused.
pub(crate) fn wipe(secret: &mut [u8; 32]) {
    secret.fill(0);
    black_box(secret);
}
