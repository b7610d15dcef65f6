//! How cargo is told to build a guest: a profile of our own and the size of the stack.

use std::collections::BTreeMap;
use std::path::Path;

use super::Profile;
use crate::error::Error;

/// What one profile sets, as `key = value` in TOML.
struct Settings {
    name: &'static str,
    keys: &'static [(&'static str, &'static str)],
    stack_bytes: u32,
}

/// Small and whole-program. Names stay for now: they say which crate costs what, and are stripped afterwards.
const RELEASE: Settings = Settings {
    name: "linchpin",
    keys: &[
        ("inherits", "\"release\""),
        ("opt-level", "\"s\""),
        ("lto", "\"fat\""),
        ("codegen-units", "1"),
        ("panic", "\"abort\""),
        ("debug", "false"),
        ("strip", "\"none\""),
    ],
    // Not a whole number of the system's pages: the first frames, the data and the first arguments of a call then
    // lie in one page, and a reset copies one page back instead of two.
    stack_bytes: 18 << 10,
};

/// Checked arithmetic, debug assertions and names; optimised a little, or a device's limits are far away.
const DEBUG: Settings = Settings {
    name: "linchpin-debug",
    keys: &[
        ("inherits", "\"dev\""),
        ("opt-level", "1"),
        ("panic", "\"abort\""),
        ("debug", "false"),
        ("strip", "\"none\""),
        ("incremental", "true"),
    ],
    stack_bytes: 64 << 10,
};

fn settings(profile: Profile) -> &'static Settings {
    match profile {
        Profile::Release => &RELEASE,
        Profile::Debug => &DEBUG,
    }
}

/// The profile's name for cargo's `--profile`.
pub(super) fn name(profile: Profile) -> &'static str {
    settings(profile).name
}

/// The values for cargo's `--config`. A key that the workspace's manifest sets for this profile is left to it.
pub(super) fn config(profile: Profile, workspace_manifest: &Path) -> Result<Vec<String>, Error> {
    let settings = settings(profile);
    let own = profiles_of(workspace_manifest)?.remove(settings.name).unwrap_or_default();
    Ok(settings
        .keys
        .iter()
        .filter(|(key, _)| !own.contains_key(*key))
        .map(|(key, value)| format!("profile.{}.{key}={value}", settings.name))
        .collect())
}

/// The size of the shadow stack, unless the crate sets its own.
pub(super) fn stack_bytes(profile: Profile) -> u32 {
    settings(profile).stack_bytes
}

/// `[profile.*]` of the workspace's manifest.
fn profiles_of(workspace_manifest: &Path) -> Result<BTreeMap<String, toml::Table>, Error> {
    #[derive(serde::Deserialize)]
    struct Manifest {
        #[serde(default)]
        profile: BTreeMap<String, toml::Table>,
    }
    let wanted = "a `Cargo.toml`";
    let text = crate::read::text(workspace_manifest, wanted)?;
    let manifest: Manifest = toml::from_str(&text).map_err(|reason| Error::Malformed {
        path: workspace_manifest.into(),
        wanted,
        reason: reason.message().to_owned(),
    })?;
    Ok(manifest.profile)
}
