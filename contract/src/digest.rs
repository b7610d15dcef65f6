//! SHA-256 digests of functions, types and interfaces.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use crate::error::Error;
use crate::model::{Function, Interface, Type};
use crate::text::{canonical_text, canonical_type};

/// A SHA-256 digest; written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The first twelve hexadecimal digits, for people.
    pub fn short(&self) -> String {
        self.to_string().chars().take(12).collect()
    }
}

/// SHA-256 over the [canonical text](canonical_text) of a function.
///
/// # Errors
/// As [`canonical_text`].
pub fn function_digest(function: &Function) -> Result<Digest, Error> {
    Ok(Digest::of(canonical_text(function)?.as_bytes()))
}

/// SHA-256 over the [canonical text](canonical_type) of a type.
///
/// # Errors
/// As [`canonical_text`].
pub fn type_digest(ty: &Type) -> Result<Digest, Error> {
    Ok(Digest::of(canonical_type(ty)?.as_bytes()))
}

/// SHA-256 over one line `name digest` for each function, sorted by name.
///
/// # Errors
/// As [`canonical_text`].
pub fn interface_digest(interface: &Interface) -> Result<Digest, Error> {
    let mut lines = Vec::with_capacity(interface.functions.len());
    for function in &interface.functions {
        lines.push(format!("{} {}\n", function.name, function_digest(function)?));
    }
    lines.sort_unstable();
    Ok(Digest::of(lines.concat().as_bytes()))
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digit = |value: u8| char::from(if value < 10 { b'0' + value } else { b'a' + value - 10 });
        let digits: String = self.0.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
        f.write_str(&digits)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is not 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a digest is 64 lower-case hexadecimal digits")]
pub struct NotADigest;

impl FromStr for Digest {
    type Err = NotADigest;

    fn from_str(text: &str) -> Result<Self, NotADigest> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return Err(NotADigest);
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = pair
                .iter()
                .try_fold(0, |value, digit| Some(value << 4 | hex_value(*digit)?))
                .ok_or(NotADigest)?;
        }
        Ok(Self(bytes))
    }
}

fn hex_value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

impl serde::Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
