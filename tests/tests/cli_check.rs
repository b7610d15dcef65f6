//! `linchpin check` and `linchpin explain` as a user runs them: exit codes in every form, files, widths, colours.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "checker/fixture.rs"]
#[allow(dead_code, reason = "shared with the tests of the checker, which use more of it")]
mod fixture;
#[path = "cli/program.rs"]
mod program;

use std::fs;
use std::path::Path;
use std::process::Command;

use fixture::{Fixture, root};
use program::{LINCHPIN, Run, linchpin, output};
use serde_json::Value;

const FORMS: [&str; 8] = ["text", "json", "jsonl", "sarif", "github", "junit", "markdown", "matrix"];

fn clean() -> Fixture {
    Fixture::new(&root().join("enum-case-added/near-miss"))
}

fn dirty() -> Fixture {
    Fixture::new(&root().join("_several/five-mistakes"))
}

fn with_columns(folder: &Path, columns: &str, arguments: &[&str]) -> Run {
    output(Command::new(LINCHPIN).args(arguments).current_dir(folder).env("COLUMNS", columns))
}

#[test]
fn every_form_has_the_same_exit_codes() {
    let (clean, dirty) = (clean(), dirty());
    let broken = self::clean();
    fs::write(broken.path().join("linchpin.toml"), "[system]\nname = 3\nfoo = 1\n").unwrap();
    for form in FORMS {
        for (system, code) in [(&clean, 0), (&dirty, 1), (&broken, 2)] {
            let run = linchpin(system.path(), ["check", "--format", form]);
            assert_eq!(run.code, code, "{form}: {run:?}");
            assert_eq!(run.stderr.is_empty(), code < 2, "{form}: {run:?}");
            assert!(!run.stdout.contains('\x1b'), "{form}: {run:?}");
            let for_programs = ["json", "jsonl", "github"].contains(&form);
            assert_eq!(run.stdout.is_empty(), code == 2 && !for_programs, "{form}: {run:?}");
        }
    }
}

#[test]
fn an_error_is_json_where_json_was_asked_for_and_names_every_place() {
    let system = clean();
    fs::write(system.path().join("linchpin.toml"), "[system]\nname = 3\nfoo = 1\n").unwrap();
    for form in ["json", "jsonl"] {
        let run = linchpin(system.path(), ["check", "--format", form]);
        let document: Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(run.stdout.lines().count() == 1, form == "jsonl", "{run:?}");
        let causes = document["error"]["causes"].as_array().unwrap();
        assert!(causes.len() >= 2, "{document}");
        for cause in causes {
            assert!(cause["code"].is_string() && cause["message"].is_string(), "{cause}");
            assert_eq!(cause["place"]["file"], "linchpin.toml");
        }
        assert!(run.stderr.starts_with("error: "), "{run:?}");
    }
    let run = linchpin(system.path(), ["check", "--format", "github"]);
    assert!(run.stdout.lines().count() >= 2, "{run:?}");
    assert!(run.stdout.lines().all(|line| line.starts_with("::error file=linchpin.toml,line=")), "{run:?}");
    let run = linchpin(system.path(), ["run", "missing.wasm", "plan", "--format", "json"]);
    let document: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((run.code, &document["error"]["code"]), (2, &Value::from("file-missing")));
    assert!(document["error"]["fix"].is_string());
}

#[test]
fn outputs_are_written_beside_the_main_form_and_say_what_it_would() {
    let system = dirty();
    let mut arguments = vec!["check".to_owned()];
    for form in FORMS {
        arguments.extend(["--output".to_owned(), format!("{form}=out/{form}.txt")]);
    }
    let main = linchpin(system.path(), arguments);
    assert_eq!(main.code, 1, "{main:?}");
    for form in FORMS {
        let file = fs::read_to_string(system.path().join(format!("out/{form}.txt"))).unwrap();
        let alone = linchpin(system.path(), ["check", "--format", form]);
        assert_eq!(file, alone.stdout, "{form}");
    }
    let text = fs::read_to_string(system.path().join("out/text.txt")).unwrap();
    assert_eq!(text, main.stdout);
}

#[test]
fn places_begin_where_the_tool_runs() {
    let system = dirty();
    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join("a/b");
    fs::create_dir_all(folder.parent().unwrap()).unwrap();
    fs::rename(system.path(), &folder).unwrap();
    let whole = folder.join("linchpin.toml").display().to_string();
    for manifest in ["a/b/linchpin.toml", "./a/b/linchpin.toml", &whole] {
        let run = linchpin(above.path(), ["check", "--manifest", manifest, "--format", "github"]);
        assert!(run.stdout.contains("::error file=a/b/module.wit,line="), "{manifest}: {run:?}");
        assert!(run.stdout.contains("a/b/contracts/released/f/1.0.0.wit:"), "{manifest}: {run:?}");
    }
    let inside = linchpin(&folder, ["check", "--format", "github"]);
    assert!(inside.stdout.contains("::error file=module.wit,line="), "{inside:?}");
    fs::rename(&folder, system.path()).unwrap();
}

