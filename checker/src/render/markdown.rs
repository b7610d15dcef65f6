//! Markdown for a comment on a pull request, never longer than GitHub takes.

use super::matrix::matrix_markdown;
use super::origin::{Origin, located};
use super::rollout;
use super::summary::Summary;
use super::text::{Detail, TextOptions, findings_text};
use super::words::{self, counted};
use crate::verdict::{Finding, Level, RolloutStep, Verdict};

/// GitHub takes so many characters in a comment; bytes are never fewer.
const MAX_BYTES: usize = 65_536;
/// Kept for what is said last: what was cut.
const RESERVE_BYTES: usize = 512;
/// Code blocks scroll beyond about so many columns.
const CODE_WIDTH: usize = 100;

/// The numbers, a table of findings, each finding in full, every module on every firmware. What is too long is cut
/// between findings, and the text says how much.
pub fn markdown(verdict: &Verdict, origin: &Origin) -> String {
    let mut page = Page { text: head(verdict), budget: MAX_BYTES - RESERVE_BYTES };
    let findings: Vec<&Finding> =
        verdict.findings.iter().filter(|finding| finding.level != Level::Allow).collect();
    if !findings.is_empty() {
        page.table(&findings, origin);
        page.details(&findings);
    }
    page.rollout(verdict);
    page.matrix(verdict);
    page.text
}

fn head(verdict: &Verdict) -> String {
    let summary = Summary::of(verdict);
    format!("## Linchpin: {} is {}\n\n{}.\n", cell(&verdict.system.name), summary.state(), summary.sentence())
}

struct Page {
    text: String,
    budget: usize,
}

impl Page {
    fn fits(&self, more: usize) -> bool {
        self.text.len() + more <= self.budget
    }

    /// One row a finding, in at most half of the page.
    fn table(&mut self, findings: &[&Finding], origin: &Origin) {
        self.text.push_str("\n| level | rule | where | what |\n|---|---|---|---|\n");
        for (at, finding) in findings.iter().enumerate() {
            let row = row(finding, origin);
            if self.text.len() + row.len() > self.budget / 2 {
                self.text.push_str(&format!("\n{} more are not in this table.\n", findings.len() - at));
                return;
            }
            self.text.push_str(&row);
        }
    }

    /// Each finding as `linchpin check` prints it.
    fn details(&mut self, findings: &[&Finding]) {
        const START: &str = "\n<details><summary>Each finding in full</summary>\n\n";
        const END: &str = "</details>\n";
        let options =
            TextOptions { width: Some(CODE_WIDTH), detail: Detail::Brief, ..TextOptions::default() };
        let mut blocks = String::new();
        let mut left_out = 0;
        for finding in findings {
            let block = code(findings_text(std::slice::from_ref(*finding), &options).trim_end());
            if left_out > 0 || !self.fits(START.len() + blocks.len() + block.len() + END.len()) {
                left_out += 1;
            } else {
                blocks.push_str(&block);
            }
        }
        self.text.push_str(START);
        self.text.push_str(&blocks);
        if left_out > 0 {
            let left_out = counted(left_out, "finding");
            self.text.push_str(&format!("Cut here: {left_out} more; `linchpin check` shows all of them.\n"));
        }
        self.text.push_str(END);
    }

    fn rollout(&mut self, verdict: &Verdict) {
        const START: &str = "\n<details><summary>The order in which nothing breaks</summary>\n\n";
        const END: &str = "\n</details>\n";
        let step =
            |(step, number): (&RolloutStep, usize)| format!("{number}. {}\n", cell(&rollout::sentence(step)));
        let steps: String = verdict.rollout.iter().zip(1..).map(step).collect();
        if steps.is_empty() {
            return;
        }
        if self.fits(START.len() + steps.len() + END.len()) {
            self.text.push_str(&format!("{START}{steps}{END}"));
        } else {
            self.text.push_str("\nThe order of the rollout is too long; `linchpin check` shows it.\n");
        }
    }

    fn matrix(&mut self, verdict: &Verdict) {
        const START: &str = "\n<details><summary>Every module on every firmware</summary>\n\n";
        const END: &str = "\n</details>\n";
        let tables = matrix_markdown(verdict).join("\n");
        if tables.is_empty() {
            return;
        }
        if self.fits(START.len() + tables.len() + END.len()) {
            self.text.push_str(&format!("{START}{tables}{END}"));
        } else {
            self.text.push_str(
                "\nThe table of all pairs is too long; `linchpin check --format matrix` shows it.\n",
            );
        }
    }
}

fn row(finding: &Finding, origin: &Origin) -> String {
    let located = located(finding);
    let place = located.first.map_or_else(
        || origin.file(&located),
        |(_, spot)| format!("{}:{}", origin.path(&spot.file), spot.line),
    );
    let level = words::level(finding.level);
    format!("| {level} | `{}` | {} | {} |\n", finding.rule, cell(&place), cell(&finding.message))
}

/// Text in a cell or heading. Code in backticks stays; whatever else could be markup is shown as it is.
pub(super) fn cell(text: &str) -> String {
    let mut out = String::new();
    let mut code = false;
    for character in text.chars() {
        match character {
            '`' => {
                code = !code;
                out.push('`');
            }
            // A row ends cells here even within code.
            '|' => out.push_str("\\|"),
            '\n' | '\r' => out.push(' '),
            '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' | '@' if !code => {
                out.push('\\');
                out.push(character);
            }
            _ => out.push(character),
        }
    }
    out
}

/// A code block with a fence that does not occur in it.
fn code(text: &str) -> String {
    let mut fence = "```".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    format!("{fence}text\n{text}\n{fence}\n\n")
}
