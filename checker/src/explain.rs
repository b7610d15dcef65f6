//! `explain`: a rule's page is the head of its own source file.

use crate::rule::Rule;
use crate::rules::RULES;
use crate::verdict::Level;

/// What a rule is, for lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct RuleInfo {
    /// As `record-field-added`.
    pub id: &'static str,
    /// The level of its findings.
    pub level: Level,
    /// One line.
    pub summary: &'static str,
}

/// Every rule, sorted by id.
pub fn rules() -> Vec<RuleInfo> {
    let info = |rule: &&Rule| RuleInfo { id: rule.id, level: rule.level, summary: rule.summary };
    RULES.iter().map(info).collect()
}

/// The page of a rule, as Markdown; absent if there is no such rule.
pub fn explain(rule_id: &str) -> Option<String> {
    let rule = RULES.iter().find(|rule| rule.id == rule_id)?;
    let head = rule.source.lines().take_while(|line| line.starts_with("//!"));
    let text: Vec<&str> = head.map(|line| line.trim_start_matches("//!").trim_start_matches(' ')).collect();
    Some(text.join("\n"))
}
