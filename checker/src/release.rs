//! Freezing a contract: what would be written, and every reason why it must not be.

mod refusal;

use std::path::{Path, PathBuf};

use linchpin_contract::{Digest, Error as ContractError, Gates, PackageId, SourceFile, load_wit_gated};

pub use refusal::Refusal;

use crate::diff::{Diff, Source, diff};
use crate::files;
use crate::filing::folder;
use crate::load::Contracts;
use crate::lock::{released_name, with_entry};
use crate::promises::{relative_to, released_below, same_package, version};
use crate::system::{KnownContract, Origin};
use crate::verdict::{Bump, Finding};

const MAX_WIT_BYTES: u64 = 16 << 20;

/// Whether a pre-release may be frozen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prereleases {
    /// It is refused: a pre-release may still change.
    Refused,
    /// It is frozen as any other version.
    Allowed,
}

/// What freezing a contract would do.
#[derive(Debug, Clone)]
pub struct Plan {
    /// As `acme:water-heater`.
    pub package: String,
    /// The version that is frozen; absent where the contract has none, which is refused.
    pub version: Option<String>,
    /// The greatest lower version that was released.
    pub previous: Option<String>,
    /// The least higher version that was released.
    pub next: Option<String>,
    /// Whether this very text is there already, so that only the lock may have to be written.
    pub already: bool,
    /// The file or folder that holds it, relative to the folder of `linchpin.toml`.
    pub target: String,
    /// Files to write, relative to the target; the empty path is the target itself.
    pub files: Vec<(PathBuf, Vec<u8>)>,
    /// The lock's file, relative to the folder of `linchpin.toml`, and its text.
    pub lock: (String, String),
    /// Why it must not be frozen, all of it; empty where it may be.
    pub refusals: Vec<Refusal>,
}

/// Why no plan could be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// No current contract is of this package, or none was named and there are several.
    #[error("{}", which(wanted.as_deref(), known))]
    Package {
        /// What was asked for.
        wanted: Option<String>,
        /// Packages of current contracts.
        known: Vec<String>,
    },
    /// A contract cannot be read or compared.
    #[error("{0}")]
    Contract(Box<ContractError>),
    /// A file is not what it was when the contract was loaded.
    #[error("`{path}` changed while it was being read; run the command again")]
    Changed {
        /// The file.
        path: String,
    },
    /// A file of the contract cannot be read.
    #[error("cannot read `{path}`: {reason}; {help}")]
    File {
        /// The file.
        path: String,
        /// Why.
        reason: String,
        /// What to do.
        help: String,
    },
}

impl PlanError {
    /// A stable name, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Package { .. } => "which-contract",
            Self::Contract(source) => source.code(),
            Self::Changed { .. } => "changed-meanwhile",
            Self::File { .. } => "read",
        }
    }
}

/// What freezing the current contract of a package would do; of the only one where none is named. Reads files and
/// writes none.
///
/// # Errors
/// [`PlanError`] where there is nothing to plan with. Reasons not to freeze are no errors but [`Plan::refusals`].
pub fn plan(
    contracts: &Contracts,
    package: Option<&str>,
    prereleases: Prereleases,
) -> Result<Plan, PlanError> {
    let current = select(contracts, package)?;
    let id = current.package().cloned().ok_or_else(|| no_package(contracts, package))?;
    let before: Vec<StepFrom> = released_below(&contracts.known, current)
        .into_iter()
        .map(|released| compare(contracts, released, current))
        .collect::<Result<_, _>>()?;
    let files = read_files(contracts, current)?;
    let there = contracts.known.iter().find(|known| refusal::is_release_of(known, current));
    let released = contracts.known.iter().filter(|known| matches!(known.origin, Origin::Released { .. }));
    let above = released.filter(|known| same_package(known, current)).filter_map(version);
    let above = above.filter(|above| Some(*above) > version(current)).min();
    let folder = format!("{}/released", contracts.folder.trim_end_matches('/'));
    let name =
        there.and_then(released_name).map_or_else(|| name(contracts, current, &id, &files), str::to_owned);
    Ok(Plan {
        package: format!("{}:{}", id.namespace, id.name),
        version: id.version.as_ref().map(ToString::to_string),
        previous: before.first().map(|step| step.version.clone()),
        next: above.map(ToString::to_string),
        already: there.is_some_and(|known| known.sha256 == current.sha256),
        target: format!("{folder}/{name}"),
        files,
        lock: (
            format!("{folder}/released.lock"),
            with_entry(contracts.lock.as_ref(), &contracts.known, &name, current.sha256),
        ),
        refusals: refusal::refusals(contracts, current, there, &before, prereleases)?,
    })
}

