//! The verdict: what is true of every module on every firmware, and every reason why it is not clean.
//!
//! The JSON form is these types as they stand, under [`SCHEMA_VERSION`].

use std::collections::BTreeMap;

use linchpin_contract::Digest;
use serde::{Deserialize, Serialize};

/// Version of the verdict's JSON form. It grows when a field is renamed, removed or changes its meaning.
pub const SCHEMA_VERSION: u32 = 2;

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
    /// Every firmware of every target.
    pub firmwares: Vec<FirmwareVerdict>,
    /// Every module on every firmware of every target that it names. The answer is the same whichever of the two is
    /// the newer one: a runtime asks one question of them.
    #[serde(with = "crate::verdict_rows")]
    pub pairs: Vec<Pair>,
    /// Every edge, and every module version that may stand at its ends.
    #[serde(default)]
    pub edges: Vec<EdgeVerdict>,
    /// Recorded data, held against the function that it feeds.
    #[serde(default)]
    pub data: Vec<DataVerdict>,
    /// Module versions that devices have beside those of `linchpin.toml`, on every firmware. One that does not fit
    /// keeps the verdict from being clean only where devices would have to pass through it.
    #[serde(default)]
    pub earlier: Vec<EarlierPair>,
    /// What the inventory says is in the field; absent without an inventory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fleet: Option<FleetVerdict>,
    /// The order in which to bring every device to its newest firmware and to the modules of `linchpin.toml`.
    #[serde(default)]
    pub rollout: Vec<RolloutStep>,
    /// What to give up so that an order exists for every other device: the smallest such set, where it is not too
    /// large to be searched for; empty where an order exists.
    #[serde(default)]
    pub retire: Vec<Retired>,
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

/// One firmware, by its descriptors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirmwareVerdict {
    /// The class of device.
    pub target: String,
    /// The firmware's version.
    pub version: String,
    /// SHA-256 over its descriptors.
    pub descriptor_sha256: Digest,
    /// Functions that it calls and their digests, as `acme:water-heater/control@1.0.0.plan`.
    pub functions: BTreeMap<String, Digest>,
}

/// One module on one firmware.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The module's name.
    pub module: String,
    /// The class of device.
    pub target: String,
    /// The firmware's version.
    pub firmware: String,
    /// What the target's runtime does with the two.
    pub link: PairLevel,
    /// What the contracts promise of the two.
    pub policy: PolicyLevel,
    /// Both together: anything but `ok` keeps the verdict from being clean.
    pub level: PairLevel,
}

/// One edge between two module versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EdgeVerdict {
    /// Which gives the value.
    pub from: EdgeEnd,
    /// Which takes it.
    pub to: EdgeEnd,
    /// How the value is carried.
    pub how: Carrier,
    /// Anything but `ok` keeps the verdict from being clean.
    pub level: PairLevel,
    /// What the device software does to the value on its way, in order; empty where the types are the same.
    #[serde(default)]
    pub steps: Vec<String>,
}

/// One end of an edge.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EdgeEnd {
    /// The module.
    pub module: String,
    /// Its version; absent where no such module is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// SHA-256 over its component; absent where no module of this name and version is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Digest>,
    /// The value, as `plan(inputs.prices)` or `day-ahead -> ok.prices`.
    pub path: String,
}

/// How device software carries a value along an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Carrier {
    /// Through the host's typed bindings.
    #[default]
    Typed,
    /// As dynamic values, by name.
    Dynamic,
}

/// One file of recorded data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataVerdict {
    /// As `linchpin.toml` names it.
    pub name: String,
    /// SHA-256 over the file.
    pub sha256: Digest,
    /// The function that it feeds, as `linchpin.toml` gives it.
    pub feeds: String,
    /// Rows of values, without the header.
    pub rows: u64,
    /// Anything but `ok` keeps the verdict from being clean.
    pub level: PairLevel,
}

/// A module version that is not the one in `linchpin.toml`, on one firmware.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierPair {
    /// The module's name.
    pub module: String,
    /// Its version.
    pub version: String,
    /// The class of device.
    pub target: String,
    /// The firmware's version.
    pub firmware: String,
    /// Both planes together.
    pub level: PairLevel,
    /// Devices that have the two, by the inventory; absent without an inventory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub devices: Option<u64>,
}

