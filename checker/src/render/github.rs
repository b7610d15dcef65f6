//! Annotations of a GitHub workflow: one command a finding, which the runner shows beside the line.

use super::origin::{Origin, located};
use super::prose::prose;
use super::summary::Summary;
use super::words::visible;
use crate::verdict::{Finding, Level, Verdict};

/// One workflow command a finding, then one line of summary for the log. What is allowed or waived is left out.
pub fn github(verdict: &Verdict, origin: &Origin) -> String {
    let summary = Summary::of(verdict);
    let annotations = findings_github(&verdict.findings, origin);
    format!("{annotations}{}: {}; {}\n", visible(&verdict.system.name), summary.state(), summary.sentence())
}

/// One workflow command a finding, such as `::error file=module.wit,line=7,col=9,endColumn=17,title=..::..`.
pub fn findings_github(findings: &[Finding], origin: &Origin) -> String {
    findings.iter().filter_map(|finding| annotation(finding, origin)).collect()
}

/// One workflow command for an error at a place, or at a file if `place` has none.
pub fn github_error(file: &str, place: Option<(u32, u32)>, title: &str, message: &str) -> String {
    let place = place.map_or_else(String::new, |(line, column)| format!(",line={line},col={column}"));
    format!("::error file={}{place},title={}::{}\n", property(file), property(title), data(message))
}

fn annotation(finding: &Finding, origin: &Origin) -> Option<String> {
    let command = match finding.level {
        Level::Deny => "error",
        Level::Warn => "warning",
        Level::Allow => return None,
    };
    let located = located(finding);
    let mut properties = vec![("file", origin.file(&located))];
    if let Some((_, spot)) = located.first {
        properties.push(("line", spot.line.to_string()));
        properties.push(("col", spot.column.to_string()));
        properties.push(("endColumn", spot.column.saturating_add(spot.length).to_string()));
    }
    properties.push(("title", finding.rule.clone()));
    let properties: Vec<String> =
        properties.iter().map(|(name, value)| format!("{name}={}", property(value))).collect();
    Some(format!("::{command} {}::{}\n", properties.join(","), data(&prose(finding, origin).join("\n"))))
}

/// The runner reads a command to the end of its line.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Properties end at a comma or colon as well.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
