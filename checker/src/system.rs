//! The system under check: every artefact read once, as plain data.

use linchpin_contract::component_section::Stamp;
use linchpin_contract::descriptor::Descriptor;
use linchpin_contract::{Contract, Digest, PackageId, Place, World, impurities};
use semver::Version;

pub use crate::config::{Limits, Runtime};
use crate::profile::Profile;

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
    /// The file that tells of it, relative to `linchpin.toml`.
    pub file: String,
    /// SHA-256 over its descriptors, as they lie in the binary.
    pub descriptor_sha256: Digest,
    /// The worlds that it calls.
    pub descriptors: Vec<Descriptor>,
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
    /// What it imports and exports, read from its bytes.
    pub world: World,
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
    /// The contracts folder: what is being worked on.
    Current,
    /// `released/<package>/<version>`: what must never change again.
    Released {
        /// The version that the file's name claims.
        version: String,
    },
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

impl KnownContract {
    /// The package that it is about.
    pub(crate) fn package(&self) -> Option<&PackageId> {
        self.contract.main().map(|package| &package.id)
    }
}