/// What the inventory says is in the field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FleetVerdict {
    /// SHA-256 over the inventory.
    pub sha256: Digest,
    /// All devices.
    pub devices: u64,
    /// Devices whose class, firmware or module version is not known.
    pub unknown: u64,
    /// Devices that no order of steps brings to the end.
    pub left_behind: u64,
}

/// One step of a rollout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RolloutStep {
    /// The class of device.
    pub target: String,
    /// The firmware that the devices have before the step.
    pub firmware: String,
    /// The modules that the devices have before the step, with their versions: each combination that it is meant for.
    pub states: Vec<BTreeMap<String, String>>,
    /// What is done.
    pub action: RolloutAction,
    /// Why now, in one sentence.
    pub reason: String,
    /// Devices that take it, by the inventory; absent without an inventory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub devices: Option<u64>,
}

/// A firmware or a module version that would have to be given up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Retired {
    /// What it is.
    pub what: RetiredItem,
    /// Devices that have it, by the inventory; absent without an inventory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub devices: Option<u64>,
}

/// What can be given up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RetiredItem {
    /// A firmware.
    Firmware {
        /// The class of device.
        target: String,
        /// The firmware's version.
        firmware: String,
    },
    /// A module version.
    Module {
        /// The module.
        module: String,
        /// Its version.
        version: String,
    },
}

/// What a step of a rollout does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RolloutAction {
    /// Installs a module version.
    Install {
        /// The module.
        module: String,
        /// The version that the devices have afterwards.
        version: String,
    },
    /// Brings the devices to another firmware, with the modules that they have.
    Upgrade {
        /// The firmware that the devices have afterwards.
        firmware: String,
    },
}

/// What the contracts of both sides promise, from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PolicyLevel {
    /// Every value means the same on both sides.
    Ok,
    /// Some value may mean another thing, whether or not the runtime notices.
    Hazard,
    /// The types differ.
    Breaks,
    /// The contract of a side is not known.
    Unknown,
}

impl PolicyLevel {
    /// Both planes together.
    pub fn with(self, link: PairLevel) -> PairLevel {
        match self {
            Self::Ok => link,
            Self::Hazard => link.max(PairLevel::Hazard),
            Self::Breaks => link.max(PairLevel::CallFail),
            Self::Unknown => PairLevel::Unknown,
        }
    }
}

/// Which side of a pair is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The module comes to a firmware that is in the field.
    ModuleUpgrade,
    /// The firmware comes to a device that has the module.
    HostUpgrade,
    /// What was built against the older contract is composed with what provides the newer one, into one component.
    Composition,
    /// Values recorded under the older contract are given to functions of the newer one.
    Data,
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
    /// What it is true of.
    pub plane: Plane,
    /// The least version step that the change needs; absent where it is no change of a contract.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bump: Option<Bump>,
    /// Why it is allowed all the same, and until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waived: Option<Waiver>,
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
    /// How many devices are hit, by the inventory; absent without an inventory, or where no device is concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub devices: Option<u64>,
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
    /// A fact without consequence: a safe change, or a finding that is waived.
    Allow,
}

/// What a finding is true of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Plane {
    /// What a runtime really does with the two sides.
    Link,
    /// What contracts and their versions promise.
    Policy,
    /// What the system's description asks for: limits, inventory, order.
    System,
}

/// A step from one version to the next, under the rules of semantic versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bump {
    /// Nothing that another side could notice.
    Patch,
    /// Something new that whoever was there before can ignore.
    Minor,
    /// Something that another side must follow.
    Major,
}

impl Bump {
    /// As in "a major step".
    pub fn word(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// Why a finding is allowed all the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Waiver {
    /// As `linchpin.toml` gives it.
    pub reason: String,
    /// The last day on which it holds, as `2027-01-31`.
    pub expires: String,
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
    /// The inventory.
    Fleet,
    /// Recorded data.
    Data,
    /// The older of two contracts that are compared.
    Before,
    /// The newer of two contracts that are compared.
    After,
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
    /// The whole line; empty where it is too long to be shown.
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
