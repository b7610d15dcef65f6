//! The last verdict of a system, kept with everything that it was made from.
//!
//! It is used again only while every file and folder is as it was, the same program asks, and its own digest is
//! right; otherwise the system is checked anew. A cache that cannot be read or written is no error: it only costs
//! time.

use std::path::{Path, PathBuf};

use linchpin_checker::{Inputs, Verdict};
use linchpin_contract::Digest;
use serde::{Deserialize, Serialize};

use crate::write;

/// Where the cache is, beside the verdict.
const FILE: &str = "target/linchpin/check.cache";

#[derive(Serialize)]
struct Kept<'a> {
    asker: &'a str,
    inputs: &'a Inputs,
    verdict: &'a Verdict,
}

#[derive(Deserialize)]
struct Found {
    asker: String,
    inputs: Inputs,
    verdict: Verdict,
}

/// The kept verdict of this manifest, if it still holds.
pub(crate) fn find(manifest: &Path, options: &str) -> Option<Verdict> {
    let text = std::fs::read_to_string(path(manifest)).ok()?;
    let (digest, body) = text.split_once('\n')?;
    if digest.parse::<Digest>().ok()? != Digest::of(body.as_bytes()) {
        return None;
    }
    let found: Found = serde_json::from_str(body).ok()?;
    (found.asker == asker(manifest, options)? && found.inputs.first_change().is_none())
        .then_some(found.verdict)
}

/// Keeps a verdict.
pub(crate) fn keep(manifest: &Path, options: &str, inputs: &Inputs, verdict: &Verdict) {
    let Some(asker) = asker(manifest, options) else { return };
    let Ok(body) = serde_json::to_string(&Kept { asker: &asker, inputs, verdict }) else { return };
    let text = format!("{}\n{body}", Digest::of(body.as_bytes()));
    // Without it the next check takes longer, and nothing else.
    drop(write::replace(&path(manifest), text.as_bytes()));
}

/// Who asks, and for what: this very program, by the length and the time of its file, the manifest, and the options
/// of the check. Several manifests of one folder share the cache's file.
fn asker(manifest: &Path, options: &str) -> Option<String> {
    let metadata = std::fs::metadata(std::env::current_exe().ok()?).ok()?;
    let changed = metadata.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    let version = env!("CARGO_PKG_VERSION");
    let manifest = manifest.file_name()?.to_string_lossy();
    Some(format!("{version} {} {} {manifest} {options}", metadata.len(), changed.as_nanos()))
}

fn path(manifest: &Path) -> PathBuf {
    manifest.parent().unwrap_or(Path::new("")).join(FILE)
}
