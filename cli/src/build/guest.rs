//! Which crate to build: cargo's own metadata decides.

use std::path::{Path, PathBuf};

use cargo_metadata::{CrateType, Metadata, MetadataCommand, Package, Target};

use super::{BuildOptions, Identity};
use crate::error::Error;

/// The crate to build and where its results go.
#[derive(Debug, Clone)]
pub(super) struct Guest {
    pub(super) identity: Identity,
    /// The library's name in files, with `_` for `-`.
    pub(super) library: String,
    pub(super) package_id: cargo_metadata::PackageId,
    pub(super) manifest: PathBuf,
    pub(super) workspace_manifest: PathBuf,
    /// `[package.metadata.linchpin]`, or null.
    pub(super) settings: serde_json::Value,
}

impl Guest {
    pub(super) fn folder(&self) -> &Path {
        self.manifest.parent().unwrap_or(Path::new("."))
    }
}

/// Finds the one crate that `options` mean.
pub(super) fn find(options: &BuildOptions) -> Result<Guest, Error> {
    let metadata = metadata(options)?;
    let package = select(&metadata, options.package.as_deref())?;
    let Some(library) = package.targets.iter().find(|target| is_cdylib(target)) else {
        return Err(Error::NotAGuest {
            package: package.name.to_string(),
            manifest: package.manifest_path.clone().into_std_path_buf(),
        });
    };
    let settings = package.metadata.get("linchpin").cloned().unwrap_or_default();
    Ok(Guest {
        identity: Identity {
            name: package.name.to_string(),
            version: package.version.to_string(),
            target_folder: metadata.target_directory.clone().into_std_path_buf(),
        },
        library: library.name.replace('-', "_"),
        package_id: package.id.clone(),
        manifest: package.manifest_path.clone().into_std_path_buf(),
        workspace_manifest: metadata.workspace_root.join("Cargo.toml").into_std_path_buf(),
        settings,
    })
}

fn metadata(options: &BuildOptions) -> Result<Metadata, Error> {
    let mut command = MetadataCommand::new();
    command.cargo_path(crate::toolchain::cargo()).no_deps();
    if let Some(manifest) = &options.manifest_path {
        require_manifest(manifest)?;
        command.manifest_path(manifest);
    }
    command.exec().map_err(|error| match error {
        cargo_metadata::Error::CargoMetadata { stderr } => Error::Metadata { reason: plain(&stderr) },
        other => Error::Metadata { reason: other.to_string() },
    })
}

/// Cargo accepts a `Cargo.toml` only; say what was given instead.
fn require_manifest(manifest: &Path) -> Result<(), Error> {
    crate::read::bytes(manifest, "a `Cargo.toml`", crate::read::ARTEFACT_LIMIT_BYTES)?;
    if manifest.file_name().is_some_and(|name| name == "Cargo.toml") {
        return Ok(());
    }
    Err(Error::Malformed {
        path: manifest.into(),
        wanted: "a `Cargo.toml`",
        reason: "a manifest is named `Cargo.toml`".into(),
    })
}

fn select<'a>(metadata: &'a Metadata, wanted: Option<&str>) -> Result<&'a Package, Error> {
    let members = metadata.workspace_packages();
    if let Some(name) = wanted {
        return members
            .iter()
            .find(|package| package.name.as_str() == name)
            .copied()
            .ok_or_else(|| Error::NoSuchPackage { package: name.into(), known: names(&members, |_| true) });
    }
    if let Some(root) = metadata.root_package() {
        return Ok(root);
    }
    let mut guests = members.iter().filter(|package| builds_cdylib(package));
    match (guests.next(), guests.next()) {
        (Some(only), None) => Ok(only),
        _ => Err(Error::WhichPackage { guests: names(&members, builds_cdylib) }),
    }
}

fn names(members: &[&Package], keep: impl Fn(&Package) -> bool) -> Vec<String> {
    let mut names: Vec<String> =
        members.iter().filter(|package| keep(package)).map(|package| package.name.to_string()).collect();
    names.sort();
    names
}

fn builds_cdylib(package: &Package) -> bool {
    package.targets.iter().any(is_cdylib)
}

fn is_cdylib(target: &Target) -> bool {
    target.crate_types.contains(&CrateType::CDyLib)
}

/// Cargo's message without its own `error:` head, which ours replaces.
fn plain(stderr: &str) -> String {
    let text = stderr.trim();
    text.strip_prefix("error: ").unwrap_or(text).to_owned()
}
