//! A comparison in the form that was asked for.

use linchpin_checker::Diff;
use linchpin_checker::render::{self, Detail, Origin, TextOptions};

use super::text;
use crate::console::Format;
use crate::error::Error;

/// The forms that a comparison has: all but those of modules on firmwares.
pub(crate) const FORMATS: &[Format] =
    &[Format::Text, Format::Json, Format::Jsonl, Format::Sarif, Format::Github, Format::Markdown];

/// Code blocks scroll beyond about so many columns.
const CODE_WIDTH: usize = 100;
/// GitHub takes so many characters in a comment; bytes are never fewer. Some are kept for what is said last.
const MAX_BYTES: usize = 65_000;

/// The comparison in this form, with a line end.
///
/// # Errors
/// [`Error::Output`] if it cannot be written, and [`Error::NoSuchFormat`] for a form that is not in [`FORMATS`].
pub(super) fn rendered(diff: &Diff, format: Format, options: &TextOptions) -> Result<String, Error> {
    let failed = |reason: &dyn std::fmt::Display| Error::Output { reason: reason.to_string() };
    let origin = Origin { folder: String::new(), manifest: diff.sides.after.clone() };
    let name = format!("{} -> {}", diff.sides.before, diff.sides.after);
    Ok(match format {
        Format::Text => text::text(diff, options),
        Format::Json => serde_json::to_string_pretty(diff).map_err(|reason| failed(&reason))? + "\n",
        Format::Jsonl => render::findings_jsonl(&diff.findings).map_err(|reason| failed(&reason))?,
        Format::Sarif => render::sarif(&name, &diff.findings, &origin).map_err(|reason| failed(&reason))?,
        Format::Github => render::findings_github(&diff.findings, &origin),
        Format::Markdown => markdown(diff),
        Format::Junit | Format::Matrix => {
            let known = FORMATS.iter().map(|format| format.word().to_owned()).collect();
            return Err(Error::NoSuchFormat { format: format.word(), known });
        }
    })
}

/// A comment on a pull request: the summary, then each finding as text.
fn markdown(diff: &Diff) -> String {
    let state =
        if diff.clean { "nothing needs more than is declared" } else { "more is needed than is declared" };
    let mut out =
        format!("## Linchpin: {state}\n\n`{}` compared with `{}`.\n\n", diff.sides.after, diff.sides.before);
    for line in text::summary(diff) {
        let plain = anstream::adapter::strip_str(&line).to_string();
        out.push_str(&format!("- {}\n", plain.trim_end()));
    }
    let options = TextOptions { width: Some(CODE_WIDTH), detail: Detail::Full, ..TextOptions::default() };
    for (index, finding) in diff.findings.iter().enumerate() {
        let text = render::findings_text(std::slice::from_ref(finding), &options);
        // A fence must be longer than any in the text.
        let fence = "`".repeat(longest_run(&text).max(2) + 1);
        let block = format!("\n{fence}text\n{}\n{fence}\n", text.trim_end());
        if out.len() + block.len() > MAX_BYTES {
            out.push_str(&format!("\n{} more findings are not shown here.\n", diff.findings.len() - index));
            break;
        }
        out.push_str(&block);
    }
    out
}

fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`').map(str::len).max().unwrap_or(0)
}
