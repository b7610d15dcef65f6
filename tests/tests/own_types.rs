//! Mistakes in a firmware's own types for `bindings!`, and what the compiler then says: one mistake, one error.
//!
//! The compiler is run on one file at a time, with the host that this test links: `trybuild` would build the engine once
//! more.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// A firmware whose types fit the contract.
const FITS: &str = include_str!("own_types/fits.rs");

/// The host that was built last, which this test was linked with.
fn host() -> PathBuf {
    let deps = deps();
    let entries = std::fs::read_dir(&deps).unwrap().flatten().map(|entry| entry.path());
    let is_host = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.starts_with("liblinchpin_host-") && name.ends_with(".rlib")
    };
    let built = |path: &PathBuf| std::fs::metadata(path).unwrap().modified().unwrap();
    entries.filter(is_host).max_by_key(built).unwrap()
}

fn deps() -> PathBuf {
    std::env::current_exe().unwrap().parent().unwrap().to_owned()
}

/// The errors of a firmware, as the compiler shows them, and how many there are.
fn errors(source: &str) -> (usize, String) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("firmware.rs"), source).unwrap();
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc)
        .args(["--edition", "2024", "--crate-type", "lib", "--emit", "metadata", "--error-format", "json"])
        .args(["--json", "diagnostic-short", "firmware.rs", "-L"])
        .arg(format!("dependency={}", deps().display()))
        .arg(format!("--extern=linchpin_host={}", host().display()))
        .env("CARGO_MANIFEST_DIR", env!("CARGO_MANIFEST_DIR"))
        .current_dir(folder.path())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    let messages = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let messages = messages.filter(|message| message["level"] == "error" && !message["spans"][0].is_null());
    let messages: Vec<_> = messages.collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().display().to_string();
    let told = messages.iter().map(|message| {
        let (span, text) = (&message["spans"][0], message["message"].as_str().unwrap());
        let column = |end: &str| usize::try_from(span["text"][0][end].as_u64().unwrap()).unwrap() - 1;
        let line = span["text"][0]["text"].as_str().unwrap();
        let tokens = &line[column("highlight_start")..column("highlight_end")];
        format!("{text}\nat: {tokens}\n").replace(&root, "")
    });
    (messages.len(), told.collect())
}

#[test]
fn types_that_fit_are_accepted() {
    assert_eq!(errors(FITS), (0, String::new()));
}

#[test]
fn each_mistake_is_one_error() {
    let decision = FITS.split("// decision\n").nth(1).unwrap();
    let tank = "#[derive(Record, Clone)]\n#[wit(\"tank\")]\npub struct Decision { pub volume: f64, pub power: f64, pub loss: f64 }\n";
    let cases = [
        ("a record for another", tank),
        ("an enum for a record", "pub use super::types::Reason as Decision;\n"),
        ("a number for a record", "pub type Decision = f64;\n"),
        ("a list for a record", "pub type Decision = Vec<f64>;\n"),
        ("no derive", "#[derive(Clone)]\npub struct Decision { pub setpoint: f64 }\n"),
        ("no such type", ""),
        ("no copy of it", &decision.replace(", Clone", "")),
    ];
    let mut all = String::new();
    for (mistake, instead) in cases {
        let (count, told) = errors(&FITS.replace(decision, instead));
        all.push_str(&format!("## {mistake}\n{told}\n"));
        assert_eq!(count, 1, "{all}");
    }
    insta::assert_snapshot!(all);
}
