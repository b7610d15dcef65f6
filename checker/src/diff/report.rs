//! What a comparison gives.

use serde::{Deserialize, Serialize};

use crate::bump::Step;
use crate::verdict::{Bump, Finding, PairLevel, Party, Role};

/// Version of the comparison's JSON form. It grows when a field is renamed, removed or changes its meaning.
pub const SCHEMA_VERSION: u32 = 1;

/// Everything that differs between two editions of a contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diff {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// Version of this checker.
    pub checker: String,
    /// What was compared.
    pub sides: SideName,
    /// Whether nothing needs more than is declared: every package's step is large enough and, where a role was asked
    /// for, that upgrade is ok.
    pub clean: bool,
    /// The least step that the changes of the contract's own package need; absent if nothing changed that another
    /// side could notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<Bump>,
    /// The step that the versions of the contract's own package declare.
    pub declared: Step,
    /// Every package that both sides have, the contract's own first.
    pub packages: Vec<PackageDiff>,
    /// What each upgrade does, or the one that was asked for.
    pub answers: Vec<Answer>,
    /// Every finding, denied ones first.
    pub findings: Vec<Finding>,
}

/// What was compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideName {
    /// The older edition.
    pub before: String,
    /// The newer edition.
    pub after: String,
}

/// One package on two sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageDiff {
    /// As `wasi:io`.
    pub package: String,
    /// Its version on the older side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// Its version on the newer side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Whether the contract itself declares it; otherwise it lies in `deps/`.
    pub own: bool,
    /// The step that the two versions declare.
    pub declared: Step,
    /// The least step that its changes need; absent if nothing changed that another side could notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<Bump>,
    /// Whether what is declared covers what is required.
    pub enough: bool,
    /// The least version that covers the changes; absent if the version may stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least_version: Option<String>,
}

/// What one upgrade does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Which upgrade.
    pub role: Role,
    /// What happens to the two sides, at worst. `conditional` depends on whether an interface that no world names is
    /// imported or exported.
    pub level: PairLevel,
    /// Who must move first for it to work; absent if nobody waits for another, or nothing would help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moves_first: Option<Party>,
    /// Rules whose findings say so, sorted. What `version-track` and `version-name` say of the versions themselves is
    /// found only where this upgrade alone is asked for.
    pub because: Vec<String>,
}
