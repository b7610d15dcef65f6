//! `linchpin diff` as a user runs it: kinds of sides, exit codes, roles, forms, and git revisions.

use std::fs;
use std::path::Path;
use std::process::Command;

use linchpin_checker::Diff;
use linchpin_contract::descriptor;
use linchpin_tests::component::bounded_module;
use serde_json::Value;
use tempfile::TempDir;
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

use crate::fixture::{cases, name, root};
use crate::program::{Run, linchpin, output};
use crate::schema::{closed, refused};

/// A contract in two editions that differ in one type, in every kind of file: `old`, `new`, and `good`, whose version
/// covers the change.
fn workspace() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (edition, version, ty) in [("old", "1.0.0", "f64"), ("new", "1.1.0", "f32"), ("good", "2.0.0", "f32")]
    {
        let text = format!(
            "package acme:f@{version};\n\ninterface api {{\n    record r {{ a: {ty} }}\n    plan: func(r: r) -> f64;\n}}\n\nworld w {{\n    export api;\n}}\n"
        );
        write(&folder, &format!("{edition}/f.wit"), text.as_bytes());
        let wit = folder.path().join(edition).join("f.wit");
        write(&folder, &format!("{edition}.wasm"), &component(&wit));
        write(&folder, &format!("{edition}.bin"), &descriptor::encode(&wit, None).unwrap());
    }
    folder
}

fn write(folder: &TempDir, path: &str, bytes: &[u8]) {
    let path = folder.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn component(wit: &Path) -> Vec<u8> {
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_path(wit).unwrap();
    let world = resolve.select_world(&[package], None).unwrap();
    let mut module = bounded_module(&resolve, world, 0).unwrap();
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).unwrap();
    ComponentEncoder::default().module(&module).unwrap().encode().unwrap()
}

fn diff(folder: &TempDir, arguments: &[&str]) -> Run {
    linchpin(folder.path(), ["diff"].iter().chain(arguments))
}

fn read(run: &Run) -> Diff {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"))
}

fn rules(diff: &Diff) -> Vec<&str> {
    diff.findings.iter().map(|finding| finding.rule.as_str()).collect()
}

#[test]
fn every_kind_of_side_is_compared_with_every_other() {
    let folder = workspace();
    let sides = |edition: &str| {
        [edition.to_owned(), format!("{edition}/f.wit"), format!("{edition}.wasm"), format!("{edition}.bin")]
    };
    for before in sides("old") {
        for (edition, code) in [("old", 0), ("new", 1), ("good", 0)] {
            for after in sides(edition) {
                let run = diff(&folder, &[&before, &after, "--format", "json"]);
                assert_eq!((run.code, run.stderr.as_str()), (code, ""), "{before} {after}: {run:?}");
                let read = read(&run);
                assert_eq!((read.sides.before, read.sides.after), (before.clone(), after.clone()));
                assert_eq!(read.clean, code == 0);
            }
        }
    }
}

/// What text and binaries say of one change is the same, but for the lines that only text has.
#[test]
fn a_place_is_shown_where_there_is_one() {
    let folder = workspace();
    let text = diff(&folder, &["old", "new"]);
    assert!(
        text.stdout.contains("--> new/f.wit:4:16") && text.stdout.contains("::: old/f.wit:4:16"),
        "{text:?}"
    );
    assert!(
        text.stdout.contains("acme:f 1.0.0 -> 1.1.0: a minor step, major needed: not enough"),
        "{text:?}"
    );
    let bytes = diff(&folder, &["old.bin", "new.wasm"]);
    assert!(bytes.stdout.contains("`old.bin` is a binary, which has no lines to show"), "{bytes:?}");
    assert!(bytes.stdout.contains("error[primitive-changed]"), "{bytes:?}");
}

