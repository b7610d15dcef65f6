//! SARIF 2.1.0, within what GitHub's code scanning takes.

mod model;

use std::collections::{BTreeMap, BTreeSet};

use linchpin_contract::Digest;

use self::model::{
    ArtifactLocation, AutomationDetails, Configuration, Driver, Help, Invocation, Location, Log,
    LogicalLocation, Notification, PhysicalLocation, Region, ReportingDescriptor, RuleProperties, Run,
    SarifResult, Suppression, Text, Tool, UriBase,
};
use super::origin::{Origin, located};
use super::prose::prose;
use super::words::{self, counted};
use crate::explain::{RuleInfo, explain, rules};
use crate::verdict::{Finding, Plane, Side, Spot};

/// GitHub refuses a run with more results.
const MAX_RESULTS: usize = 25_000;
/// GitHub refuses a result with more locations.
const MAX_LOCATIONS: usize = 1_000;
/// What paths are relative to. GitHub takes it for the root of the repository.
const BASE: &str = "%SRCROOT%";
/// Names the way in which a finding is recognised again in a later run.
const FINGERPRINT: &str = "linchpinFinding/v1";

/// The findings of a system as one SARIF log with one run, indented, with a line end.
///
/// # Errors
/// If a map key were not a string; a log has none such.
pub fn sarif(system: &str, findings: &[Finding], origin: &Origin) -> Result<String, serde_json::Error> {
    let kept = findings.get(..MAX_RESULTS).unwrap_or(findings);
    let fired: BTreeSet<&str> = kept.iter().map(|finding| finding.rule.as_str()).collect();
    let index: BTreeMap<&str, usize> = fired.iter().enumerate().map(|(at, rule)| (*rule, at)).collect();
    let run = Run {
        tool: Tool {
            driver: Driver {
                name: "linchpin",
                version: env!("CARGO_PKG_VERSION").to_owned(),
                rules: fired.iter().map(|rule| descriptor(rule)).collect(),
            },
        },
        automation_details: AutomationDetails { id: format!("linchpin/{system}/") },
        invocations: vec![Invocation {
            execution_successful: true,
            tool_execution_notifications: notices(findings.len()),
        }],
        original_uri_base_ids: BTreeMap::from([(
            BASE,
            UriBase { description: Text::of("the folder that linchpin was run in") },
        )]),
        column_kind: "unicodeCodePoints",
        results: results(kept, &index, origin),
    };
    let log = Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: vec![run],
    };
    Ok(serde_json::to_string_pretty(&log)? + "\n")
}

fn notices(findings: usize) -> Vec<Notification> {
    let Some(left_out @ 1..) = findings.checked_sub(MAX_RESULTS) else { return Vec::new() };
    let message = format!(
        "{} left out, since no more than {} are taken; `linchpin check` shows them all",
        counted(left_out, "finding"),
        words::thousands(MAX_RESULTS)
    );
    vec![Notification { level: "warning", message: Text::of(message) }]
}

fn descriptor(id: &str) -> ReportingDescriptor {
    let info: Option<RuleInfo> = rules().into_iter().find(|rule| rule.id == id);
    let summary = info.map_or_else(|| id.to_owned(), |rule| rule.summary.to_owned());
    let page = explain(id).unwrap_or_else(|| summary.clone());
    ReportingDescriptor {
        id: id.to_owned(),
        short_description: Text::of(summary.clone()),
        full_description: Text::of(summary),
        help: Help { text: page.clone(), markdown: page },
        default_configuration: Configuration { level: info.map_or("error", |rule| words::level(rule.level)) },
        properties: RuleProperties { tags: info.map(|rule| tag(rule.plane)).into_iter().collect() },
    }
}

fn tag(plane: Plane) -> &'static str {
    match plane {
        Plane::Link => "link",
        Plane::Policy => "policy",
        Plane::System => "system",
    }
}

fn results(findings: &[Finding], index: &BTreeMap<&str, usize>, origin: &Origin) -> Vec<SarifResult> {
    let mut seen: BTreeMap<Digest, usize> = BTreeMap::new();
    let mut results = Vec::new();
    for finding in findings {
        let identity = identity(finding);
        let count = seen.entry(identity).or_default();
        *count += 1;
        let fingerprint = format!("{identity}:{count}");
        let rule_index = index.get(finding.rule.as_str()).copied().unwrap_or_default();
        results.push(result(finding, rule_index, fingerprint, origin));
    }
    results
}

/// What stays the same while lines move: the rule, the path, and what stands on both sides.
fn identity(finding: &Finding) -> Digest {
    let mut parts = vec![finding.rule.as_str(), finding.path.as_str()];
    for side in &finding.sides {
        parts.push(words::party(side.party));
        parts.push(&side.text);
        parts.extend(side.place.as_ref().map(|spot| spot.file.as_str()));
    }
    Digest::of(parts.join("\n").as_bytes())
}

fn result(finding: &Finding, rule_index: usize, fingerprint: String, origin: &Origin) -> SarifResult {
    let located = located(finding);
    let first = match located.first {
        Some((side, spot)) => at(spot, origin, Some(words::label(side)), None),
        None => manifest(origin),
    };
    let logical = vec![LogicalLocation { fully_qualified_name: finding.path.clone() }];
    let others: Vec<(&Side, &Spot)> = located.others.into_iter().take(MAX_LOCATIONS - 1).collect();
    let related =
        others.iter().zip(1..).map(|((side, spot), id)| at(spot, origin, Some(words::label(side)), Some(id)));
    SarifResult {
        rule_id: finding.rule.clone(),
        rule_index,
        level: words::level(finding.level),
        message: Text::of(prose(finding, origin).join("\n")),
        locations: vec![Location { logical_locations: logical, ..first }],
        related_locations: related.collect(),
        partial_fingerprints: BTreeMap::from([(FINGERPRINT, fingerprint)]),
        suppressions: words::waiver(finding)
            .map(|justification| Suppression { kind: "external", justification })
            .into_iter()
            .collect(),
    }
}

fn at(spot: &Spot, origin: &Origin, message: Option<String>, id: Option<usize>) -> Location {
    let region = Region {
        start_line: spot.line,
        start_column: Some(spot.column),
        end_column: Some(spot.column.saturating_add(spot.length)),
    };
    location(&origin.path(&spot.file), region, message, id)
}

/// What has no place of its own is shown at the top of the system's file.
fn manifest(origin: &Origin) -> Location {
    let region = Region { start_line: 1, start_column: None, end_column: None };
    location(&origin.path(&origin.manifest), region, None, None)
}

fn location(path: &str, region: Region, message: Option<String>, id: Option<usize>) -> Location {
    Location {
        id,
        physical_location: PhysicalLocation {
            artifact_location: ArtifactLocation { uri: uri(path), uri_base_id: BASE },
            region,
        },
        logical_locations: Vec::new(),
        message: message.map(Text::of),
    }
}

/// A relative path as a relative URI: what is not unreserved, nor `/`, is percent-encoded.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
