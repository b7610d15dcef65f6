//! The verdict: what is true of every module on every firmware, and every reason why it is not clean.
//!
//! The JSON form is these types as they stand, under [`SCHEMA_VERSION`].

use std::collections::BTreeMap;

use linchpin_contract::Digest;
use serde::{Deserialize, Serialize};

/// Version of the verdict's JSON form. It grows when a field is renamed, removed or changes its meaning.
pub const SCHEMA_VERSION: u32 = 1;

/// Everything that a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// Version of this checker.
    pub checker: String,
    /// Which system, to the byte.
    pub system: SystemId,
    /// Whether every pair is ok and no finding is denied. Nothing may be signed otherwise.
    pub clean: bool,
    /// Every module, by name.
    pub modules: Vec<ModuleVerdict>,
    /// Every module on every firmware of every target that it names, in both roles.
    pub pairs: Vec<Pair>,
    /// Every finding, denied ones first.
    pub findings: Vec<Finding>,
}

/// Which system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemId {
    /// As `linchpin.toml` names it.
    pub name: String,
    /// SHA-256 over `linchpin.toml` and every artefact that it names.
    pub digest: Digest,
}

/// One module, by its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModuleVerdict {
    /// As `linchpin.toml` names it.
    pub name: String,
    /// As `linchpin.toml` claims it.
    pub version: String,
    /// SHA-256 over the component.
    pub sha256: Digest,
    /// Size of the component.
    pub size_bytes: u64,
    /// Exported functions and their digests, as `acme:water-heater/control@1.0.0.plan`.
    pub functions: BTreeMap<String, Digest>,
}

/// One module on one firmware.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// The module's name.
    pub module: String,
    /// SHA-256 over its component.
    pub module_sha256: Digest,
    /// The class of device.
    pub target: String,
    /// The firmware's version.
    pub firmware: String,
    /// SHA-256 over the firmware's descriptors.
    pub firmware_descriptor_sha256: Digest,
    /// Which of the two is new.
    pub role: Role,
    /// What the target's runtime does with the two.
    pub level: PairLevel,
    /// Functions that the firmware calls in the module.
    pub functions: Vec<String>,
}

/// Which side of a pair is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The module comes to a firmware that is in the field.
    ModuleUpgrade,
    /// The firmware comes to a device that has the module.
    HostUpgrade,
}

/// What happens to a pair, from best to worst. All but [`Ok`](Self::Ok) keep a verdict from being clean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PairLevel {
    /// Loads, and every value means the same on both sides.
    Ok,
    /// Loads, but some value may mean another thing.
    Hazard,
    /// Loads, and works for some values only.
    Conditional,
    /// Loads, and fails when it is called.
    CallFail,
    /// Is not loaded.
    LinkFail,
    /// Cannot be decided; counts as the worst.
    Unknown,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule, as `record-field-added`; see [`explain`](crate::explain()).
    pub rule: String,
    /// Whether it keeps the verdict from being clean.
    pub level: Level,
    /// From the function down, or the artefact that is concerned.
    pub path: String,
    /// What is wrong, in one sentence.
    pub message: String,
    /// The places, the one that changed first.
    pub sides: Vec<Side>,
    /// Which upgrade it stands in the way of; absent if none in particular.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Who must move first; absent if nobody waits for another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moves_first: Option<Party>,
    /// Who is hit, sorted.
    pub hits: Vec<Hit>,
    /// What to do.
    pub help: String,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The verdict is not clean.
    Deny,
    /// Worth knowing; the verdict may still be clean.
    Warn,
}

/// Whose text or bytes are spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Party {
    /// The firmware, which calls.
    Firmware,
    /// The module, which is called.
    Module,
    /// A contract that is being worked on.
    Current,
    /// A contract that was released.
    Released,
    /// `linchpin.toml`.
    System,
}

/// One side of a finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Side {
    /// Whose it is.
    pub party: Party,
    /// Where it is written; absent where no text is known, and then `note` says why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Spot>,
    /// What stands there.
    pub text: String,
    /// What to see in it.
    pub label: String,
    /// Why there is no place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A place in a text file, relative to the folder of `linchpin.toml`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Spot {
    /// The file.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Length in characters.
    pub length: u32,
    /// The whole line.
    pub line_text: String,
}

/// One pair, or one module, that a finding hits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Hit {
    /// The module.
    pub module: String,
    /// Its version.
    pub version: String,
    /// Where it would run; absent if the module itself is at fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<HitFirmware>,
}

/// A firmware that a finding hits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct HitFirmware {
    /// The class of device.
    pub target: String,
    /// The firmware's version.
    pub firmware: String,
}
