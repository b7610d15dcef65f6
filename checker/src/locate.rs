//! Who uses a thing, and where it runs: a module, a class of device, or anything that contracts name.
//!
//! ```text
//! contracts ─▶ where it is declared ──┐
//! modules ───▶ which functions use it ┼─▶ Item ─▶ on which firmwares they run (verdict), on how many devices (inventory)
//! firmwares ─▶ which functions use it ┘
//! ```
//!
//! What modules and firmwares use is read from their bytes, so a type that no function takes or gives is declared and
//! used by nobody.

mod collect;
mod name;
mod parts;
mod runs;

use serde::{Deserialize, Serialize};

use crate::system::System;
use crate::verdict::{PairLevel, Verdict};
use collect::Collector;

/// Version of the answer's JSON form. It grows when a field is renamed, removed or changes its meaning.
pub const SCHEMA_VERSION: u32 = 1;

/// Everything of one name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Located {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// What was asked for.
    pub query: String,
    /// Everything that the name may mean, by kind and name; empty where nothing is called so.
    pub items: Vec<Item>,
    /// The known name that looks most like it, where nothing is called so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearest: Option<String>,
}

/// One thing that has the name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What it is.
    pub kind: Kind,
    /// In full, as `acme:heating/setpoint@1.1.0.inputs.prices`.
    pub name: String,
    /// Where contracts declare it, without those that are compared with as a baseline.
    pub declared: Vec<Declaration>,
    /// Modules that use it, or the module itself, by name and version.
    pub modules: Vec<ModuleUse>,
    /// Firmwares that use it, by class and version.
    pub firmwares: Vec<FirmwareUse>,
    /// Edges of `linchpin.toml` from or to these functions of these modules, as `FROM to TO`.
    pub edges: Vec<String>,
    /// Recorded data that feeds these functions of these modules.
    pub data: Vec<String>,
}

/// What can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A class of device.
    Target,
    /// One firmware of a class.
    Firmware,
    /// A module, in all of its versions or in one.
    Module,
    /// A WIT package.
    Package,
    /// An interface.
    Interface,
    /// A function.
    Function,
    /// A parameter of a function.
    Parameter,
    /// A declared type.
    Type,
    /// A field of a record.
    Field,
    /// A case of a variant or an enum.
    Case,
    /// One flag.
    Flag,
}

impl Kind {
    /// As in "the function `plan`".
    pub fn word(self) -> &'static str {
        match self {
            Self::Target => "class of device",
            Self::Firmware => "firmware",
            Self::Module => "module",
            Self::Package => "package",
            Self::Interface => "interface",
            Self::Function => "function",
            Self::Parameter => "parameter",
            Self::Type => "type",
            Self::Field => "field",
            Self::Case => "case",
            Self::Flag => "flag",
        }
    }
}

/// A place in a contract.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Declaration {
    /// The file, relative to the folder of `linchpin.toml`.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
}

/// One module version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModuleUse {
    /// As `linchpin.toml` names it.
    pub module: String,
    /// Its version.
    pub version: String,
    /// Whether it is the version that `linchpin.toml` releases now; otherwise it is still in the field.
    pub current: bool,
    /// Functions that it imports or exports and that are meant or carry what is meant.
    pub functions: Vec<FunctionUse>,
    /// The firmwares that it is for, by class and version.
    pub runs: Vec<Run>,
}

/// One firmware.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirmwareUse {
    /// The class of device.
    pub target: String,
    /// Its version.
    pub version: String,
    /// Functions that it calls or provides and that are meant or carry what is meant.
    pub functions: Vec<FunctionUse>,
    /// Devices that have it, by the inventory; absent without an inventory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub devices: Option<u64>,
}

/// One function on its way between a module and its firmware.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FunctionUse {
    /// As `acme:heating/setpoint@1.1.0.plan`.
    pub function: String,
    /// Whether the module exports it, so that the firmware calls it, or imports it.
    pub way: Way,
}

/// Which way a function goes, as the module sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// The module has it and the firmware calls it.
    Export,
    /// The firmware has it and the module calls it.
    Import,
}

/// One module version on one firmware.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The class of device.
    pub target: String,
    /// The firmware's version.
    pub firmware: String,
    /// What the check says of the two.
    pub level: PairLevel,
    /// Devices that have both, by the inventory; absent without an inventory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub devices: Option<u64>,
}

/// Finds everything of a name: `setpoint`, `setpoint@1.3.0`, `heater-3`, `heater-3@3.0.0`, `1.4.0`, or what contracts
/// name, in full as `acme:heating/setpoint@1.1.0.inputs.prices` or by its end, as `inputs.prices` or `prices`.
/// `verdict` is what [`check`](crate::check()) says of this system.
pub fn locate(system: &System, verdict: &Verdict, query: &str) -> Located {
    let mut collector = Collector::new(system, query);
    collector.system();
    collector.contracts();
    collector.binaries();
    let nearest = if collector.is_empty() { collector.nearest() } else { None };
    Located {
        schema_version: SCHEMA_VERSION,
        query: query.to_owned(),
        items: collector.items(verdict),
        nearest,
    }
}
