//! The DSSE v1 envelope: what exactly is signed, how it is written and read, and the one loop of this crate
//! that counts signatures.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use serde::{Deserialize, Serialize};

use crate::{KeyId, PublicKey, Refusal, SigningKey};

/// The DSSE payload type of an in-toto statement.
pub const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";

/// The longest envelope that is read or written, in bytes. It is checked before anything is parsed.
pub const MAX_ENVELOPE_BYTES: usize = 1 << 20;

/// The most signatures that an envelope may carry. It bounds the work that a hostile envelope can cause.
pub const MAX_SIGNATURES: usize = 16;

/// An envelope, decoded. Nothing in it is trusted until [`Envelope::signers`] has counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// What the payload is. It is signed together with the payload.
    pub payload_type: String,
    /// The signed bytes.
    pub payload: Vec<u8>,
    /// The signatures.
    pub signatures: Vec<EnvelopeSignature>,
}

/// One signature of an envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvelopeSignature {
    /// The key that signed, as the envelope claims. Not signed: it only narrows which keys are tried.
    /// Empty when the signer left it out.
    pub key_id: String,
    /// The signature of [`pae`].
    pub signature: [u8; 64],
}

/// The pre-authentication encoding of DSSE v1: the bytes that are signed.
///
/// ```
/// let signed = linchpin_trust::pae("http://example.com/HelloWorld", b"hello world");
/// assert_eq!(signed, b"DSSEv1 29 http://example.com/HelloWorld 11 hello world");
/// ```
#[must_use]
pub fn pae(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let mut bytes = format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len()).into_bytes();
    bytes.extend_from_slice(payload);
    bytes
}

impl Envelope {
    /// Signs `payload` with each of `keys`, in that order.
    ///
    /// # Errors
    /// `signers-missing` without a key, `signers-too-many` beyond [`MAX_SIGNATURES`], `signer-repeated` when
    /// a key is given twice.
    pub fn sign(payload_type: &str, payload: Vec<u8>, keys: &[SigningKey]) -> Result<Self, Refusal> {
        if keys.is_empty() {
            return Err(Refusal::SignersMissing);
        }
        if keys.len() > MAX_SIGNATURES {
            return Err(Refusal::SignersTooMany { count: keys.len() });
        }
        let message = pae(payload_type, &payload);
        let mut seen = BTreeSet::new();
        let mut signatures = Vec::with_capacity(keys.len());
        for key in keys {
            let id = key.public().id();
            if !seen.insert(id) {
                return Err(Refusal::SignerRepeated { key: id });
            }
            signatures.push(EnvelopeSignature { key_id: id.to_string(), signature: key.sign(&message) });
        }
        Ok(Self { payload_type: payload_type.to_owned(), payload, signatures })
    }

