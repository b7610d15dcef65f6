//! A verdict for people and for programs.

mod text;

pub use text::{Colour, text};

use crate::verdict::Verdict;

/// The verdict as JSON, indented, with a line end.
///
/// # Errors
/// If a map key were not a string; a verdict has none such.
pub fn json(verdict: &Verdict) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(verdict)? + "\n")
}
