//! JUnit XML: one test case a pair, so that a pipeline shows which module fails on which firmware.

use std::collections::{BTreeMap, BTreeSet};

use quick_junit::{NonSuccessKind, Report, SerializeError, TestCase, TestCaseStatus, TestSuite};

use super::origin::{Origin, located};
use super::prose::prose;
use super::words;
use crate::verdict::{EdgeEnd, Finding, Level, Pair, PairLevel, Verdict};

/// A class of device is a suite, a module on a firmware is a test case; edges and files of recorded data are cases of
/// suites of their own. Errors that no such case carries are cases of
/// the suite `system`.
///
/// # Errors
/// If the XML cannot be written.
pub fn junit(verdict: &Verdict, origin: &Origin) -> Result<String, SerializeError> {
    let mut report = Report::new(verdict.system.name.as_str());
    let index = Index::of(verdict);
    let mut suites: BTreeMap<&str, Vec<TestCase>> = BTreeMap::new();
    let mut carried = BTreeSet::new();
    for pair in &verdict.pairs {
        let findings = index.of_pair(pair);
        if pair.level != PairLevel::Ok {
            carried.extend(findings.iter().map(|(at, _)| *at));
        }
        suites.entry(&pair.target).or_default().push(case(pair, &index, &findings, origin));
    }
    for (target, cases) in suites {
        let mut suite = TestSuite::new(target);
        suite.add_test_cases(cases);
        report.add_test_suite(suite);
    }
    for suite in [edges(verdict), data(verdict)].into_iter().flatten() {
        report.add_test_suite(suite);
    }
    let alone = |(at, finding): &(usize, &Finding)| finding.level == Level::Deny && !carried.contains(at);
    let others: Vec<_> = verdict.findings.iter().enumerate().filter(alone).collect();
    report.add_test_suite(system(&others, origin));
    report.to_string()
}

/// A finding and its number in the verdict.
type Numbered<'v> = (usize, &'v Finding);

/// Rules about edges, recorded data and rollouts hit pairs as well, and are no reason why a pair fails.
const BEYOND: [&str; 3] = ["data-", "edge-", "rollout-"];

/// Findings by whom they hit.
struct Index<'v> {
    of_pair: BTreeMap<(&'v str, &'v str, &'v str), Vec<Numbered<'v>>>,
    of_module: BTreeMap<&'v str, Vec<Numbered<'v>>>,
    versions: BTreeMap<&'v str, &'v str>,
}

impl<'v> Index<'v> {
    fn of(verdict: &'v Verdict) -> Self {
        let versions =
            verdict.modules.iter().map(|module| (module.name.as_str(), module.version.as_str())).collect();
        let mut index = Self { of_pair: BTreeMap::new(), of_module: BTreeMap::new(), versions };
        let of_pairs =
            |(_, finding): &(usize, &Finding)| !BEYOND.iter().any(|it| finding.rule.starts_with(it));
        for (at, finding) in verdict.findings.iter().enumerate().filter(of_pairs) {
            for hit in &finding.hits {
                let module = hit.module.as_str();
                match &hit.on {
                    Some(on) => {
                        let key = (module, on.target.as_str(), on.firmware.as_str());
                        index.of_pair.entry(key).or_default().push((at, finding));
                    }
                    None => index.of_module.entry(module).or_default().push((at, finding)),
                }
            }
        }
        index
    }

    fn of_pair(&self, pair: &Pair) -> Vec<Numbered<'v>> {
        let key = (pair.module.as_str(), pair.target.as_str(), pair.firmware.as_str());
        let own = self.of_pair.get(&key).into_iter().flatten();
        own.chain(self.of_module.get(pair.module.as_str()).into_iter().flatten()).copied().collect()
    }
}

fn case(pair: &Pair, index: &Index<'_>, findings: &[Numbered<'_>], origin: &Origin) -> TestCase {
    let version = index.versions.get(pair.module.as_str()).copied().unwrap_or_default();
    let status = if pair.level == PairLevel::Ok {
        TestCaseStatus::success()
    } else {
        let denied: Vec<&Finding> =
            findings.iter().map(|(_, finding)| *finding).filter(|it| it.level == Level::Deny).collect();
        let because = denied.first().map_or_else(String::new, |finding| format!(": {}", finding.message));
        let message = format!("{}{because}", words::pair(pair.level));
        failure(&message, words::pair_code(pair.level), &denied, origin)
    };
    let mut case = TestCase::new(format!("{} {version} on {}", pair.module, pair.firmware), status);
    case.set_classname(pair.target.as_str());
    case
}

/// One case an edge; absent where there are none.
fn edges(verdict: &Verdict) -> Option<TestSuite> {
    let end = |end: &EdgeEnd| {
        format!("{} {} {}", end.module, end.version.as_deref().unwrap_or("unknown"), end.path)
    };
    let cases =
        verdict.edges.iter().map(|edge| (format!("{} to {}", end(&edge.from), end(&edge.to)), edge.level));
    suite("edges", cases.collect())
}

/// One case a file of recorded data; absent where there are none.
fn data(verdict: &Verdict) -> Option<TestSuite> {
    let cases = verdict.data.iter().map(|data| (format!("{} into {}", data.name, data.feeds), data.level));
    suite("data", cases.collect())
}

/// Cases whose reasons are findings of the suite `system`.
fn suite(name: &str, cases: Vec<(String, PairLevel)>) -> Option<TestSuite> {
    let mut suite = TestSuite::new(name);
    for (case, level) in &cases {
        let status = if *level == PairLevel::Ok {
            TestCaseStatus::success()
        } else {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(words::pair(*level)).set_type(words::pair_code(*level));
            status
        };
        let mut case = TestCase::new(case.as_str(), status);
        case.set_classname(name);
        suite.add_test_case(case);
    }
    (!cases.is_empty()).then_some(suite)
}

fn system(findings: &[Numbered<'_>], origin: &Origin) -> TestSuite {
    let mut suite = TestSuite::new("system");
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for (_, finding) in findings {
        let status = failure(&finding.message, &finding.rule, &[finding], origin);
        let name = format!("{}: {}", finding.rule, finding.path);
        // Tools take cases of one name for one case.
        let nth = names.entry(name.clone()).and_modify(|count| *count += 1).or_insert(1);
        let name = if *nth == 1 { name } else { format!("{name} ({nth})") };
        let mut case = TestCase::new(name, status);
        case.set_classname("system");
        suite.add_test_case(case);
    }
    suite
}

fn failure(message: &str, kind: &str, findings: &[&Finding], origin: &Origin) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_message(message).set_type(kind);
    let details: Vec<String> = findings.iter().map(|finding| details(finding, origin)).collect();
    status.set_description(details.join("\n\n"));
    status
}

fn details(finding: &Finding, origin: &Origin) -> String {
    let located = located(finding);
    let place = located.first.map_or_else(
        || origin.file(&located),
        |(_, spot)| format!("{}:{}:{}", origin.path(&spot.file), spot.line, spot.column),
    );
    format!(
        "{place}: {}[{}]: {}",
        words::level(finding.level),
        finding.rule,
        prose(finding, origin).join("\n")
    )
}
