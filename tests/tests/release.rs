//! `release-contract` over made contracts: what it freezes stays frozen, and what it refuses leaves no trace.

#[path = "diff/fixture.rs"]
#[allow(dead_code, reason = "shared with the tests of comparisons, which use more of it")]
mod fixture;
#[path = "cli/program.rs"]
mod program;
#[path = "cli/schema.rs"]
mod schema;

use std::collections::BTreeMap;
use std::path::Path;

use fixture::{cases, compare, root};
use linchpin::release_contract::{Outcome, ReleaseContractArgs, ReleaseReport, release_contract};
use linchpin_checker::{Step, load_contracts};
use program::linchpin;
use schema::{closed, refused};
use serde_json::Value;
use tempfile::TempDir;

/// The component and the descriptor are not there: nothing needs to be built for a contract to be frozen.
const SYSTEM: &str = "\
[system]
name = \"s\"
contracts = \"wit\"

[targets.heater]
runtime = \"linchpin\"
firmware = [{ version = \"1.0.0\", descriptor = \"heater.bin\" }]

[modules.plan]
component = \"plan.wasm\"
version = \"1.0.0\"
targets = [\"heater\"]
";

struct Workspace(TempDir);

impl Workspace {
    fn new(wit: &str) -> Self {
        let workspace = Self(tempfile::tempdir().unwrap());
        workspace.write("linchpin.toml", SYSTEM);
        workspace.write("wit/heater/heater.wit", wit);
        workspace
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Puts a file or folder in the place of the current contract.
    fn place(&self, wit: &Path) {
        let folder = self.0.path().join("wit/heater");
        std::fs::remove_dir_all(&folder).unwrap();
        let mut files = BTreeMap::new();
        if wit.is_dir() {
            collect(wit, "", &mut files);
        } else {
            files.insert("heater.wit".to_owned(), std::fs::read_to_string(wit).unwrap());
        }
        for (path, text) in files {
            self.write(&format!("wit/heater/{path}"), &text);
        }
    }

    fn args(&self) -> ReleaseContractArgs {
        ReleaseContractArgs {
            package: None,
            manifest: self.0.path().join("linchpin.toml"),
            allow_prerelease: false,
        }
    }

    fn release(&self) -> ReleaseReport {
        release_contract(&self.args()).unwrap()
    }

    /// Everything below `released/`.
    fn released(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        collect(&self.0.path().join("wit/released"), "", &mut files);
        files
    }

    /// Asserts that the release is refused for these reasons, and that nothing was written.
    fn refuses(&self, codes: &[&str]) {
        let before = self.released();
        let report = self.release();
        let found: Vec<_> = report.refusals.iter().map(|refused| refused.code).collect();
        assert_eq!((report.outcome, found.as_slice()), (Outcome::Refused, codes), "{report:?}");
        assert!(report.refusals.iter().all(|refused| !refused.help.is_empty()));
        for code in found {
            assert!(linchpin_checker::explain(code).is_some(), "`{code}` has no page");
        }
        assert_eq!(self.released(), before);
    }
}

fn collect(folder: &Path, below: &str, files: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = format!("{below}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
}

fn wit(version: &str, body: &str) -> String {
    format!("package acme:heater@{version};\n\ninterface control {{\n    {body}\n}}\n")
}

#[test]
fn a_first_release_is_written_and_locked_and_a_second_time_changes_nothing() {
    let text = wit("1.0.0", "plan: func() -> f64;");
    let workspace = Workspace::new(&text);
    let report = workspace.release();
    assert_eq!((report.outcome, report.previous.as_deref()), (Outcome::Released, None));
    assert_eq!(report.written, ["wit/released/heater/1.0.0.wit", "wit/released/released.lock"]);
    let files = workspace.released();
    assert_eq!(files["heater/1.0.0.wit"], text);
    let digest = linchpin_contract::Digest::of(text.as_bytes());
    assert!(files["released.lock"].contains(&format!("\"heater/1.0.0.wit\" = \"{digest}\"")));

    let again = workspace.release();
    assert_eq!((again.outcome, again.written.len()), (Outcome::AlreadyReleased, 0));
    assert_eq!(workspace.released(), files);
}

#[test]
fn the_step_must_cover_the_change() {
    let workspace = Workspace::new(&wit("1.0.0", "plan: func() -> f64;"));
    workspace.release();
    let cases = [
        ("1.0.1", "plan: func() -> f64; more: func();", false),
        ("1.1.0", "plan: func() -> f32;", false),
        ("1.1.0", "plan: func() -> f64; more: func();", true),
        ("1.2.0", "plan: func() -> f32; more: func();", false),
        ("1.0.1", "/// Plans.\n    plan: func() -> f64;", true),
        ("1.0.2", "/// Plans well.\n    plan: func() -> f64;", true),
        ("2.0.0", "plan: func() -> f32; more: func();", true),
    ];
    for (version, body, fits) in cases {
        workspace.write("wit/heater/heater.wit", &wit(version, body));
        if fits {
            assert_eq!(workspace.release().outcome, Outcome::Released, "{version}");
        } else {
            workspace.refuses(&["version-under-bumped"]);
        }
    }
    let names: Vec<_> = workspace.released().into_keys().collect();
    let expected = [
        "heater/1.0.0.wit",
        "heater/1.0.1.wit",
        "heater/1.0.2.wit",
        "heater/1.1.0.wit",
        "heater/2.0.0.wit",
        "released.lock",
    ];
    assert_eq!(names, expected);
}

/// Each `0.0.z` and each pre-release is a track of its own, and hides none of the track that it lies in.
#[test]
fn tracks_are_those_of_wit() {
    let workspace = Workspace::new(&wit("0.0.1", "plan: func() -> f64;"));
    workspace.release();
    let frozen = |version: &str, body: &str| {
        workspace.write("wit/heater/heater.wit", &wit(version, body));
        let args = ReleaseContractArgs { allow_prerelease: true, ..workspace.args() };
        let report = release_contract(&args).unwrap();
        report.refusals.iter().map(|refused| refused.code).collect::<Vec<_>>()
    };
    let other = "plan: func() -> f32;";
    assert_eq!(frozen("0.0.2", other), [""; 0]);
    assert_eq!(frozen("0.1.0", "plan: func();"), [""; 0]);
    assert_eq!(frozen("0.1.1", "plan: func(); more: func();"), [""; 0]);
    assert_eq!(frozen("0.1.2", other), ["version-under-bumped"]);
    assert_eq!(frozen("0.2.0-rc.1", other), [""; 0]);
    assert_eq!(frozen("0.2.0-rc.2", "plan: func();"), [""; 0]);
    assert_eq!(frozen("0.1.2-rc.1", other), [""; 0]);
    // The pre-release between the two promises nothing, but 0.1.1 does.
    assert_eq!(frozen("0.1.2", other), ["version-under-bumped"]);
}

/// Whoever asks for 1.1.0 is given 1.2.0, so what 1.1.0 adds must be in there as well.
#[test]
fn a_release_that_is_overtaken_must_be_held_by_the_later_one() {
    let workspace = Workspace::new(&wit("1.0.0", "plan: func();"));
    workspace.release();
    workspace.write("wit/heater/heater.wit", &wit("1.2.0", "plan: func(); more: func();"));
    workspace.release();
    workspace.write("wit/heater/heater.wit", &wit("1.1.0", "plan: func(); other: func();"));
    workspace.refuses(&["version-overtaken"]);
    workspace.write("wit/heater/heater.wit", &wit("1.1.0", "plan: func(); more: func();"));
    assert_eq!(workspace.release().outcome, Outcome::Released);
}

/// Place, reason, what changed, and what to do; no path of this machine.
#[test]
fn a_refusal_says_where_why_and_what_to_do() {
    let workspace = Workspace::new(&wit("1.0.0", "plan: func() -> f64;"));
    workspace.release();
    workspace
        .write("wit/heater/heater.wit", &wit("1.1.0-rc.1", "/// @units celsius\n    plan: func() -> f64;"));
    let prerelease = linchpin(workspace.0.path(), ["release-contract"]);
    workspace.write("wit/heater/heater.wit", &wit("1.1.0", "plan: func() -> f32;"));
    let small = linchpin(workspace.0.path(), ["release-contract"]);
    assert_eq!((prerelease.code, small.code), (1, 1));
    insta::assert_snapshot!(prerelease.stdout + &small.stdout, @r"
    error[prerelease]: `acme:heater@1.1.0-rc.1` is a pre-release, which may still change, and what is frozen may not
      --> wit/heater/heater.wit:1
      fix: release it as a release, or say `--allow-prerelease`

    error[tag-misspelt]: function plan: unknown tag `@units`
      --> wit/heater/heater.wit:5
      fix: did you mean `@unit`?

    acme:heater 1.1.0-rc.1 was not released; nothing was written
    error[version-under-bumped]: `acme:heater` goes from 1.0.0 to 1.1.0, and what changed since `wit/released/heater/1.0.0.wit` needs a major step
      --> wit/heater/heater.wit:1
      fix: the least version that does is 2.0.0; or take the changes back

    error[primitive-changed]: `f64` became `f32`
     --> wit/heater/heater.wit:4:5
      |
    4 |     plan: func() -> f32;
      |     ^^^^ after: `f32`
      |
     ::: wit/released/heater/1.0.0.wit:4:5
      |
    4 |     plan: func() -> f64;
      |     ---- before: `f64`
      |
      = note: at acme:heater/control@1.0.0.plan > result
      = note: such a change of a contract needs a major version
      = help: restore the type. Another one belongs in a new version of the contract, or in a new function beside this one

    acme:heater 1.1.0 was not released; nothing was written
    ");
    let json = linchpin(workspace.0.path(), ["release-contract", "--format", "json"]);
    let json: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json["outcome"], "refused");
    assert_eq!(json["refusals"][0]["place"], "wit/heater/heater.wit:1");
    assert_eq!(json["refusals"][0]["changes"][0]["rule"], "primitive-changed");
    let other = linchpin(workspace.0.path(), ["release-contract", "acme:boiler"]);
    assert_eq!((other.code, other.stdout.as_str()), (2, ""));
    insta::assert_snapshot!(other.stderr, @r"
    error: nothing can be released: no current contract is `acme:boiler` alone; the contracts folder holds `acme:heater`
      fix: name one of the packages that the contracts folder holds
    ");
    workspace.write("wit/heater/heater.wit", &wit("2.0.0", "plan: func() -> f32;"));
    let released = linchpin(workspace.0.path(), ["release-contract"]);
    assert_eq!(released.code, 0);
    insta::assert_snapshot!(released.stdout, @r"
    acme:heater 2.0.0 released, after 1.0.0: `wit/released/heater/2.0.0.wit`
    next: commit `wit/released/heater/2.0.0.wit` and `wit/released/released.lock`, and raise the version with the next change
    ");
}

#[test]
fn every_reason_is_told_at_once_and_nothing_is_written() {
    let workspace = Workspace::new(&wit("1.0.0", "plan: func() -> f64;"));
    workspace.release();
    workspace.write("wit/heater/heater.wit", &wit("1.0.0", "plan: func() -> f32;"));
    workspace.refuses(&["released-changed"]);
    workspace
        .write("wit/heater/heater.wit", &wit("1.1.0-rc.1", "/// @units celsius\n    plan: func() -> f64;"));
    workspace.refuses(&["prerelease", "tag-misspelt"]);
    workspace
        .write("wit/heater/heater.wit", "package acme:heater;\n\ninterface control {\n    f: func();\n}\n");
    workspace.refuses(&["unversioned"]);
}

/// What is frozen is what things are built for, and nothing can be built for these.
#[test]
fn a_contract_that_no_component_can_have_is_not_frozen() {
    let workspace = Workspace::new(&wit("1.0.0", "record none {}\n    plan: func(a: none) -> tuple<>;"));
    workspace.refuses(&["unencodable", "unencodable"]);
    let told = linchpin(workspace.0.path(), ["release-contract"]);
    insta::assert_snapshot!(told.stdout, @r"
    error[unencodable]: `record none` has no fields; no component can have such a type
      --> wit/heater/heater.wit:4
      fix: give it at least one, or leave it out

    error[unencodable]: `function plan` has `tuple<>`, which holds nothing; no component can have such a type
      --> wit/heater/heater.wit:5
      fix: leave it out, or give it a part

    acme:heater 1.0.0 was not released; nothing was written
    ");
}

#[test]
fn a_pre_release_is_frozen_only_when_asked_for() {
    let workspace = Workspace::new(&wit("1.0.0-rc.1", "plan: func() -> f64;"));
    workspace.refuses(&["prerelease"]);
    let args = ReleaseContractArgs { allow_prerelease: true, ..workspace.args() };
    assert_eq!(release_contract(&args).unwrap().outcome, Outcome::Released);
}

#[test]
fn a_release_that_was_altered_is_never_blessed_by_a_new_lock() {
    let workspace = Workspace::new(&wit("1.0.0", "plan: func() -> f64;"));
    workspace.release();
    workspace.write("wit/released/heater/1.0.0.wit", &wit("1.0.0", "plan: func() -> f32;"));
    workspace.write("wit/heater/heater.wit", &wit("2.0.0", "plan: func() -> f64;"));
    workspace.refuses(&["released-not-locked"]);
}

/// Without its line in the lock nobody could tell what a release said, so nothing is frozen on top of it.
#[test]
fn a_release_whose_lock_was_taken_away_is_no_ground_for_the_next() {
    let workspace = Workspace::new(&wit("1.0.0", "plan: func() -> f64;"));
    workspace.release();
    workspace.write("wit/released/released.lock", "format = 1\n\n[released]\n");
    workspace.write("wit/released/heater/1.0.0.wit", &wit("1.0.0", "plan: func() -> f32;"));
    workspace.write("wit/heater/heater.wit", &wit("1.1.0", "plan: func() -> f32;"));
    workspace.refuses(&["released-not-locked"]);
}

/// A power cut between the text and the lock leaves a release that the same command completes.
#[test]
fn a_release_without_its_lock_is_completed() {
    let workspace = Workspace::new(&wit("1.0.0", "plan: func() -> f64;"));
    workspace.release();
    let files = workspace.released();
    std::fs::remove_file(workspace.0.path().join("wit/released/released.lock")).unwrap();
    let report = workspace.release();
    assert_eq!(
        (report.outcome, report.written.as_slice()),
        (Outcome::AlreadyReleased, &["wit/released/released.lock".to_owned()][..])
    );
    assert_eq!(workspace.released(), files);
}

#[test]
fn several_files_and_dependencies_are_frozen_as_a_folder() {
    let own = "package acme:heater@1.0.0;\n\ninterface control {\n    use acme:units/si@1.0.0.{celsius};\n\n    plan: func() -> celsius;\n}\n";
    let workspace = Workspace::new(own);
    workspace.write(
        "wit/heater/advice.wit",
        "package acme:heater@1.0.0;\n\ninterface advice {\n    hint: func() -> string;\n}\n",
    );
    workspace.write(
        "wit/heater/deps/units/si.wit",
        "package acme:units@1.0.0;\n\ninterface si {\n    type celsius = f64;\n}\n",
    );
    let report = workspace.release();
    assert_eq!(report.written, ["wit/released/heater/1.0.0", "wit/released/released.lock"]);
    let names: Vec<_> = workspace.released().into_keys().collect();
    let expected = [
        "heater/1.0.0/advice.wit",
        "heater/1.0.0/deps/units/si.wit",
        "heater/1.0.0/heater.wit",
        "released.lock",
    ];
    assert_eq!(names, expected);
    assert_eq!(workspace.release().outcome, Outcome::AlreadyReleased);
    let contracts = load_contracts(&workspace.args().manifest).unwrap();
    assert_eq!(contracts.known.len(), 2);
    assert_eq!(contracts.known[0].sha256, contracts.known[1].sha256);
}

#[test]
fn the_package_must_be_one_that_there_is() {
    let workspace = Workspace::new(&wit("1.0.0", "plan: func() -> f64;"));
    workspace.write("wit/other/other.wit", "package acme:other@1.0.0;\n\ninterface i {\n    f: func();\n}\n");
    assert_eq!(release_contract(&workspace.args()).unwrap_err().code(), "which-contract");
    let named = |package: &str| ReleaseContractArgs { package: Some(package.to_owned()), ..workspace.args() };
    let error = release_contract(&named("acme:boiler")).unwrap_err();
    assert!(error.to_string().contains("`acme:heater`, `acme:other`"), "{error}");
    assert_eq!(release_contract(&named("other")).unwrap().outcome, Outcome::Released);
    assert_eq!(release_contract(&named("acme:heater")).unwrap().outcome, Outcome::Released);
    let lock = &workspace.released()["released.lock"];
    assert!(lock.contains("heater/1.0.0.wit") && lock.contains("other/1.0.0.wit"));
}

/// A release is refused exactly where a comparison with the one before says that the version does not do. A text that
/// keeps its version must stay as it is, and a lower one is held to what comes after it.
#[test]
fn a_release_is_refused_where_a_comparison_is_not_clean() {
    let (mut released, mut refused) = (0, 0);
    // Cases of one upgrade say nothing about a version.
    let every = cases(&root()).into_iter().flat_map(|rule| cases(&rule));
    for case in every.filter(|case| !case.join("role").exists()) {
        let workspace = Workspace::new("");
        let sides = ["before", "after"].map(|side| {
            let file = case.join(format!("{side}.wit"));
            if file.exists() { file } else { case.join(side) }
        });
        let args = ReleaseContractArgs { allow_prerelease: true, ..workspace.args() };
        let [before, after] = sides.map(|side| {
            workspace.place(&side);
            release_contract(&args).unwrap()
        });
        assert_eq!(before.outcome, Outcome::Released, "{}", case.display());
        let diff = compare(&case);
        let codes: Vec<_> = after.refusals.iter().map(|refused| refused.code).collect();
        match diff.declared {
            Step::Same if before.package == after.package => assert_eq!(codes, ["released-changed"]),
            Step::Backward => {}
            Step::Same | Step::Unversioned | Step::Patch | Step::Minor | Step::Major => {
                assert_eq!(codes.is_empty(), diff.clean, "{}: {codes:?}", case.display());
                *if codes.is_empty() { &mut released } else { &mut refused } += 1;
            }
        }
    }
    assert!(released > 20 && refused > 2, "{released} released and {refused} refused");
}

#[test]
fn json_follows_the_published_schema() {
    let workspace = Workspace::new(&wit("1.0.0", "plan: func() -> f64;"));
    let mut documents = Vec::new();
    let mut ask = || {
        let run = linchpin(workspace.0.path(), ["release-contract", "--format", "json"]);
        documents.push(serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}")));
        (run.code, documents.last().map(|document: &Value| document["outcome"].clone()).unwrap())
    };
    assert_eq!(ask(), (0, "released".into()));
    assert_eq!(ask(), (0, "already-released".into()));
    for (version, body) in [
        ("1.0.0", "plan: func();"),
        ("1.1.0", "/// @units celsius\n    plan: func();"),
        ("2.0.0-rc.1", "plan: func();"),
    ] {
        workspace.write("wit/heater/heater.wit", &wit(version, body));
        assert_eq!(ask(), (1, "refused".into()), "{version}");
    }
    workspace.write("wit/heater/heater.wit", "package acme:heater;\n\ninterface i {\n    f: func();\n}\n");
    workspace.write("wit/released/heater/1.0.0.wit", &wit("1.0.0", "plan: func();"));
    assert_eq!(ask(), (1, "refused".into()));
    let good = documents.len();
    for (place, wrong) in [("/outcome", "done"), ("/refusals/0/code", "no-reason")] {
        let mut bad = documents[good - 1].clone();
        *bad.pointer_mut(place).unwrap() = wrong.into();
        documents.push(bad);
    }
    let refused: Vec<usize> = refused(&closed("release-1.json"), &documents).into_iter().collect();
    assert_eq!(refused, [good, good + 1]);
}

/// The lock holds SHA-256 over each released text, by its path below `released/`.
#[test]
fn the_lock_holds_the_digest_of_each_released_text() {
    let workspace = Workspace::new(&wit("1.0.0", "plan: func() -> f64;"));
    workspace.release();
    workspace.write("wit/heater/heater.wit", &wit("1.1.0", "plan: func() -> f64;\n    more: func();"));
    workspace.release();
    let released = workspace.0.path().join("wit/released");
    let digest = |file: &str| linchpin_contract::Digest::of(&std::fs::read(released.join(file)).unwrap());
    let files = ["heater/1.0.0.wit", "heater/1.1.0.wit"];
    let lines = files.map(|file| format!("\"{file}\" = \"{}\"\n", digest(file)));
    let lock = std::fs::read_to_string(released.join("released.lock")).unwrap();
    assert_eq!(lock, format!("format = 1\n\n[released]\n{}", lines.concat()));
}

#[test]
fn releases_at_once_lock_every_one() {
    let workspace = Workspace::new("package acme:heater@1.0.0;\ninterface api { f: func(); }\n");
    let packages = ["boiler", "charger", "inverter", "pump", "valve"];
    for package in packages {
        let wit = format!("package acme:{package}@1.0.0;\ninterface api {{ f: func(); }}\n");
        workspace.write(&format!("wit/{package}/{package}.wit"), &wit);
    }
    std::thread::scope(|scope| {
        for package in packages {
            let folder = workspace.0.path();
            scope.spawn(move || assert_eq!(linchpin(folder, ["release-contract", package]).code, 0));
        }
    });
    let lock = std::fs::read_to_string(workspace.0.path().join("wit/released/released.lock")).unwrap();
    for package in packages {
        assert!(lock.contains(&format!("\"{package}/1.0.0.wit\"")), "{package}: {lock}");
    }
}

#[test]
fn a_release_is_never_written_over() {
    let workspace = Workspace::new("package acme:heater@0.9.0;\ninterface api { f: func(); }\n");
    assert_eq!(linchpin(workspace.0.path(), ["release-contract"]).code, 0);
    std::fs::remove_file(workspace.0.path().join("wit/released/released.lock")).unwrap();
    let other = "package acme:boiler@1.0.0;\ninterface api { f: func(); }\n";
    workspace.write("wit/released/heater/1.0.0.wit", other);
    workspace.write("wit/heater/heater.wit", "package acme:heater@1.0.0;\ninterface api { g: func(); }\n");
    let refused = linchpin(workspace.0.path(), ["release-contract"]);
    assert!(refused.code == 2 && refused.stderr.contains("1.0.0.wit"), "{refused:?}");
    let released = workspace.0.path().join("wit/released/heater/1.0.0.wit");
    assert_eq!(std::fs::read_to_string(released).unwrap(), other);
}

#[test]
fn a_contracts_folder_may_have_released_in_its_name() {
    let workspace = Workspace::new("package acme:heater@1.0.0;\ninterface api { f: func(); }\n");
    let folder = workspace.0.path();
    std::fs::rename(folder.join("wit"), folder.join("unreleased")).unwrap();
    workspace.write("linchpin.toml", &SYSTEM.replace("contracts = \"wit\"", "contracts = \"unreleased\""));
    assert_eq!(linchpin(folder, ["release-contract"]).code, 0);
    workspace.write(
        "unreleased/heater/heater.wit",
        "package acme:heater@1.1.0;\ninterface api { f: func(); g: func(); }\n",
    );
    let second = linchpin(folder, ["release-contract"]);
    assert_eq!(second.code, 0, "{second:?}");
}