fn select<'c>(contracts: &'c Contracts, package: Option<&str>) -> Result<&'c KnownContract, PlanError> {
    let mut fitting = contracts.known.iter().filter(|known| {
        let Some(id) = known.package().filter(|_| known.origin == Origin::Current) else { return false };
        let full = format!("{}:{}", id.namespace, id.name);
        package.is_none_or(|wanted| wanted == full || wanted == id.name || wanted == id.to_string())
    });
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Ok(only),
        (Some(_), Some(_)) | (None, _) => Err(no_package(contracts, package)),
    }
}

fn no_package(contracts: &Contracts, wanted: Option<&str>) -> PlanError {
    let current = contracts.known.iter().filter(|known| known.origin == Origin::Current);
    let known = current.filter_map(KnownContract::package).map(|id| format!("{}:{}", id.namespace, id.name));
    PlanError::Package { wanted: wanted.map(str::to_owned), known: known.collect() }
}

fn which(wanted: Option<&str>, known: &[String]) -> String {
    let listed = if known.is_empty() { "none".to_owned() } else { format!("`{}`", known.join("`, `")) };
    match wanted {
        Some(wanted) => {
            format!("no current contract is `{wanted}` alone; the contracts folder holds {listed}")
        }
        None => format!("there is not just one current contract; the contracts folder holds {listed}"),
    }
}

/// The step from one contract to another.
struct StepFrom {
    /// The older contract's file.
    released: String,
    /// Its version.
    version: String,
    /// Where the newer contract begins.
    place: Option<String>,
    diff: Diff,
}

impl StepFrom {
    /// What asks for a step of this size.
    fn changes(&self, required: Option<Bump>) -> Vec<Finding> {
        let asks = |finding: &&Finding| required.is_some() && finding.bump == required;
        self.diff.findings.iter().filter(asks).cloned().collect()
    }
}

/// Compares two contracts, with what stands behind features.
fn compare(
    contracts: &Contracts,
    before: &KnownContract,
    after: &KnownContract,
) -> Result<StepFrom, PlanError> {
    let failed = |error| PlanError::Contract(Box::new(error));
    let source = |known: &KnownContract| {
        let contract = load_wit_gated(&contracts.root.join(&known.file), Gates::Open).map_err(failed)?;
        for (now, then) in contract.files.iter().zip(&known.contract.files) {
            unchanged(then, now.sha256)?;
        }
        Ok(Source::contract(known.file.clone(), contract))
    };
    let (older, newer) = (source(before)?, source(after)?);
    let mut diff = diff(&older, &newer, None).map_err(failed)?;
    relative_to(&contracts.root, &mut diff.findings);
    Ok(StepFrom {
        released: before.file.clone(),
        version: version(before).map(ToString::to_string).unwrap_or_default(),
        place: refusal::package_place(contracts, after),
        diff,
    })
}

/// Whether a file still holds what the contract was read from.
fn unchanged(file: &SourceFile, sha256: Digest) -> Result<(), PlanError> {
    let path = || file.path.display().to_string();
    if file.sha256 == sha256 { Ok(()) } else { Err(PlanError::Changed { path: path() }) }
}

/// The contract's files; a single file stands for itself.
fn read_files(contracts: &Contracts, current: &KnownContract) -> Result<Vec<(PathBuf, Vec<u8>)>, PlanError> {
    let mut read = Vec::new();
    for file in &current.contract.files {
        let path = &file.path;
        let bytes = files::read(&contracts.root.join(path), MAX_WIT_BYTES).map_err(|cause| {
            PlanError::File { path: path.display().to_string(), reason: cause.reason, help: cause.help }
        })?;
        unchanged(file, Digest::of(&bytes))?;
        read.push((path.strip_prefix(&current.file).unwrap_or(path).to_path_buf(), bytes));
    }
    if let [(path, _)] = read.as_mut_slice() {
        *path = PathBuf::new();
    }
    Ok(read)
}

/// Where the release goes below `released/`: beside others of its package, else under its folder's name, unless the
/// releases of another package are there.
fn name(
    contracts: &Contracts,
    current: &KnownContract,
    id: &PackageId,
    files: &[(PathBuf, Vec<u8>)],
) -> String {
    let released = || contracts.known.iter().filter_map(|known| Some((known, folder(known)?)));
    let earlier =
        released().find(|(known, _)| same_package(known, current)).map(|(_, folder)| folder.to_owned());
    let own = Path::new(&current.file).file_name().map(|name| name.to_string_lossy().into_owned());
    let is_the_root = contracts.root.join(&current.file) == contracts.root.join(&contracts.folder);
    let is_free = |name: &String| released().all(|(_, folder)| folder != name);
    let own = own.filter(|_| !is_the_root).filter(is_free);
    let folder = earlier.or(own).or_else(|| Some(id.name.clone()).filter(is_free));
    let folder = folder.unwrap_or_else(|| format!("{}-{}", id.namespace, id.name));
    let version = id.version.as_ref().map_or_else(|| "unversioned".to_owned(), ToString::to_string);
    let extension = if files.len() == 1 { ".wit" } else { "" };
    format!("{folder}/{version}{extension}")
}