    /// Reads an envelope. Standard and URL-safe base64 are both read, padded and without white space.
    /// Members that DSSE does not define are ignored: they are not signed and have no meaning here.
    ///
    /// # Errors
    /// `envelope-too-large` or `envelope-malformed`.
    pub fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        if bytes.len() > MAX_ENVELOPE_BYTES {
            return Err(Refusal::EnvelopeTooLarge { length: bytes.len() });
        }
        // The reader's own message may repeat the input, which nobody has vouched for yet.
        let wire: WireEnvelope = serde_json::from_slice(bytes).map_err(|error| {
            malformed(format!("the JSON is wrong at line {}, column {}", error.line(), error.column()))
        })?;
        if wire.signatures.is_empty() || wire.signatures.len() > MAX_SIGNATURES {
            let count = wire.signatures.len();
            return Err(malformed(format!("it has {count} signatures, 1 to {MAX_SIGNATURES} are read")));
        }
        let payload = decode(&wire.payload).ok_or_else(|| malformed("`payload` is not base64".to_owned()))?;
        let signatures = wire.signatures.into_iter().map(signature).collect::<Result<_, _>>()?;
        Ok(Self { payload_type: wire.payload_type, payload, signatures })
    }

    /// The envelope as compact JSON. Equal envelopes give equal bytes.
    ///
    /// # Errors
    /// `envelope-too-large` when no device would read it, `envelope-malformed` if the JSON writer fails.
    pub fn to_json(&self) -> Result<Vec<u8>, Refusal> {
        let signature = |signature: &EnvelopeSignature| WireSignature {
            keyid: signature.key_id.clone(),
            sig: STANDARD.encode(signature.signature),
        };
        let wire = WireEnvelope {
            payload_type: self.payload_type.clone(),
            payload: STANDARD.encode(&self.payload),
            signatures: self.signatures.iter().map(signature).collect(),
        };
        let bytes = serde_json::to_vec(&wire).map_err(|error| malformed(error.to_string()))?;
        if bytes.len() > MAX_ENVELOPE_BYTES {
            return Err(Refusal::EnvelopeTooLarge { length: bytes.len() });
        }
        Ok(bytes)
    }

    /// Counts the keys of `trusted` that signed this envelope and returns their ids.
    ///
    /// A key counts once however often it signed. A signature by a key that is not trusted, or one that does
    /// not match, counts nothing. A signature without a key id is tried with every trusted key.
    ///
    /// # Errors
    /// When fewer than `threshold` keys signed: `threshold-impossible` if so many are not even trusted,
    /// `signature-altered` if a trusted key is named with a signature that does not match these bytes,
    /// `key-unknown` if no signature is a trusted key's, `threshold-not-met` otherwise.
    pub fn signers(
        &self,
        trusted: &BTreeSet<PublicKey>,
        threshold: NonZeroU32,
    ) -> Result<BTreeSet<KeyId>, Refusal> {
        let needed = usize::try_from(threshold.get()).unwrap_or(usize::MAX);
        if needed > trusted.len() {
            return Err(Refusal::ThresholdImpossible { threshold, trusted: trusted.len() });
        }
        let by_id: BTreeMap<KeyId, &PublicKey> = trusted.iter().map(|key| (key.id(), key)).collect();
        let message = pae(&self.payload_type, &self.payload);
        let mut signers = BTreeSet::new();
        let mut altered = None;
        for signature in &self.signatures {
            let named: Option<KeyId> = signature.key_id.parse().ok();
            let mut candidates =
                by_id.iter().filter(|(id, _)| signature.key_id.is_empty() || named == Some(**id)).peekable();
            let is_known = candidates.peek().is_some();
            match candidates.find(|(_, key)| key.verifies(&message, &signature.signature)) {
                Some((id, _)) => {
                    signers.insert(*id);
                }
                None if is_known => altered = altered.or(named),
                None => {}
            }
        }
        let found = signers.len();
        if found >= needed {
            return Ok(signers);
        }
        Err(match altered {
            Some(key) => Refusal::SignatureAltered { key },
            None if found == 0 => Refusal::KeyUnknown,
            None => Refusal::ThresholdNotMet { threshold, found },
        })
    }
}

#[derive(Serialize, Deserialize)]
struct WireEnvelope {
    payload: String,
    #[serde(rename = "payloadType")]
    payload_type: String,
    signatures: Vec<WireSignature>,
}

#[derive(Serialize, Deserialize)]
struct WireSignature {
    #[serde(default)]
    keyid: String,
    sig: String,
}

fn signature(wire: WireSignature) -> Result<EnvelopeSignature, Refusal> {
    let signature = decode(&wire.sig).and_then(|bytes| bytes.try_into().ok());
    let reason = || malformed("a `sig` is not base64 of 64 bytes".to_owned());
    Ok(EnvelopeSignature { key_id: wire.keyid, signature: signature.ok_or_else(reason)? })
}

fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).or_else(|_| URL_SAFE.decode(text)).ok()
}

fn malformed(reason: String) -> Refusal {
    Refusal::EnvelopeMalformed { reason }
}
