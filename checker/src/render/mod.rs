//! A verdict for people and for programs. Every form is a function of the verdict or of its findings, and gives the
//! same bytes for the same input.

mod closing;
mod github;
mod hits;
mod jsonl;
mod junit;
mod markdown;
mod matrix;
mod origin;
mod prose;
mod rollout;
mod rules;
mod sarif;
mod summary;
mod text;
pub mod words;

pub use closing::{rollout_text, summary_text};
pub use github::{findings_github, github, github_error};
pub use jsonl::{findings_jsonl, jsonl};
pub use junit::junit;
pub use markdown::markdown;
pub use matrix::matrix;
pub use origin::Origin;
pub use rules::rules_markdown;
pub use sarif::sarif;
pub use summary::{FindingCounts, PairCounts, Summary};
pub use text::{Colour, Detail, TextOptions, findings_text, text};

use crate::verdict::Verdict;

/// The verdict as JSON, indented, with a line end.
///
/// # Errors
/// If a map key were not a string; a verdict has none such.
pub fn json(verdict: &Verdict) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(verdict)? + "\n")
}
