//! The inventory: which devices are in the field, with which firmware and which modules.
//!
//! As JSON, one entry for each group of equal devices:
//!
//! ```json
//! { "format": 1, "devices": [
//!   { "class": "heater-3", "firmware": "3.0.0", "modules": { "setpoint": "1.3.0" }, "count": 1200 }
//! ] }
//! ```
//!
//! As CSV, with a header, columns in any order, and modules as `name=version` with `;` between them:
//!
//! ```csv
//! class,firmware,modules,count
//! heater-3,3.0.0,setpoint=1.3.0;forecast=2.0.0,1200
//! ```
//!
//! Versions are semantic versions. A device without a module has no entry for it. Equal groups may stand several
//! times; their counts add up. `docs/schema/inventory-1.json` describes the JSON form.

mod csv;
mod json;
mod lines;

use std::collections::BTreeMap;

use linchpin_contract::Place;
use semver::Version;

pub use csv::parse_csv;
pub use json::parse_json;

/// Everything that an inventory says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inventory {
    /// Groups of equal devices, in the order of the file.
    pub groups: Vec<Group>,
}

/// Devices with the same class, firmware and modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The class of device, as `linchpin.toml` names it.
    pub class: String,
    /// The firmware's version.
    pub firmware: Version,
    /// The modules that are installed, and their versions.
    pub modules: BTreeMap<String, Version>,
    /// How many devices.
    pub count: u64,
    /// Where the group is written.
    pub place: Place,
}

impl Inventory {
    /// All devices.
    pub fn devices(&self) -> u64 {
        self.groups.iter().fold(0, |sum, group| sum.saturating_add(group.count))
    }
}
