//! Contracts against a baseline: a folder, or a revision of git.

use std::fs;
use std::path::Path;
use std::process::Command;

use linchpin_checker::{LoadOptions, check, load_with};
use serde_json::Value;

use crate::fired;
use crate::fixture::{Fixture, today};
use crate::program::{linchpin, output};

const BEFORE: &str = "package acme:f@1.0.0;\n\ninterface api {\n    plan: func(price: f64) -> f64;\n}\n\nworld w {\n    export api;\n}\n";

fn system() -> Fixture {
    let fixture = Fixture::of_wit(BEFORE, BEFORE);
    let contracts = fixture.path().join("contracts");
    fs::remove_dir_all(contracts.join("released")).unwrap();
    fs::create_dir_all(contracts.join("f")).unwrap();
    fs::write(contracts.join("f/f.wit"), BEFORE).unwrap();
    fixture
}

fn edit(fixture: &Fixture, edits: &[(&str, &str)]) {
    let text = edits.iter().fold(BEFORE.to_owned(), |text, (from, to)| text.replace(from, to));
    assert_ne!(text, BEFORE);
    fs::write(fixture.path().join("contracts/f/f.wit"), text).unwrap();
}

#[test]
fn a_change_since_the_baseline_needs_a_version_that_covers_it() {
    let fixture = system();
    let baseline = fixture.path().join("before");
    fs::create_dir_all(baseline.join("f")).unwrap();
    fs::write(baseline.join("f/f.wit"), BEFORE).unwrap();
    let load = |baseline: Option<&Path>| {
        let options = LoadOptions { baseline: baseline.map(Path::to_path_buf), ..LoadOptions::default() };
        load_with(&fixture.path().join("linchpin.toml"), &options).unwrap().0
    };
    let against = || check(&load(Some(&baseline)), &today());
    assert!(against().clean);
    edit(&fixture, &[("price: f64", "price: f32")]);
    let verdict = against();
    assert_eq!(fired(&verdict), ["version-not-bumped"]);
    assert_eq!(verdict.findings[0].message, "`api.plan` is not as `acme:f@1.0.0` is in the baseline");
    let files: Vec<&str> =
        verdict.findings[0].sides.iter().map(|side| side.place.as_ref().unwrap().file.as_str()).collect();
    assert_eq!(files, ["contracts/f/f.wit", "before/f/f.wit"]);
    edit(&fixture, &[("price: f64", "price: f32"), ("1.0.0", "1.1.0")]);
    let verdict = against();
    assert_eq!(fired(&verdict), ["version-under-bumped"]);
    assert!(verdict.findings[0].sides.iter().all(|side| !side.place.as_ref().unwrap().file.starts_with('/')));
    edit(&fixture, &[("price: f64", "price: f32"), ("1.0.0", "2.0.0")]);
    assert!(against().clean);
    let folder = fixture.path().join("contracts/f");
    fs::write(folder.join("f.wit"), BEFORE.replace("acme:f", "acme:g")).unwrap();
    let verdict = against();
    let gone: Vec<_> = verdict.findings.iter().filter(|finding| finding.rule == "package-removed").collect();
    assert_eq!(gone.len(), 1, "{:?}", verdict.findings);
    assert_eq!(gone[0].message, "package `acme:f@1.0.0` is not there any more");
    assert_eq!(gone[0].sides[1].place.as_ref().unwrap().file, "before/f/f.wit");
    // The baseline is no part of the system.
    assert_eq!(load(Some(&baseline)).digest, load(None).digest);
}

#[test]
fn a_version_must_cover_what_changed_since_the_newest_release_below_it() {
    let fixture = system();
    let released = fixture.path().join("contracts/released/f");
    fs::create_dir_all(&released).unwrap();
    fs::write(released.join("1.0.0.wit"), BEFORE).unwrap();
    fs::write(released.join("2.0.0.wit"), BEFORE.replace("1.0.0", "2.0.0").replace("f64", "f32")).unwrap();
    let current = [("f64)", "f32)"), ("-> f64", "-> f32"), ("1.0.0", "2.1.0")];
    edit(&fixture, &current);
    assert!(crate::verdict(fixture.path()).clean);
    edit(&fixture, &[("price: f64", "price: u8"), ("-> f64", "-> f32"), ("1.0.0", "2.1.0")]);
    assert_eq!(fired(&crate::verdict(fixture.path())), ["version-under-bumped"]);
}

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=a", "-c", "user.email=a@example.com"]).args(arguments);
    let run = output(command.current_dir(folder));
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn a_revision_of_git_is_a_baseline() {
    let fixture = system();
    let folder = fixture.path();
    let run = linchpin(folder, ["check", "--baseline-rev", "HEAD"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.stderr.contains("cannot read `./contracts` of revision `HEAD`: "), "{run:?}");
    git(folder, &["init", "--quiet"]);
    git(folder, &["add", "contracts", "linchpin.toml"]);
    git(folder, &["commit", "--quiet", "-m", "first"]);
    assert_eq!(linchpin(folder, ["check", "--baseline-rev", "HEAD"]).code, 0);
    edit(&fixture, &[("price: f64", "price: f32")]);
    let run = linchpin(folder, ["check", "--baseline-rev", "HEAD", "--format", "json"]);
    let verdict: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((run.code, &verdict["findings"][0]["rule"]), (1, &Value::from("version-not-bumped")));
    assert_eq!(verdict["findings"][0]["sides"][1]["place"]["file"], "target/linchpin/baseline/HEAD/f/f.wit");
    // The same name for another revision is another baseline, and the kept verdict does not answer for it.
    git(folder, &["commit", "--quiet", "--all", "-m", "second"]);
    assert_eq!(linchpin(folder, ["check", "--baseline-rev", "HEAD"]).code, 0);
    assert_eq!(linchpin(folder, ["check", "--baseline-rev", "HEAD~1"]).code, 1);
    assert_eq!(linchpin(folder, ["check"]).code, 0);
    let run = linchpin(folder, ["check", "--baseline-rev", "no-such-revision"]);
    assert!(run.code == 2 && run.stderr.contains("no-such-revision"), "{run:?}");
    edit(&fixture, &[("price: f64", "price: u8")]);
    std::thread::scope(|scope| {
        for _ in 0..6 {
            let arguments = ["check", "--baseline-rev", "HEAD", "--no-cache"];
            scope.spawn(move || assert_eq!(linchpin(folder, arguments).code, 1));
        }
    });
    let run = linchpin(folder, ["check", "--baseline", "nowhere"]);
    assert!(run.code == 2 && run.stderr.contains("the baseline `nowhere` holds no WIT package"), "{run:?}");
}
