//! The system beyond its pairs, as a whole: the guide, the schemas, rollouts, baselines, recorded data.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "checker/fixture.rs"]
#[allow(dead_code, reason = "shared with the tests of the checker, which use more of it")]
mod fixture;
#[path = "cli/program.rs"]
mod program;
#[path = "cli/schema.rs"]
mod schema;

#[path = "system/action.rs"]
mod action;
#[path = "system/baseline.rs"]
mod baseline;
#[path = "system/copies.rs"]
mod copies;
#[path = "system/data.rs"]
mod data;
#[path = "system/edges.rs"]
mod edges;
#[path = "system/fleet.rs"]
mod fleet;
#[path = "system/guide.rs"]
mod guide;
#[path = "system/locate.rs"]
mod locate;
#[path = "system/schemas.rs"]
mod schemas;
#[path = "system/waivers.rs"]
mod waivers;

/// A check of a folder on the day of the fixtures.
pub(crate) fn verdict(folder: &std::path::Path) -> linchpin_checker::Verdict {
    let system = linchpin_checker::load(&folder.join("linchpin.toml")).unwrap();
    linchpin_checker::check(&system, &fixture::today())
}

/// The rules that fired, and how often.
pub(crate) fn fired(verdict: &linchpin_checker::Verdict) -> Vec<&str> {
    verdict.findings.iter().map(|finding| finding.rule.as_str()).collect()
}
