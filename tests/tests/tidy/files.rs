//! Every Rust file is one idea of bearable size, and says which.

use std::path::{Path, PathBuf};

/// A file longer than this has more than one idea in it.
const MAX_LINES: usize = 600;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate lies in the workspace").to_owned()
}

/// Every file that git tracks or would track, as relative paths.
fn tracked(suffix: &str) -> Vec<String> {
    let output = std::process::Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git lists the files");
    assert!(output.status.success(), "git ls-files failed: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("file names are UTF-8");
    let exists = |name: &&str| root().join(name).is_file();
    let names: Vec<_> =
        text.lines().filter(|name| name.ends_with(suffix)).filter(exists).map(str::to_owned).collect();
    assert!(!names.is_empty(), "no `*{suffix}` in the repository");
    names
}

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).expect("a tracked file is readable text")
}

#[test]
fn no_rust_file_is_longer_than_the_limit() {
    let long: Vec<_> = tracked(".rs")
        .into_iter()
        .map(|name| (read(&name).lines().count(), name))
        .filter(|(lines, _)| *lines > MAX_LINES)
        .collect();
    assert!(long.is_empty(), "split by idea: {long:?}");
}

#[test]
fn every_rust_file_says_what_it_is() {
    let silent: Vec<_> = tracked(".rs")
        .into_iter()
        .filter(|name| !name.starts_with("tests/trybuild/"))
        .filter(|name| {
            let text = read(name);
            let first = text.lines().find(|line| !line.is_empty() && !line.starts_with("#!"));
            !first.is_some_and(|line| line.starts_with("//!"))
        })
        .collect();
    assert!(silent.is_empty(), "begin these with `//!` and one sentence: {silent:?}");
}

#[test]
fn every_lib_is_a_table_of_contents() {
    for name in tracked("src/lib.rs") {
        let text = read(&name);
        if name.starts_with("guests/heater") || name.starts_with("tests/") {
            continue;
        }
        let logic = text.lines().filter(|line| line.trim_start().starts_with("fn ")).count();
        assert_eq!(logic, 0, "{name} holds private functions: move them to a file of their own");
    }
}

#[test]
fn no_test_is_switched_off() {
    let ignored = concat!("#[", "ignore");
    let panics = concat!("#[", "should_panic");
    for name in tracked(".rs") {
        let text = read(&name);
        assert!(
            !text.contains(ignored) && !text.contains(panics),
            "{name} switches a test off or expects a panic"
        );
    }
}

#[test]
fn every_contract_that_was_released_keeps_its_version_in_its_name() {
    for name in tracked(".wit").into_iter().filter(|name| name.starts_with("wit/released/")) {
        let version =
            name.rsplit('/').next().and_then(|file| file.strip_suffix(".wit")).expect("a `.wit` file");
        let header = read(&name);
        let first = header.lines().find(|line| line.starts_with("package ")).expect("a package header");
        assert!(first.ends_with(&format!("@{version};")), "{name} declares `{first}`");
    }
}
