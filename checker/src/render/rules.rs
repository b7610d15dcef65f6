//! All rules as one page of Markdown: tables by plane, then each rule's own page.

use super::words;
use crate::explain::{RuleInfo, explain, rules};
use crate::verdict::Plane;

/// In the order of the page.
const PLANES: [Plane; 3] = [Plane::Link, Plane::Policy, Plane::System];

const HEAD: &str = "\
# Rules of `linchpin check`

This page is written by `linchpin explain --all --format markdown` from the rules themselves. A rule of level
*error* keeps a verdict from being clean; *warning* is worth knowing; *note* is a fact without consequence. The version
step is the least that such a change of a contract needs.
";

/// All rules: tables by plane, then each rule's page.
pub fn rules_markdown() -> String {
    let rules = rules();
    let mut out = HEAD.to_owned();
    for plane in PLANES {
        out.push_str(&format!("\n## {}\n\n{}\n", capital(words::plane(plane)), words::plane_meaning(plane)));
        out.push_str("\n| rule | level | version step | finds that |\n|---|---|---|---|\n");
        for rule in rules.iter().filter(|rule| rule.plane == plane) {
            out.push_str(&row(rule));
        }
    }
    out.push_str("\n## Each rule\n");
    for rule in &rules {
        out.push_str(&page(rule.id));
    }
    out
}

fn row(rule: &RuleInfo) -> String {
    let (id, level) = (rule.id, words::level(rule.level));
    let step = rule.bump.map_or("", words::step);
    format!("| [`{id}`](#{id}) | {level} | {step} | {} |\n", rule.summary.replace('|', "\\|"))
}

/// The rule's own page, its headings two levels down.
fn page(id: &str) -> String {
    let mut code = false;
    let mut out = String::from("\n");
    for line in explain(id).unwrap_or_default().lines() {
        code ^= line.starts_with("```");
        if line.starts_with('#') && !code {
            out.push_str("##");
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}
