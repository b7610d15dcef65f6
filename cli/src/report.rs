//! A verdict in the form that was asked for.

use std::path::{Component, Path};

use linchpin_checker::Verdict;
use linchpin_checker::render::{self, Origin, TextOptions};

use crate::console::Format;
use crate::error::Error;

/// The verdict in this form, with a line end.
///
/// # Errors
/// If the verdict cannot be written in it.
pub(crate) fn rendered(
    verdict: &Verdict,
    format: Format,
    text: &TextOptions,
    origin: &Origin,
) -> Result<String, Error> {
    let failed = |reason: &dyn std::fmt::Display| Error::Output { reason: reason.to_string() };
    Ok(match format {
        Format::Text => render::text(verdict, text),
        Format::Json => render::json(verdict).map_err(|reason| failed(&reason))?,
        Format::Jsonl => render::jsonl(verdict).map_err(|reason| failed(&reason))?,
        Format::Sarif => render::sarif(&verdict.system.name, &verdict.findings, origin)
            .map_err(|reason| failed(&reason))?,
        Format::Github => render::github(verdict, origin),
        Format::Junit => render::junit(verdict, origin).map_err(|reason| failed(&reason))?,
        Format::Markdown => render::markdown(verdict, origin),
        Format::Matrix => render::matrix(verdict, text.width),
    })
}

/// Where findings' paths begin, seen from the current folder. A manifest outside of it is its own root.
pub(crate) fn origin(manifest: &Path) -> Origin {
    let current = std::env::current_dir().ok();
    let inside = match &current {
        Some(current) => manifest.strip_prefix(current).unwrap_or(manifest),
        None => manifest,
    };
    let parts: Option<Vec<String>> = inside
        .parent()
        .into_iter()
        .flat_map(Path::components)
        .filter(|part| *part != Component::CurDir)
        .map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            Component::CurDir | Component::ParentDir | Component::RootDir | Component::Prefix(_) => None,
        })
        .collect();
    let folder = parts.unwrap_or_default().iter().map(|part| format!("{part}/")).collect();
    let name = manifest.file_name().map(|name| name.to_string_lossy().into_owned());
    Origin { folder, manifest: name.unwrap_or_else(|| Origin::default().manifest) }
}
