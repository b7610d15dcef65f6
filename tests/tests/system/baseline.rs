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

/// A check against `base` with the contract as it was, and `now` as it is.
fn against(before: &str, now: &str, released: Option<&str>) -> linchpin_checker::Verdict {
    let fixture = system();
    let write = |file: &str, text: &str| {
        let path = fixture.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("base/f/f.wit", before);
    write("contracts/f/f.wit", now);
    released.iter().for_each(|text| write("contracts/released/f/1.0.0.wit", text));
    let baseline = Some(fixture.path().join("base"));
    let options = LoadOptions { baseline, ..LoadOptions::default() };
    check(&load_with(&fixture.path().join("linchpin.toml"), &options).unwrap().0, &today())
}

/// What a comparison denies for its version, a check denies, once.
#[test]
fn every_change_under_an_unchanged_version_is_told_once() {
    let with = |more: &str| BEFORE.replace("    plan", &format!("    {more}\n    plan"));
    let cases = [
        // No function shows the type.
        (
            with("record r { a: u8 }"),
            with("record r { a: u16 }"),
            "`acme:f` is 1.0.0 on both sides, and one change needs a patch step: ",
        ),
        (
            with("record r { a: u8 }"),
            BEFORE.to_owned(),
            "`acme:f` is 1.0.0 on both sides, and one change needs a patch step: ",
        ),
        (
            BEFORE.to_owned(),
            BEFORE.to_owned() + "\nworld v {\n    import api;\n}\n",
            "`world v` is not as `acme:f@1.0.0` ",
        ),
        (
            BEFORE.to_owned(),
            BEFORE.to_owned() + "\ninterface more {\n    a: func();\n    b: func();\n}\n",
            "`more` is not as `acme:f@1.0.0` ",
        ),
        (
            BEFORE.to_owned(),
            BEFORE.replace("price: f64", "price: u8"),
            "`api.plan` is not as `acme:f@1.0.0` ",
        ),
    ];
    for (before, now, message) in cases {
        for released in [None, Some(before.as_str())] {
            let verdict = against(&before, &now, released);
            assert_eq!(fired(&verdict), ["version-not-bumped"], "{now}: {:?}", verdict.findings);
            assert!(verdict.findings[0].message.starts_with(message), "{}", verdict.findings[0].message);
        }
    }
    let under = BEFORE.replace("price: f64", "price: u8").replace("1.0.0", "1.1.0");
    assert_eq!(fired(&against(BEFORE, &under, Some(BEFORE))), ["version-under-bumped"]);
}

#[test]
fn a_wide_step_without_need_is_told_where_no_promise_asks_for_it() {
    let next = |version: &str| BEFORE.replace("1.0.0", version);
    let verdict = against(BEFORE, &next("2.0.0"), Some(BEFORE));
    assert_eq!(fired(&verdict), ["version-over-bumped"], "{:?}", verdict.findings);
    assert!(verdict.clean);
    assert_eq!(fired(&against(BEFORE, &next("1.0.1"), Some(BEFORE))), [""; 0]);
    // The baseline did what asks for the step since the release.
    let changed = next("1.9.0").replace("price: f64", "price: u8");
    let verdict = against(&changed, &changed.replace("1.9.0", "2.0.0"), Some(BEFORE));
    assert_eq!(fired(&verdict), [""; 0], "{:?}", verdict.findings);
}

/// A release keeps its text, and what is current may say the same in another one until it is released.
#[test]
fn other_comments_are_a_note_and_need_a_patch_step_to_be_released() {
    let now = BEFORE.replace("    plan", "    /// Plans.\n    plan");
    let verdict = against(BEFORE, &now, Some(BEFORE));
    assert_eq!(fired(&verdict), ["docs-changed"]);
    assert!(verdict.clean && verdict.findings[0].help.ends_with("raise the version to 1.0.1"));
    assert_eq!(fired(&against(BEFORE, &now, None)), [""; 0]);
    let fixture = system();
    assert_eq!(linchpin(fixture.path(), ["release-contract"]).code, 0);
    fs::write(fixture.path().join("contracts/f/f.wit"), &now).unwrap();
    let run = linchpin(fixture.path(), ["release-contract"]);
    assert!(run.code == 1 && run.stdout.contains("with the same content in another text"), "{run:?}");
    assert!(
        run.stdout
            .contains("nothing has to be released; to release the new text, raise the version to 1.0.1")
    );
    fs::write(fixture.path().join("contracts/f/f.wit"), now.replace("1.0.0", "1.0.1")).unwrap();
    assert_eq!(linchpin(fixture.path(), ["release-contract"]).code, 0);
}

#[test]
fn build_metadata_is_no_step() {
    let now = BEFORE.replace("1.0.0", "1.0.0+2").replace("price: f64", "price: u8");
    let verdict = against(&BEFORE.replace("1.0.0", "1.0.0+1"), &now, None);
    assert_eq!(fired(&verdict), ["version-not-bumped"]);
    let message = &verdict.findings[0].message;
    assert!(
        message.starts_with("`acme:f` goes from 1.0.0+1 to 1.0.0+2, which are one version, and"),
        "{message}"
    );
}

/// A dependency that is a current contract itself is told there, and nowhere else.
#[test]
fn a_step_of_what_is_used_is_told_once() {
    let fixture = system();
    let unit = |version: &str, ty: &str| {
        format!("package acme:u@{version};\n\ninterface t {{\n    type r = {ty};\n    f: func(a: r);\n}}\n")
    };
    let user = |unit: &str, own: &str| {
        format!(
            "package acme:user@{own};\n\ninterface api {{\n    use acme:u/t@{unit}.{{r}};\n    plan: func(now: r);\n}}\n"
        )
    };
    for (base, version, own, ty) in [("base", "1.0.0", "1.0.0", "u8"), ("contracts", "1.0.1", "2.0.0", "u16")]
    {
        let folder = fixture.path().join(base);
        for (file, text) in [
            ("f/f.wit", BEFORE.to_owned()),
            ("u/u.wit", unit(version, ty)),
            ("user/user.wit", user(version, own)),
            ("user/deps/u/u.wit", unit(version, ty)),
        ] {
            fs::create_dir_all(folder.join(file).parent().unwrap()).unwrap();
            fs::write(folder.join(file), text).unwrap();
        }
    }
    let baseline = Some(fixture.path().join("base"));
    let options = LoadOptions { baseline, ..LoadOptions::default() };
    let verdict = check(&load_with(&fixture.path().join("linchpin.toml"), &options).unwrap().0, &today());
    assert_eq!(fired(&verdict), ["version-under-bumped"], "{:?}", verdict.findings);
    assert_eq!(verdict.findings[0].sides[0].place.as_ref().unwrap().file, "contracts/u/u.wit");
}

#[test]
fn what_is_wrong_with_a_baseline_is_not_blamed_on_the_system() {
    let fixture = system();
    let run = linchpin(fixture.path(), ["check", "--baseline", "linchpin.toml"]);
    assert!(run.code == 2 && run.stderr.contains("the baseline `linchpin.toml` is no folder"), "{run:?}");
    fs::create_dir_all(fixture.path().join("base/f")).unwrap();
    fs::write(fixture.path().join("base/f/f.wit"), "package acme:f@1.0.0;\ninterface i {").unwrap();
    let bad = linchpin(fixture.path(), ["check", "--baseline", "base"]);
    assert!(bad.code == 2 && bad.stderr.contains("base/f/f.wit:2:"), "{bad:?}");
    assert!(bad.stderr.contains("correct the baseline, or name another one"), "{bad:?}");
    for run in [run, bad] {
        assert!(!run.stderr.contains("system.contracts"), "{run:?}");
    }
}
