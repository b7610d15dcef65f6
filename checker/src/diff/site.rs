//! Where a comparison is, and what was found there.

use std::collections::BTreeSet;

use linchpin_contract::Stability;
use semver::Version;

use super::effect::{Effects, Lack};
use super::usage::Use;
use crate::change::{Change, Notice};
use crate::verdict::Finding;

/// A package pair by its position, and the interface of it, where it is about one.
pub(super) type Within = (usize, Option<String>);

/// A finding, what it speaks of, and what it does in each upgrade.
pub(super) struct Found {
    pub(super) finding: Finding,
    pub(super) within: BTreeSet<Within>,
    pub(super) effects: Effects,
    /// What has the item, as "world `heater`".
    pub(super) owner: String,
}

impl Found {
    /// Whether it speaks of a package.
    pub(super) fn is_of(&self, package: usize) -> bool {
        self.within.iter().any(|(of, _)| *of == package)
    }
}

/// Where a comparison is.
#[derive(Clone)]
pub(super) struct Site {
    /// Position of the package pair.
    pub(super) package: usize,
    /// The interface that it is in, if it is in one of a package.
    pub(super) interface: Option<String>,
    /// As reports show it, as `acme:f/api@1.0.0`.
    pub(super) path: String,
    /// As "interface `api`".
    pub(super) owner: String,
    pub(super) usage: Use,
    /// How the worlds of the older and of the newer side use the interface, where packages are compared.
    pub(super) on_sides: Option<[Use; 2]>,
    /// Whether any item of the older package has a gate.
    pub(super) gated: bool,
    /// The older package's version.
    pub(super) old_version: Option<Version>,
}

impl Site {
    /// A package as a whole, whose worlds are not known.
    pub(super) fn of_package(package: usize, path: String) -> Self {
        let usage = Use::default();
        Self {
            package,
            interface: None,
            path,
            owner: String::new(),
            usage,
            on_sides: None,
            gated: false,
            old_version: None,
        }
    }

    /// Of a function that one side lacks: only who uses the interface on the other side has it at all.
    pub(super) fn lacking(&self, lack: Lack) -> Effects {
        let has = match (lack, self.on_sides) {
            (Lack::After, Some([before, _])) => before,
            (Lack::Before, Some([_, after])) => after,
            (Lack::Both, _) | (_, None) => self.usage,
        };
        match has {
            // No world of either side names it: nobody knows who would.
            _ if self.usage == Use::default() => Effects::lacking(lack, self.usage),
            has if has == Use::default() => Effects::NONE,
            has => Effects::lacking(lack, has),
        }
    }

    pub(super) fn within(&self) -> Within {
        (self.package, self.interface.clone())
    }

    pub(super) fn notice(&self, stability: &Stability) -> Notice {
        match stability {
            Stability::Since { deprecated: Some(_), .. }
            | Stability::Unstable { deprecated: Some(_), .. } => Notice::Given,
            Stability::Unknown | Stability::Since { .. } | Stability::Unstable { .. } if self.gated => {
                Notice::Missing
            }
            Stability::Unknown | Stability::Since { .. } | Stability::Unstable { .. } => Notice::Unused,
        }
    }

    pub(super) fn early(&self, change: &Change, stability: &Stability) -> Option<(Version, Version)> {
        match (change, stability, &self.old_version) {
            (Change::Added, Stability::Since { version, .. }, Some(old)) if version <= old => {
                Some((version.clone(), old.clone()))
            }
            (_, _, _) => None,
        }
    }
}
