//! Keys as text files: one small JSON object with a `kind`, a `scheme` and the key in hex.
//!
//! ```json
//! { "kind": "linchpin-public-key", "scheme": "ed25519", "public": "<64 hex digits>" }
//! { "kind": "linchpin-private-key", "scheme": "ed25519", "private": "<64 hex digits of the RFC 8032 seed>" }
//! ```
//!
//! No message of this file repeats text that it read: a user who mixes up two files must not find a private
//! key in a log.

use serde::Deserialize;

use crate::hex;
use crate::keys::wipe;
use crate::{PublicKey, Refusal, SigningKey};

const PUBLIC_KIND: &str = "linchpin-public-key";
const PRIVATE_KIND: &str = "linchpin-private-key";
const SCHEME: &str = "ed25519";

/// A key file is about 150 bytes; anything much longer is another file.
const MAX_FILE_BYTES: usize = 4096;

impl PublicKey {
    /// The text of a public key file.
    #[must_use]
    pub fn to_file_text(&self) -> String {
        file_text(PUBLIC_KIND, "public", &self.to_string())
    }

    /// Reads the text of a public key file.
    ///
    /// # Errors
    /// `key-file-malformed`, `key-kind-wrong`, `key-scheme-unknown`, `key-malformed` or `key-weak`.
    ///
    /// ```
    /// use linchpin_trust::{PublicKey, SigningKey};
    ///
    /// let key = SigningKey::from_seed([7; 32]).public();
    /// assert_eq!(PublicKey::from_file_text(&key.to_file_text()), Ok(key));
    /// ```
    pub fn from_file_text(text: &str) -> Result<Self, Refusal> {
        let file = parse(text, PUBLIC_KIND)?;
        required(file.public, file.private, "public")?.parse()
    }
}

impl SigningKey {
    /// The text of a private key file. It is a secret: keep it in memory only as long as writing it takes.
    #[must_use]
    pub fn to_file_text(&self) -> String {
        let digits: String = self.seed().iter().map(|byte| format!("{byte:02x}")).collect();
        file_text(PRIVATE_KIND, "private", &digits)
    }

    /// Reads the text of a private key file.
    ///
    /// # Errors
    /// `key-file-malformed`, `key-kind-wrong`, `key-scheme-unknown` or `key-malformed`. No message repeats
    /// what was read.
    pub fn from_file_text(text: &str) -> Result<Self, Refusal> {
        let file = parse(text, PRIVATE_KIND)?;
        let digits = required(file.private, file.public, "private")?;
        let mut seed = hex::read(digits).ok_or_else(|| Refusal::KeyMalformed {
            place: "private key",
            reason: "it is not 64 lower-case hex digits".to_owned(),
        })?;
        let key = Self::from_seed(seed);
        wipe(&mut seed);
        Ok(key)
    }
}

/// Borrowed, so that no copy of a private key stays behind in freed memory.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile<'a> {
    kind: &'a str,
    scheme: &'a str,
    #[serde(default, borrow)]
    public: Option<&'a str>,
    #[serde(default, borrow)]
    private: Option<&'a str>,
}

fn file_text(kind: &str, member: &str, digits: &str) -> String {
    format!("{{\n  \"kind\": \"{kind}\",\n  \"scheme\": \"{SCHEME}\",\n  \"{member}\": \"{digits}\"\n}}\n")
}

fn parse<'a>(text: &'a str, wanted: &'static str) -> Result<KeyFile<'a>, Refusal> {
    if text.len() > MAX_FILE_BYTES {
        return Err(malformed(format!("it has {} bytes, at most {MAX_FILE_BYTES} are read", text.len())));
    }
    let file: KeyFile<'a> = serde_json::from_str(text).map_err(|error| {
        malformed(format!("the JSON is wrong at line {}, column {}", error.line(), error.column()))
    })?;
    if file.kind != wanted {
        return Err(Refusal::KeyKindWrong { wanted });
    }
    if file.scheme != SCHEME {
        return Err(Refusal::KeySchemeUnknown);
    }
    Ok(file)
}

fn required<'a>(wanted: Option<&'a str>, other: Option<&str>, member: &str) -> Result<&'a str, Refusal> {
    match (wanted, other) {
        (Some(digits), None) => Ok(digits),
        (None | Some(_), Some(_)) => Err(malformed(format!("it may hold no key but `{member}`"))),
        (None, None) => Err(malformed(format!("`{member}` is missing"))),
    }
}

fn malformed(reason: String) -> Refusal {
    Refusal::KeyFileMalformed { reason }
}
