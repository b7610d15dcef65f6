//! Documents held against the schemas of `docs/schema`, by the word of a well-kept validator.
#![allow(dead_code, reason = "each test uses a part of it")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// A published schema.
pub(crate) fn published(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schema").join(name);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// A published schema that forbids fields which it does not name, and which readers must allow.
pub(crate) fn closed(name: &str) -> Value {
    let mut schema = published(name);
    close(&mut schema);
    schema
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if object.contains_key("properties") && !object.contains_key("additionalProperties") {
                object.insert("additionalProperties".into(), Value::from(false));
            }
            object.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Which of these documents a schema refuses.
pub(crate) fn refused(schema: &Value, documents: &[Value]) -> BTreeSet<usize> {
    let folder = tempfile::tempdir().unwrap();
    let written = |name: String, document: &Value| {
        let path = folder.path().join(name);
        fs::write(&path, document.to_string()).unwrap();
        path.display().to_string()
    };
    let mut arguments = vec!["validate".to_owned(), written("schema".to_owned(), schema)];
    let files = documents.iter().enumerate();
    arguments.extend(files.map(|(index, document)| written(format!("{index}.json"), document)));
    let (_, faults) = schemas(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    let file = |line: &str| Path::new(line.split(".json: ").next()?).file_name()?.to_str()?.parse().ok();
    faults.lines().filter_map(file).filter(|index| *index < documents.len()).collect()
}

/// Runs the validator's crate, which is a workspace of its own.
pub(crate) fn schemas(arguments: &[&str]) -> (bool, String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("schemas");
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--locked", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .arg("--")
        .args(arguments)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_ne!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&output.stderr));
    (output.status.success(), text)
}
