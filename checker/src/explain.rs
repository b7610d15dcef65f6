//! `explain`: a rule's page is the head of its own source file.

use crate::rule::Rule;
use crate::rules::RULES;
use crate::verdict::{Bump, Level, Plane};

/// What a rule is, for lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct RuleInfo {
    /// As `record-field-added`.
    pub id: &'static str,
    /// The level of its findings.
    pub level: Level,
    /// What its findings are true of.
    pub plane: Plane,
    /// The least version step that such a change of a contract needs; absent where it is no change of a contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bump: Option<Bump>,
    /// One line.
    pub summary: &'static str,
}

/// Every rule, sorted by id.
pub fn rules() -> Vec<RuleInfo> {
    let info = |rule: &&Rule| RuleInfo {
        id: rule.id,
        level: rule.level,
        plane: rule.plane,
        bump: rule.bump,
        summary: rule.summary,
    };
    RULES.iter().map(info).collect()
}

/// Reasons not to freeze a contract that are no rule of a check, and their pages.
const OF_RELEASES: [(&str, &str); 3] = [
    ("prerelease", include_str!("release/pages/prerelease.md")),
    ("unencodable", include_str!("release/pages/unencodable.md")),
    ("unversioned", include_str!("release/pages/unversioned.md")),
];

/// The page of a rule, or of a reason not to freeze a contract, as Markdown; absent if there is none of that name.
pub fn explain(rule_id: &str) -> Option<String> {
    if let Some((_, page)) = OF_RELEASES.iter().find(|(code, _)| *code == rule_id) {
        return Some(page.trim_end().to_owned());
    }
    let rule = RULES.iter().find(|rule| rule.id == rule_id)?;
    let head = rule.source.lines().take_while(|line| line.starts_with("//!"));
    let text: Vec<&str> = head.map(|line| line.trim_start_matches("//!").trim_start_matches(' ')).collect();
    Some(text.join("\n"))
}
