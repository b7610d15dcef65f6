//! The system under check: every artefact read once, as plain data.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use linchpin_contract::component_section::Stamp;
use linchpin_contract::descriptor::Descriptor;
use linchpin_contract::{Contract, Digest, PackageId, Place, World, impurities};
use semver::Version;

pub use crate::config::{Limits, Runtime};
pub use crate::edges::endpoint::{Endpoint, Segment, Way};
use crate::inventory::Inventory;
use crate::profile::Profile;
use crate::verdict::Carrier;

/// A whole system.
#[derive(Debug, Clone)]
pub struct System {
    /// As `linchpin.toml` names it.
    pub name: String,
    /// SHA-256 over `linchpin.toml` and every artefact that it names.
    pub digest: Digest,
    /// The folder of `linchpin.toml`; places of contracts begin with it, places in a verdict do not.
    pub root: String,
    /// Classes of device, by name.
    pub targets: Vec<Target>,
    /// Modules, by name.
    pub modules: Vec<Module>,
    /// Contracts: those of modules first, then the current ones, then the released ones.
    pub contracts: Vec<KnownContract>,
    /// What holds the released contracts frozen, if anything does.
    pub lock: Option<Lock>,
    /// Which function's output feeds which function's input.
    pub edges: Vec<Edge>,
    /// Module versions that are still in the field, beside those of `modules`; by name and version.
    pub earlier: Vec<Module>,
    /// Recorded values that functions must accept.
    pub data: Vec<Data>,
    /// What is in the field, if an inventory is named.
    pub fleet: Option<Fleet>,
    /// Findings that are allowed for a while.
    pub waivers: Vec<DeclaredWaiver>,
}

/// Recorded values that a function must accept.
#[derive(Debug, Clone)]
pub struct Data {
    /// As `winter-2024`.
    pub name: String,
    /// The file, relative to `linchpin.toml`.
    pub file: String,
    /// How the bytes are to be read.
    pub format: DataFormat,
    /// SHA-256 over the bytes.
    pub sha256: Digest,
    /// The file as it is.
    pub bytes: Arc<[u8]>,
    /// The function whose parameters the values are.
    pub feeds: Endpoint,
    /// The header of the column for a value, where it is not the value's own name, and where that is written.
    pub columns: BTreeMap<String, (String, Place)>,
}

/// How recorded values are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataFormat {
    /// Comma-separated values with a header.
    Csv,
    /// Apache Parquet.
    Parquet,
}

/// What is in the field.
#[derive(Debug, Clone)]
pub struct Fleet {
    /// The inventory's file, relative to `linchpin.toml`.
    pub file: String,
    /// SHA-256 over it.
    pub sha256: Digest,
    /// What it says.
    pub inventory: Inventory,
    /// Under this share of devices a module is worth a warning, in percent.
    pub least_percent: u64,
}

/// A finding that is allowed for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredWaiver {
    /// The rule of the finding.
    pub rule: String,
    /// Where the rule is named.
    pub rule_place: Place,
    /// The finding's path, or its beginning up to a ` > `; any path without it.
    pub path: Option<String>,
    /// A module that the finding hits; any without it.
    pub module: Option<String>,
    /// Why it is allowed.
    pub reason: String,
    /// The last day on which it is.
    pub expires: Date,
    /// Where that day is written.
    pub expires_place: Place,
}

/// One function's output that feeds another's input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// What is given.
    pub from: Endpoint,
    /// What it is taken as.
    pub to: Endpoint,
    /// How device software carries the value.
    pub how: Carrier,
}

/// A class of device.
#[derive(Debug, Clone)]
pub struct Target {
    /// As `heater-3`.
    pub name: String,
    /// How its firmwares load modules.
    pub runtime: Runtime,
    /// What it grants a module.
    pub limits: Limits,
    /// The firmwares that it may run, oldest first.
    pub firmware: Vec<Firmware>,
}

/// One firmware.
#[derive(Debug, Clone)]
pub struct Firmware {
    /// Its version.
    pub version: Version,
    /// Where `linchpin.toml` gives that.
    pub place: Place,
    /// The file that tells of it, relative to `linchpin.toml`.
    pub file: String,
    /// SHA-256 over its descriptors, as they lie in the binary.
    pub descriptor_sha256: Digest,
    /// The worlds that it calls; firmwares with the same ones share them.
    pub descriptors: Arc<Vec<Descriptor>>,
}

/// One module.
#[derive(Debug, Clone)]
pub struct Module {
    /// As `setpoint`.
    pub name: String,
    /// Its own version, as `linchpin.toml` claims it.
    pub version: Version,
    /// Where `linchpin.toml` declares it.
    pub place: Place,
    /// The component's file, relative to `linchpin.toml`.
    pub file: String,
    /// SHA-256 over the component.
    pub sha256: Digest,
    /// Size of the component.
    pub size_bytes: u64,
    /// Least linear memory that it needs: all of its memories, as declared.
    pub memory_bytes: u64,
    /// What its bytes contain.
    pub profile: Profile,
    /// What it imports and exports, read from its bytes; modules with the same interface share it.
    pub world: Arc<World>,
    /// What `linchpin build` wrote into it.
    pub stamp: Option<Stamp>,
    /// Classes of device that it is for.
    pub targets: Vec<String>,
    /// Where its own WIT is, if it names it, relative to `linchpin.toml`.
    pub wit: Option<String>,
}

/// WIT text that belongs to the system.
#[derive(Debug, Clone)]
pub struct KnownContract {
    /// Why it is known.
    pub origin: Origin,
    /// Its main file or folder, relative to `linchpin.toml`.
    pub file: String,
    /// SHA-256 over its text: of each file in turn.
    pub sha256: Digest,
    /// What it says.
    pub contract: Contract,
}

/// Why a contract is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The `wit` key of this module.
    Module(String),
    /// The `wit` key of an earlier version of a module.
    Earlier {
        /// The module, as `setpoint`.
        module: String,
        /// Its version.
        version: Version,
    },
    /// The `wit` key of a firmware.
    Firmware,
    /// The contracts folder: what is being worked on.
    Current,
    /// `released/<package>/<version>`: what must never change again.
    Released {
        /// The version that the file's name claims.
        version: String,
    },
    /// The baseline that the check was asked to compare with.
    Baseline,
}

/// `released/released.lock`: digests of released contracts, written when each was released.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// The file, relative to `linchpin.toml`.
    pub file: String,
    /// File below `released/`, and SHA-256 over its text.
    pub entries: Vec<(String, Digest)>,
}

impl Module {
    /// Whether it exports plain functions and imports none.
    pub(crate) fn is_self_contained(&self) -> bool {
        impurities(&self.world).is_empty()
    }
}

impl System {
    /// Every known version of a module: the one of `linchpin.toml` first.
    pub(crate) fn versions_of<'s>(&'s self, module: &str) -> impl Iterator<Item = &'s Module> {
        let name = module.to_owned();
        self.modules.iter().chain(&self.earlier).filter(move |module| module.name == name)
    }
}

impl Module {
    /// What tells this version of the module from every other.
    pub(crate) fn edition(&self) -> String {
        edition(&self.name, &self.version)
    }
}

/// As [`Module::edition`]. No key of `linchpin.toml` that is a module's name is the edition of another one, since the
/// parts are told apart by a character that no name has.
pub(crate) fn edition(module: &str, version: &Version) -> String {
    format!("{module}\n{version}")
}

impl KnownContract {
    /// The package that it is about.
    pub(crate) fn package(&self) -> Option<&PackageId> {
        self.contract.main().map(|package| &package.id)
    }
}
