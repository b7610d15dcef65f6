//! What stands below the findings in text: the order of the rollout, then everything in numbers.

use std::collections::BTreeMap;

use annotate_snippets::renderer::Style;

use super::rollout;
use super::summary::{FindingCounts, Summary};
use super::text::{BAD, Detail, GOOD, TextOptions, paint, shown, wrapped};
use super::words::{self, counted};
use crate::verdict::{Finding, Verdict};

/// The steps of the rollout, numbered, under a title; empty where there are none.
pub fn rollout_text(verdict: &Verdict, options: &TextOptions) -> String {
    if verdict.rollout.is_empty() {
        return String::new();
    }
    let mut out = format!("{}\n", paint("the order in which nothing breaks:", Style::new().bold(), options));
    let digits = verdict.rollout.len().to_string().len();
    for (step, number) in verdict.rollout.iter().zip(1_usize..) {
        let sentence = wrapped(&rollout::sentence(step), digits + 4, options);
        let lines = sentence.replace('\n', &format!("\n{}", " ".repeat(digits + 4)));
        out.push_str(&format!("  {number:>digits$}. {lines}\n"));
    }
    out + "\n"
}

/// Lines on the findings as a whole, then one line with the pairs and findings in numbers.
pub fn summary_text(verdict: &Verdict, options: &TextOptions) -> String {
    let summary = Summary::of(verdict);
    let state = paint(summary.state(), if summary.clean { GOOD } else { BAD }, options);
    let name = words::visible(&verdict.system.name);
    let mut out = by_rule(&verdict.findings, options);
    out.extend(hidden(&summary.findings, options));
    let painted = name.len() + summary.state().len() + ": ; ".len();
    // Escapes have no width, so the sentence is broken before they come in.
    let sentence = wrapped(&format!("{}{}", "x".repeat(painted), summary.sentence()), 2, options);
    let sentence = sentence.get(painted..).unwrap_or_default().replace('\n', "\n  ");
    let name = paint(&name, Style::new().bold(), options);
    out + &format!("{name}: {state}; {sentence}\n")
}

/// How many findings each rule has where there are many, and where to read of a rule; empty without findings.
fn by_rule(findings: &[Finding], options: &TextOptions) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| shown(finding, options)) {
        *counts.entry(&finding.rule).or_default() += 1;
    }
    let Some(first) = counts.keys().next() else { return String::new() };
    let explain = format!("more on a rule: `linchpin explain {first}`");
    if counts.values().sum::<usize>() <= MANY {
        return explain + "\n";
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(rule, count)| (std::cmp::Reverse(*count), *rule));
    let counts: Vec<String> =
        counts.into_iter().map(|(rule, count)| format!("{} {rule}", words::thousands(count))).collect();
    let line = wrapped(&format!("by rule: {}", counts.join(", ")), 2, options).replace('\n', "\n  ");
    format!("{line}\n{explain}\n")
}

/// Of more findings than these, a reader wants to know first what kinds there are.
const MANY: usize = 10;

fn hidden(counts: &FindingCounts, options: &TextOptions) -> Option<String> {
    let hidden = counts.notes + counts.waived;
    if options.detail == Detail::Full || hidden == 0 {
        return None;
    }
    let kinds =
        [(counts.notes, counted(counts.notes, "note")), (counts.waived, format!("{} waived", counts.waived))];
    let kinds: Vec<_> = kinds.into_iter().filter(|(count, _)| *count > 0).map(|(_, text)| text).collect();
    Some(format!("not shown: {}; `--verbose` shows them\n", kinds.join(", ")))
}