#[test]
fn a_wrong_output_is_refused_before_anything_is_written() {
    let system = clean();
    let verdict = "target/linchpin/verdict.json";
    for (output, words) in [
        ("sarif", "names no file"),
        ("sarif=", "names no file"),
        ("yaml=x", "no form `yaml`; there are `text`, `json`"),
        ("=x", "no form ``"),
    ] {
        let run = linchpin(system.path(), ["check", "--output", output]);
        assert_eq!(run.code, 2, "{output}: {run:?}");
        assert!(run.stderr.contains(words) && run.stdout.is_empty(), "{output}: {run:?}");
    }
    for second in [format!("json={verdict}"), "json=x.txt".to_owned(), "json=./x.txt".to_owned()] {
        let run = linchpin(system.path(), ["check", "--output", "text=x.txt", "--output", &second]);
        assert_eq!(run.code, 2, "{second}: {run:?}");
        assert!(run.stderr.contains("two results would be written to"), "{second}: {run:?}");
        assert!(!system.path().join(verdict).exists() && !system.path().join("x.txt").exists());
    }
    let run = linchpin(system.path(), ["check", "--output", "text=linchpin.toml/x"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.stderr.contains("cannot write `linchpin.toml`"), "{run:?}");
}

#[cfg(unix)]
#[test]
fn a_device_stays_a_device() {
    let system = clean();
    let run =
        linchpin(system.path(), ["check", "--output", "text=/dev/stderr", "--output", "github=/dev/stderr"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(run.stderr, format!("{0}{0}", run.stdout));
    assert!(!fs::metadata("/dev/stderr").is_ok_and(|found| found.is_file() && found.len() == 0));
}

#[cfg(unix)]
#[test]
fn the_verdict_goes_to_where_a_link_leads() {
    let system = clean();
    let (real, link) = (system.path().join("real.json"), system.path().join("link.json"));
    fs::write(&real, "old").unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    assert_eq!(linchpin(system.path(), ["check", "--out", "link.json"]).code, 0);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(&real).unwrap().starts_with('{'));
    // A contract that is no file would be waited for without end.
    fs::create_dir(system.path().join("contracts/null")).unwrap();
    std::os::unix::fs::symlink("/dev/null", system.path().join("contracts/null/null.wit")).unwrap();
    let run = linchpin(system.path(), ["check"]);
    assert!(run.code == 2 && run.stderr.contains("not a regular file"), "{run:?}");
}

#[test]
fn a_form_that_a_command_does_not_have_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let run = linchpin(folder.path(), ["doctor", "--format", "sarif"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.stderr.contains("no form `sarif`; it has `text`, `json`"), "{run:?}");
}

#[test]
fn text_follows_the_columns_and_the_choice_of_colour() {
    let system = dirty();
    let longest = |run: &Run| run.stdout.lines().map(|line| line.chars().count()).max().unwrap();
    let plain = linchpin(system.path(), ["check"]);
    assert!(longest(&plain) > 160, "{plain:?}");
    let summary = plain.stdout.lines().last().unwrap().chars().count();
    for (columns, arguments) in [("80", &["check"][..]), ("200", &["check", "--width", "100"])] {
        let run = with_columns(system.path(), columns, arguments);
        let width = if columns == "80" { 80 } else { 100 };
        assert!(longest(&run) <= width.max(summary), "{run:?}");
    }
    for nonsense in ["", "wide", "-3"] {
        assert_eq!(with_columns(system.path(), nonsense, &["check"]).stdout, plain.stdout);
    }
    let colour = linchpin(system.path(), ["check", "--color", "always"]);
    assert!(colour.stdout.contains("\x1b["), "{colour:?}");
    let narrow = linchpin(system.path(), ["check", "--width", "39"]);
    assert_eq!(narrow.code, 2, "{narrow:?}");
}

#[test]
fn explain_lists_by_plane_and_finds_what_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    let list = linchpin(folder.path(), ["explain"]);
    let planes: Vec<usize> = ["link truth:", "contract policy:", "the system:"]
        .map(|plane| list.stdout.find(plane).expect(plane))
        .into();
    assert!(planes.is_sorted(), "{list:?}");
    assert!(list.stdout.contains("  record-field-added (error, major)\n"), "{list:?}");
    for (asked, meant) in [
        ("record-field-aded", "record-field-added"),
        ("Enum_Case_Added", "enum-case-added"),
        ("tagmisspelt", "tag-misspelt"),
    ] {
        let run = linchpin(folder.path(), ["explain", asked]);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.stderr.contains(&format!("did you mean `{meant}`?")), "{run:?}");
    }
    assert!(linchpin(folder.path(), ["explain", "zzz"]).stderr.contains("lists the rules"));
    let page = linchpin(folder.path(), ["explain", "enum-case-added"]);
    assert!(page.stdout.starts_with("# `enum-case-added`\n"), "{page:?}");
    let shown = linchpin(folder.path(), ["explain", "enum-case-added", "--color", "always", "--width", "60"]);
    assert!(!shown.stdout.contains("## ") && !shown.stdout.contains("```"), "{shown:?}");
    let all = linchpin(folder.path(), ["explain", "--all", "--format", "markdown"]);
    assert!(all.stdout.starts_with("# Rules of `linchpin check`\n"), "{all:?}");
    let both = linchpin(folder.path(), ["explain", "enum-case-added", "--all"]);
    assert_eq!(both.code, 2, "{both:?}");
}

/// Counts the calls of a load.
#[derive(Default)]
struct Calls(std::sync::Mutex<Vec<(usize, usize)>>);

impl linchpin_checker::Progress for Calls {
    fn read(&self, done: usize, total: usize) {
        self.0.lock().unwrap().push((done, total));
    }
}

#[test]
fn a_load_tells_of_every_artefact_once() {
    let system = clean();
    let calls = std::sync::Arc::new(Calls::default());
    let options = linchpin_checker::LoadOptions { progress: Some(calls.clone()), ..Default::default() };
    linchpin_checker::load_with(&system.path().join("linchpin.toml"), &options).unwrap();
    let mut seen = calls.0.lock().unwrap().clone();
    seen.sort_unstable();
    assert_eq!(seen, [(1, 2), (2, 2)]);
}

#[test]
fn nothing_but_a_terminal_sees_a_bar() {
    let run = linchpin(dirty().path(), ["check", "--no-cache"]);
    assert_eq!(run.stderr, "");
}
