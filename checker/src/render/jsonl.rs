//! JSON lines: one finding a line, then one line of summary.

use serde::Serialize;

use super::summary::{FindingCounts, PairCounts, Summary};
use crate::verdict::{Finding, SystemId, Verdict};

#[derive(Serialize)]
struct FindingLine<'v> {
    kind: &'static str,
    #[serde(flatten)]
    finding: &'v Finding,
}

#[derive(Serialize)]
struct SummaryLine<'v> {
    kind: &'static str,
    schema_version: u32,
    checker: &'v str,
    system: &'v SystemId,
    clean: bool,
    pairs: PairCounts,
    edges: PairCounts,
    data: PairCounts,
    findings: FindingCounts,
}

/// Each finding as a JSON object with `"kind": "finding"`, then the counts with `"kind": "summary"`; a line each.
///
/// # Errors
/// If a map key were not a string; a verdict has none such.
pub fn jsonl(verdict: &Verdict) -> Result<String, serde_json::Error> {
    let mut out = findings_jsonl(&verdict.findings)?;
    let summary = Summary::of(verdict);
    let line = SummaryLine {
        kind: "summary",
        schema_version: verdict.schema_version,
        checker: &verdict.checker,
        system: &verdict.system,
        clean: summary.clean,
        pairs: summary.pairs,
        edges: summary.edges,
        data: summary.data,
        findings: summary.findings,
    };
    out.push_str(&serde_json::to_string(&line)?);
    out.push('\n');
    Ok(out)
}

/// Each finding as a JSON object with `"kind": "finding"`, a line each.
///
/// # Errors
/// As [`jsonl`].
pub fn findings_jsonl(findings: &[Finding]) -> Result<String, serde_json::Error> {
    let mut out = String::new();
    for finding in findings {
        out.push_str(&serde_json::to_string(&FindingLine { kind: "finding", finding })?);
        out.push('\n');
    }
    Ok(out)
}
