//! The predicate of an attestation: the checker's verdict and what it was given over.
//!
//! **Unknown members are refused.** in-toto lets a consumer ignore what it does not know. Here a member that
//! an old device ignores could be the one that restricts a release, so a new member is a new
//! [`crate::PREDICATE_TYPE`], and a device acts only on what it fully understood.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Sha256Digest;

/// The verdict over a set of components, and the terms under which devices may run them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerdictPredicate {
    /// The system that was checked.
    pub system: System,
    /// The checker that gave the verdict.
    pub checker: Checker,
    /// The place in the sequence of attestations of this system, from 1. A device never goes back.
    pub counter: u64,
    /// When it was signed. Information for people: no device compares it with its clock.
    pub issued_at: UnixSeconds,
    /// From this second on the attestation permits no new install. What runs goes on running.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<UnixSeconds>,
    /// The device classes that may run every one of the components.
    pub device_classes: BTreeSet<String>,
    /// Every component against every firmware of every device class.
    pub pairs: Vec<Pair>,
    /// Every connection from one function's output to another's input that touches a component.
    pub edges: Vec<Edge>,
    /// The limits of each device class.
    pub limits: BTreeMap<String, Limits>,
    /// The functions that each component provides, by component name.
    pub functions: BTreeMap<String, Vec<FunctionDigest>>,
    /// What was measured, by component name. A component that was not measured has no entry.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub measured: BTreeMap<String, Measured>,
}

/// A system by name and by the digest of its description.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct System {
    /// The name in `linchpin.toml`.
    pub name: String,
    /// The digest of what was checked: contracts, firmwares, modules, edges.
    pub sha256: Sha256Digest,
}

/// The program that gave the verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checker {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// One component against one firmware, seen from one role.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// The component's name, which is a subject's.
    pub module: String,
    /// The digest of the component bytes that were checked.
    pub module_sha256: Sha256Digest,
    /// The device class.
    pub target: String,
    /// The firmware's version.
    pub firmware: String,
    /// The question that was asked.
    pub role: Role,
    /// The answer.
    pub level: Level,
}

/// The output of one function that feeds the input of another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edge {
    /// The producer.
    pub from: Endpoint,
    /// The consumer.
    pub to: Endpoint,
    /// The answer.
    pub level: Level,
}

/// One end of an edge.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Endpoint {
    /// The name of a component or of recorded data.
    pub module: String,
    /// The digest of the bytes that were checked.
    pub module_sha256: Sha256Digest,
    /// The place in it, such as `plan(inputs.prices)`.
    pub path: String,
}

/// Which side of a pair is the new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// New firmware, this module.
    HostUpgrade,
    /// New module, this firmware.
    ModuleUpgrade,
}

impl fmt::Display for Role {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::HostUpgrade => "host-upgrade",
            Self::ModuleUpgrade => "module-upgrade",
        })
    }
}

/// The checker's answer for one pair or edge. Only the word `ok` is good; any other word, known or not, is
/// carried for the message and refused.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Level {
    /// It fits.
    Ok,
    /// The checker's word for anything else.
    Other(String),
}

impl From<String> for Level {
    fn from(word: String) -> Self {
        if word == "ok" { Self::Ok } else { Self::Other(word) }
    }
}

impl From<Level> for String {
    fn from(level: Level) -> Self {
        match level {
            Level::Ok => "ok".to_owned(),
            Level::Other(word) => word,
        }
    }
}

/// What a device of a class gives to a component at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Linear memory, in bytes.
    pub memory_bytes: u64,
    /// Instructions a call.
    pub instructions: u64,
    /// The component itself, in bytes.
    pub size_bytes: u64,
}

/// One function that a component provides.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FunctionDigest {
    /// The interface with its version, or the world for a function of its own.
    pub interface: String,
    /// The function's name.
    pub name: String,
    /// The function's structural digest.
    pub digest: Sha256Digest,
}

/// The most that any call of the check used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// Instructions of one call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instructions: Option<u64>,
    /// Linear memory, in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_bytes: Option<u64>,
}

/// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnixSeconds(pub u64);

impl fmt::Display for UnixSeconds {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}
