//! The scorer over a made corpus: every pair, in order, in both roles; what cannot be read is told and stops nothing.

use std::path::Path;

use linchpin_tests::score::{Score, score};
use serde_json::Value;

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn scored(root: &Path) -> (Score, Vec<Value>) {
    let mut out = Vec::new();
    let score = score(root, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    (score, text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn pairs<'l>(lines: &'l [Value], package: &str) -> Vec<(&'l str, &'l str, &'l str, &'l str)> {
    let of = |line: &&Value| line["kind"] == "pair" && line["package"] == package;
    let text = |line: &'l Value, key: &str| line[key].as_str().unwrap();
    lines
        .iter()
        .filter(of)
        .map(|line| (text(line, "before"), text(line, "after"), text(line, "role"), text(line, "verdict")))
        .collect()
}

#[test]
fn versions_go_by_their_meaning_and_every_pair_is_scored_in_both_roles() {
    let corpus = tempfile::tempdir().unwrap();
    let wit = |version: &str, more: &str| {
        format!("package a:b@{version}; interface i {{ f: func(); {more} }} world w {{ export i; }}")
    };
    write(corpus.path(), "b/0.10.0/i.wit", &wit("0.10.0", "g: func();"));
    write(corpus.path(), "b/0.9.0/i.wit", &wit("0.9.0", ""));
    write(corpus.path(), "b/v0.9.1/wit/i.wit", &wit("0.9.1", "g: func();"));
    let (score, lines) = scored(corpus.path());
    assert_eq!((score.packages, score.versions, score.pairs, score.unknown, score.errors), (1, 3, 3, 0, 0));
    assert_eq!(
        pairs(&lines, "b"),
        [
            ("0.9.0", "0.9.1", "host-upgrade", "link-fail"),
            ("0.9.0", "0.9.1", "module-upgrade", "ok"),
            ("0.9.1", "0.10.0", "host-upgrade", "link-fail"),
            ("0.9.1", "0.10.0", "module-upgrade", "link-fail"),
            ("0.9.0", "0.10.0", "host-upgrade", "link-fail"),
            ("0.9.0", "0.10.0", "module-upgrade", "link-fail"),
        ]
    );
    assert_eq!(lines[0]["required"], "minor");
    assert_eq!(lines[0]["findings"], serde_json::json!(["func-added"]));
    assert_eq!(lines[2]["because"], serde_json::json!(["version-track"]));
    assert_eq!((&lines[4]["span"], &lines[0]["span"]), (&"first-last".into(), &"consecutive".into()));
    assert!(lines.iter().all(|line| line["total_us"].is_u64()));
}

#[test]
fn what_cannot_be_read_is_told_and_stops_nothing() {
    let corpus = tempfile::tempdir().unwrap();
    write(
        corpus.path(),
        "old/0.1.0/i.wit",
        "package a:b@0.1.0; interface i { f: func() -> (a: u32, b: u32); }",
    );
    write(
        corpus.path(),
        "old/0.2.0/i.wit",
        "package a:b@0.2.0; interface i { f: func() -> tuple<u32, u32>; }",
    );
    write(
        corpus.path(),
        "old/0.2.1/i.wit",
        "package a:b@0.2.1; interface i { f: func() -> tuple<u32, u32>; }",
    );
    write(corpus.path(), "old/draft/i.wit", "package a:b; interface i { f: func(); }");
    std::fs::create_dir_all(corpus.path().join("empty/1.0.0")).unwrap();
    let (score, lines) = scored(corpus.path());
    assert_eq!((score.versions, score.pairs, score.unknown, score.errors), (4, 3, 2, 3));
    let errors: Vec<_> = lines.iter().filter(|line| line["kind"] == "error").collect();
    let codes: Vec<_> = errors.iter().map(|line| line["error"].as_str().unwrap()).collect();
    assert_eq!(codes, ["no-wit-files", "wit-syntax", "version"]);
    assert!(errors[1]["message"].as_str().unwrap().contains("named results were removed from WIT"));
    assert_eq!(
        pairs(&lines, "old"),
        [
            ("0.1.0", "0.2.0", "host-upgrade", "unknown"),
            ("0.1.0", "0.2.0", "module-upgrade", "unknown"),
            ("0.2.0", "0.2.1", "host-upgrade", "ok"),
            ("0.2.0", "0.2.1", "module-upgrade", "ok"),
            ("0.1.0", "0.2.1", "host-upgrade", "unknown"),
            ("0.1.0", "0.2.1", "module-upgrade", "unknown"),
        ]
    );
}

#[test]
fn a_version_may_bring_its_own_dependencies_and_need_no_world() {
    let corpus = tempfile::tempdir().unwrap();
    for (version, ty) in [("1.0.0", "f64"), ("1.1.0", "f32")] {
        let own =
            format!("package a:b@{version}; interface i {{ use c:d/types@1.0.0.{{r}}; f: func(r: r); }}");
        let dep = format!("package c:d@1.0.0; interface types {{ record r {{ a: {ty} }} }}");
        write(corpus.path(), &format!("b/{version}/i.wit"), &own);
        write(corpus.path(), &format!("b/{version}/deps/d/types.wit"), &dep);
    }
    let (score, lines) = scored(corpus.path());
    assert_eq!((score.pairs, score.errors), (1, 0));
    assert_eq!(pairs(&lines, "b")[0].3, "link-fail");
    assert_eq!((&lines[0]["required"], &lines[0]["enough"]), (&"major".into(), &false.into()));
    let findings = lines[0]["findings"].as_array().unwrap();
    assert!(
        findings.contains(&"primitive-changed".into()) && findings.contains(&"version-not-bumped".into())
    );
}

/// The version that counts is that of the package line, and a folder that says another one is told.
#[test]
fn a_folder_and_a_package_line_that_disagree_are_told() {
    let corpus = tempfile::tempdir().unwrap();
    write(corpus.path(), "b/1.1.0/i.wit", "package a:b; interface i { f: func(); }");
    write(corpus.path(), "b/2.0.0/i.wit", "package a:b@1.0.0; interface i { f: func(); }");
    write(corpus.path(), "b/next/i.wit", "package a:b; interface i { f: func(); }");
    let (score, lines) = scored(corpus.path());
    assert_eq!((score.pairs, score.errors), (1, 3));
    let errors: Vec<_> = lines.iter().filter(|line| line["kind"] == "error").collect();
    let told: Vec<_> = errors.iter().map(|line| line["message"].as_str().unwrap()).collect();
    assert_eq!(
        told,
        [
            "the folder says version 1.1.0 and the package line none, which counts",
            "the folder says version 2.0.0 and the package line 1.0.0, which counts",
            "the folder's name is no version of three numbers, as `1.4.0`",
        ]
    );
    // One pair of two versions: the first against the last is the pair itself.
    assert!(lines.iter().all(|line| line["span"] != "first-last"));
}

/// What is not enough is never without what it needs.
#[test]
fn a_step_that_is_short_names_the_step_that_is_needed() {
    let corpus = tempfile::tempdir().unwrap();
    for (version, more) in [("1.0.0", ""), ("1.1.0", "g: func();")] {
        write(
            corpus.path(),
            &format!("b/{version}/i.wit"),
            &format!("package a:b@{version}; interface i {{ use c:d/t@1.0.0.{{r}}; f: func(r: r); }}"),
        );
        write(
            corpus.path(),
            &format!("b/{version}/deps/d/t.wit"),
            &format!(
                "package c:d@1.0.0; interface t {{ record r {{ a: u8 }} }} interface u {{ f: func(); {more} }}"
            ),
        );
    }
    let (_, lines) = scored(corpus.path());
    for line in &lines {
        assert_eq!((&line["enough"], &line["required"]), (&false.into(), &"minor".into()), "{line}");
    }
}

#[test]
fn a_folder_without_versions_is_an_error() {
    let corpus = tempfile::tempdir().unwrap();
    write(corpus.path(), "b/1.0.0/i.wit", "package a:b@1.0.0; interface i { f: func(); }");
    let (score, lines) = scored(&corpus.path().join("b"));
    assert_eq!((score.versions, score.errors, &lines[0]["error"]), (0, 1, &"no-version".into()));
    let run =
        |folder: &Path| std::process::Command::new(env!("CARGO_BIN_EXE_score")).arg(folder).output().unwrap();
    let deep = run(&corpus.path().join("b"));
    assert_eq!(deep.status.code(), Some(2));
    assert!(String::from_utf8(deep.stderr).unwrap().contains("holds no version; name the folder that holds"));
    assert_eq!(run(corpus.path()).status.code(), Some(0));
}