#[test]
fn every_form_has_the_same_exit_codes() {
    let folder = workspace();
    for form in ["text", "json", "jsonl", "sarif", "github", "markdown"] {
        for (after, code) in [("old", 0), ("new", 1), ("nowhere", 2)] {
            let run = diff(&folder, &["old", after, "--format", form]);
            assert_eq!(run.code, code, "{form}: {run:?}");
            assert_eq!(run.stderr.is_empty(), code < 2, "{form}: {run:?}");
            assert!(!run.stdout.contains('\x1b'), "{form}: {run:?}");
        }
    }
    for form in ["junit", "matrix"] {
        let run = diff(&folder, &["old", "new", "--format", form]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
        assert!(run.stderr.contains("`text`, `json`, `jsonl`"), "{run:?}");
    }
}

#[test]
fn a_role_asks_one_question_and_answers_it_with_the_exit_code() {
    let folder = workspace();
    // A function more: new firmware calls what old modules lack, and nobody else is hurt.
    let text = fs::read_to_string(folder.path().join("old/f.wit")).unwrap();
    let text = text.replace("1.0.0", "1.1.0").replace("plan:", "more: func();\n    plan:");
    write(&folder, "more/f.wit", text.as_bytes());
    for (role, code) in [("host-upgrade", 1), ("module-upgrade", 0), ("composition", 1), ("data", 0)] {
        let run = diff(&folder, &["old", "more", "--role", role, "--format", "json"]);
        assert_eq!(run.code, code, "{role}: {run:?}");
        let read: Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(
            (read["answers"].as_array().unwrap().len(), &read["answers"][0]["role"]),
            (1, &Value::from(role))
        );
        assert_eq!(read["answers"][0]["because"].as_array().unwrap().is_empty(), code == 0, "{role}");
        let text = diff(&folder, &["old", "more", "--role", role]);
        assert_eq!(text.stdout.contains("the modules must move first"), role == "host-upgrade", "{text:?}");
    }
    // Without a role only the version is asked about, and it covers the change.
    assert_eq!(diff(&folder, &["old", "more"]).code, 0);
    let run = diff(&folder, &["old", "more", "--role", "upgrade"]);
    assert!(run.code == 2 && run.stderr.contains("host-upgrade"), "{run:?}");
}

#[test]
fn one_world_may_be_compared_alone() {
    let folder = workspace();
    let two = "package a:b@1.0.0; world v { export f: func(); } world w { export g: func(); }";
    write(&folder, "two.wit", two.as_bytes());
    write(&folder, "other.wit", two.replace("export f", "export h").as_bytes());
    assert_eq!(diff(&folder, &["two.wit", "other.wit", "--world", "w"]).code, 0);
    let run = diff(&folder, &["two.wit", "other.wit", "--world", "v", "--format", "json"]);
    assert_eq!((run.code, rules(&read(&run)).is_empty()), (1, false), "{run:?}");
    let run = diff(&folder, &["two.wit", "other.wit", "--world", "u"]);
    assert!(run.code == 2 && run.stderr.contains("`v`, `w`"), "{run:?}");
}

#[test]
fn what_is_no_contract_is_refused_by_its_name() {
    let folder = workspace();
    write(&folder, "core.wasm", b"\0asm\x01\0\0\0");
    write(&folder, "picture.png", b"\x89PNG\r\n\x1a\n\0\0");
    write(&folder, "empty/readme.md", b"nothing");
    for (side, wanted) in [
        ("nowhere", "no file `nowhere`"),
        ("HEAD", "or else `REVISION:PATH` of git"),
        ("core.wasm", "is a core WebAssembly module"),
        ("picture.png", "`picture.png`"),
        ("empty", "`empty`"),
    ] {
        for arguments in [[side, "old"], ["old", side]] {
            let run = diff(&folder, &arguments);
            assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
            assert!(run.stderr.contains(wanted), "{run:?}");
        }
    }
}

/// Text of years ago is told by the name of what was removed, with its place, on either side.
#[test]
fn old_syntax_is_named() {
    let folder = workspace();
    for (old, wanted) in [
        ("f: func() -> float32;", "write `f32`"),
        ("f: func() -> (a: u32, b: u32);", "named results were removed from WIT"),
    ] {
        write(&folder, "years.wit", format!("package a:b;\ninterface i {{\n    {old}\n}}\n").as_bytes());
        for arguments in [["years.wit", "old"], ["old", "years.wit"]] {
            let run = diff(&folder, &arguments);
            assert_eq!(run.code, 2, "{run:?}");
            assert!(run.stderr.contains("years.wit:3:") && run.stderr.contains(wanted), "{run:?}");
            let run = diff(&folder, &[arguments[0], arguments[1], "--format", "json"]);
            let document: Value = serde_json::from_str(&run.stdout).unwrap();
            assert_eq!(document["error"]["code"], "wit-syntax", "{document}");
        }
    }
}

#[test]
fn json_of_every_fixture_follows_the_published_schema() {
    let mut documents = Vec::new();
    for rule in cases(&root()) {
        for case in cases(&rule) {
            let sides = ["before", "after"]
                .map(|side| if case.join(side).is_dir() { side.to_owned() } else { format!("{side}.wit") });
            for role in [&["--format", "json"][..], &["--format", "json", "--role", "host-upgrade"]] {
                let run = linchpin(&case, ["diff"].iter().chain(&[sides[0].as_str(), &sides[1]]).chain(role));
                assert!(run.code < 2, "{}: {run:?}", name(&case));
                documents.push(serde_json::from_str::<Value>(&run.stdout).unwrap());
            }
        }
    }
    let good = documents.len();
    assert!(good > 100, "{good} documents");
    for (place, wrong) in [
        ("/schema_version", Value::from(2)),
        ("/declared", Value::from("huge")),
        ("/answers/0/level", Value::from("fine")),
        ("/packages/0/enough", Value::from("yes")),
    ] {
        let mut bad = documents[0].clone();
        *bad.pointer_mut(place).unwrap() = wrong;
        documents.push(bad);
    }
    let refused: Vec<usize> = refused(&closed("diff-1.json"), &documents).into_iter().collect();
    assert_eq!(refused, (good..documents.len()).collect::<Vec<_>>());
}

fn git(folder: &TempDir, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "core.autocrlf=false"]);
    let run = output(command.args(arguments).current_dir(folder.path()));
    assert_eq!(run.code, 0, "{run:?}");
}

