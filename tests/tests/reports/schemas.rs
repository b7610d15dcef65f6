//! JSON and SARIF follow their published schemas, by the word of a well-kept validator.

use std::fs;
use std::path::{Path, PathBuf};

use linchpin_checker::render::{self, Origin};
use serde_json::Value;
use tempfile::TempDir;

use crate::fixture::{Fixture, folders, root};
use crate::full;
use crate::schema::{closed, published, schemas};

const VERDICT: &str = "verdict-2.json";

fn validate(schema: &Path, files: &[PathBuf]) -> (bool, String) {
    let mut arguments = vec!["validate".to_owned(), schema.display().to_string()];
    arguments.extend(files.iter().map(|file| file.display().to_string()));
    schemas(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

fn written(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    path
}

/// The verdicts of every fixture, and one with every field.
fn verdicts() -> Vec<(String, linchpin_checker::Verdict)> {
    let mut verdicts = vec![("everything".to_owned(), full::verdict())];
    for folder in folders(&root()) {
        for case in folders(&folder) {
            let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
            verdicts.push((format!("{}-{}", name(&folder), name(&case)), Fixture::new(&case).verdict()));
        }
    }
    verdicts
}

#[test]
fn every_verdict_follows_the_published_schema_and_has_no_field_that_it_does_not_know() {
    let temp = tempfile::tempdir().unwrap();
    let schema = written(&temp, "strict.json", &closed(VERDICT).to_string());
    let files: Vec<PathBuf> = verdicts()
        .iter()
        .map(|(name, verdict)| written(&temp, &format!("{name}.json"), &render::json(verdict).unwrap()))
        .collect();
    let (valid, faults) = validate(&schema, &files);
    assert!(valid, "docs/schema/verdict-2.json is not what `verdict.rs` says:\n{faults}");
}

#[test]
fn the_schema_refuses_what_is_no_verdict() {
    let temp = tempfile::tempdir().unwrap();
    let schema = written(&temp, "schema.json", &published(VERDICT).to_string());
    let good: Value = serde_json::from_str(&render::json(&full::verdict()).unwrap()).unwrap();
    let faults: [(&str, Value); 5] = [
        ("/schema_version", Value::from(1)),
        ("/findings/0/level", Value::from("fatal")),
        ("/pairs/0/level", Value::from("fine")),
        ("/modules/0/sha256", Value::from("abc")),
        ("/rollout/0/action", Value::from("wait")),
    ];
    for (pointer, wrong) in faults {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).unwrap() = wrong;
        let (valid, text) = validate(&schema, &[written(&temp, "bad.json", &bad.to_string())]);
        assert!(!valid && text.contains(pointer), "{pointer}: {text}");
    }
}

/// The full verdict shows every field, so a field of the schema that it lacks is one that no verdict has.
#[test]
fn the_schema_names_no_field_that_no_verdict_has() {
    let text = render::json(&full::verdict()).unwrap();
    let mut named = Vec::new();
    names(&published(VERDICT), &mut named);
    assert!(named.len() > 50, "{named:?}");
    for name in named {
        assert!(text.contains(&format!("\"{name}\":")), "`{name}` is in the schema and in no verdict");
    }
}

#[test]
fn sarif_of_every_fixture_follows_the_schema_of_sarif() {
    let temp = tempfile::tempdir().unwrap();
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/sarif-2.1.0.json");
    // As it was published, this pattern for languages is no regular expression: a lone `]`.
    let text = fs::read_to_string(schema).unwrap().replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$");
    let schema = written(&temp, "sarif-schema.json", &text);
    let origins = [Origin::default(), Origin { folder: "a b/ü/".into(), manifest: "linchpin.toml".into() }];
    let mut files = Vec::new();
    for (name, verdict) in verdicts() {
        for (number, origin) in origins.iter().enumerate() {
            let log = render::sarif(&verdict.system.name, &verdict.findings, origin).unwrap();
            files.push(written(&temp, &format!("{name}-{number}.sarif"), &log));
        }
    }
    let (valid, faults) = validate(&schema, &files);
    assert!(valid, "{faults}");
    let wrong = fs::read_to_string(&files[0]).unwrap().replace("\"ruleId\"", "\"rule-id\"");
    let (valid, _) = validate(&schema, &[written(&temp, "wrong.sarif", &wrong)]);
    assert!(!valid, "the schema takes everything");
}

fn names(schema: &Value, found: &mut Vec<String>) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::Object(properties)) = object.get("properties") {
                found.extend(properties.keys().cloned());
            }
            object.values().for_each(|part| names(part, found));
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
