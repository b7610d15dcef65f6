//! Every form over a clean system, five mistakes, a hazard, a finding without a place, and a verdict with everything.

use std::path::Path;

use linchpin_checker::Verdict;
use linchpin_checker::render::{self, Origin, TextOptions};
use serde_json::Value;

use crate::fixture::{Fixture, root};
use crate::full;

/// The systems, by what is shown of them.
pub(crate) fn systems() -> Vec<(&'static str, Verdict)> {
    let fixture = |path: &str| Fixture::new(&root().join(path)).verdict();
    vec![
        ("clean", fixture("enum-case-added/near-miss")),
        ("five-mistakes", fixture("_several/five-mistakes")),
        ("hazard", fixture("unit-changed/fails")),
        ("placeless", fixture("_several/unknown-firmware")),
        ("everything", full::verdict()),
    ]
}

/// Where reports of a system in a folder of the repository begin.
pub(crate) fn origin() -> Origin {
    Origin { folder: "systems/a b/".into(), manifest: "linchpin.toml".into() }
}

/// Every form by name, as it is.
pub(crate) fn forms(verdict: &Verdict) -> Vec<(&'static str, String)> {
    let origin = origin();
    vec![
        ("text", render::text(verdict, &TextOptions::default())),
        ("json", render::json(verdict).unwrap()),
        ("jsonl", render::jsonl(verdict).unwrap()),
        ("sarif", render::sarif(&verdict.system.name, &verdict.findings, &origin).unwrap()),
        ("github", render::github(verdict, &origin)),
        ("junit", render::junit(verdict, &origin).unwrap()),
        ("markdown", render::markdown(verdict, &origin)),
        ("matrix", render::matrix(verdict, None)),
    ]
}

#[test]
fn every_form_is_as_reviewed() {
    for (name, verdict) in systems() {
        for (form, text) in forms(&verdict) {
            let text = if form == "sarif" { without_pages(&text) } else { text };
            let mut settings = insta::Settings::clone_current();
            settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("reports").join(name));
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            settings.bind(|| insta::assert_snapshot!(form, without_digests(&text)));
        }
    }
}

#[test]
fn every_form_gives_the_same_bytes_twice_and_ends_its_last_line() {
    for ((name, one), (_, two)) in systems().into_iter().zip(systems()) {
        for ((form, one), (_, two)) in forms(&one).into_iter().zip(forms(&two)) {
            assert_eq!(one, two, "{name} as {form}");
            assert!(one.ends_with('\n') && !one.contains('\x1b'), "{name} as {form}");
        }
    }
}

/// Pages of rules have tests of their own.
fn without_pages(sarif: &str) -> String {
    let mut log: Value = serde_json::from_str(sarif).unwrap();
    for rule in log["runs"][0]["tool"]["driver"]["rules"].as_array_mut().unwrap() {
        let id = rule["id"].as_str().unwrap().to_owned();
        assert!(rule["help"]["markdown"].as_str().unwrap().starts_with(&format!("# `{id}`")));
        rule["help"] = Value::from("[page]");
    }
    serde_json::to_string_pretty(&log).unwrap()
}

/// Digests depend on the tools that make the components.
fn without_digests(text: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for character in text.chars().chain(['\n']) {
        if character.is_ascii_digit() || ('a'..='f').contains(&character) {
            run.push(character);
            continue;
        }
        out.push_str(if run.len() == 64 { "[sha256]" } else { &run });
        run.clear();
        out.push(character);
    }
    out.pop();
    out
}