/// Two revisions of a folder with `deps/`, a file, a component and a descriptor.
fn repository() -> TempDir {
    let folder = workspace();
    git(&folder, &["init", "--quiet"]);
    for edition in ["old", "new"] {
        for (from, to) in [("/f.wit", "wit/f.wit"), (".wasm", "bin/f.wasm"), (".bin", "bin/f.bin")] {
            write(&folder, to, &fs::read(folder.path().join(format!("{edition}{from}"))).unwrap());
        }
        let units = format!(
            "package acme:units@1.0.0;\n\ninterface si {{\n    type celsius = {};\n}}\n",
            if edition == "old" { "f64" } else { "f32" }
        );
        let uses = "package acme:u@1.0.0;\n\ninterface i {\n    use acme:units/si@1.0.0.{celsius};\n\n    f: func() -> celsius;\n}\n";
        write(&folder, "tree/u.wit", uses.as_bytes());
        write(&folder, "tree/deps/units/si.wit", units.as_bytes());
        write(&folder, "tree/notes.txt", edition.as_bytes());
        git(&folder, &["add", "wit", "bin", "tree"]);
        git(&folder, &["commit", "--quiet", "-m", edition]);
    }
    folder
}

#[test]
fn a_revision_of_git_is_a_side() {
    let folder = repository();
    let same = [
        ("HEAD:wit", "wit"),
        ("HEAD:wit/f.wit", "wit/f.wit"),
        ("HEAD:bin/f.wasm", "bin/f.wasm"),
        ("HEAD:./wit", "HEAD:wit"),
        ("HEAD:tree", "tree"),
        ("HEAD:wit/", "new"),
    ];
    for (before, after) in same {
        let run = diff(&folder, &[before, after, "--format", "json"]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{before} {after}: {run:?}");
        assert!(read(&run).findings.is_empty());
    }
    let changed = [
        ("HEAD~1:wit", "HEAD:wit"),
        ("HEAD~1:wit", "wit"),
        ("HEAD~1:wit/f.wit", "HEAD:bin/f.wasm"),
        ("HEAD~1:bin/f.wasm", "bin/f.bin"),
        ("HEAD~1:bin/f.bin", "HEAD:bin/f.bin"),
    ];
    for (before, after) in changed {
        let run = diff(&folder, &[before, after, "--format", "json"]);
        let read = read(&run);
        assert_eq!(
            (run.code, rules(&read)),
            (1, vec!["version-under-bumped", "primitive-changed"]),
            "{before} {after}"
        );
    }
    let text = diff(&folder, &["HEAD~1:wit", "HEAD:wit"]);
    assert!(text.stdout.contains("--> HEAD:wit/f.wit:4:16"), "{text:?}");
    assert!(text.stdout.contains("::: HEAD~1:wit/f.wit:4:16"), "{text:?}");
    // What lies in `deps/` belongs to the revision as well.
    let run = diff(&folder, &["HEAD~1:tree", "HEAD:tree", "--format", "json"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(read(&run).packages.iter().any(|package| package.package == "acme:units" && !package.enough));
}

#[test]
fn a_path_of_a_revision_begins_where_git_lets_it_begin() {
    let folder = repository();
    let inside = folder.path().join("tree/deps");
    for (side, code) in [("HEAD~1:wit", 1), ("HEAD~1:units", 2), ("HEAD~1:./wit", 2), ("HEAD~1:../../wit", 2)]
    {
        let run = linchpin(&inside, ["diff", side, "HEAD:wit"]);
        assert_eq!(run.code, code, "{side}: {run:?}");
    }
    let run = linchpin(&inside, ["diff", "HEAD~1:./units", "HEAD:./units", "--format", "json"]);
    assert_eq!(
        (run.code, rules(&read(&run))),
        (1, vec!["version-not-bumped", "shared-type-changed"]),
        "{run:?}"
    );
    assert!(run.stdout.contains("\"HEAD~1:./units/si.wit\""), "{run:?}");
}

#[test]
fn a_revision_that_cannot_be_read_is_an_error_with_gits_reason() {
    let folder = repository();
    for (side, wanted) in [
        ("HEAD:nowhere", "the revision has no such file or folder"),
        ("HEAD:tree/notes.txt", "tree/notes.txt"),
        ("no-such-revision:wit", "no-such-revision"),
        ("--output=x:wit", "--output"),
        (":wit", "no revision stands before the `:`"),
    ] {
        let run = diff(&folder, &["--", side, "wit"]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{side}: {run:?}");
        assert!(run.stderr.contains(wanted), "{side}: {run:?}");
        assert!(!folder.path().join("x").exists());
    }
    let outside = workspace();
    let run = diff(&outside, &["HEAD:old", "old"]);
    assert!(run.code == 2 && run.stderr.contains("cannot read `old` of revision `HEAD`"), "{run:?}");
}

#[test]
fn a_function_that_waits_no_more_fails_when_it_is_called() {
    let folder = tempfile::tempdir().unwrap();
    for (edition, version, word) in [("old", "1.0.0", "async "), ("new", "1.0.1", "")] {
        let text =
            format!("package a:b@{version}; interface i {{ f: {word}func(); }} world w {{ export i; }}");
        write(&folder, &format!("{edition}.wit"), text.as_bytes());
    }
    for (arguments, words) in [
        (["old.wit", "new.wit", "--role", "host-upgrade"], "firmware upgrade: fails when it is called"),
        (["new.wit", "old.wit", "--role", "module-upgrade"], "module upgrade: fails when it is called"),
        (["new.wit", "old.wit", "--role", "host-upgrade"], "firmware upgrade: links, and values may change"),
    ] {
        let run = diff(&folder, &arguments);
        assert_eq!(run.code, 1, "{run:?}");
        assert!(run.stdout.contains(words), "{run:?}");
    }
}
