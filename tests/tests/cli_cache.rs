//! A kept verdict is used only while nothing that it was made from has changed.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "checker/fixture.rs"]
#[allow(dead_code, reason = "shared with the tests of the checker, which use more of it")]
mod fixture;
#[path = "cli/program.rs"]
mod program;

use std::fs;
use std::path::Path;

use fixture::{Fixture, root};
use program::linchpin;

const CACHE: &str = "target/linchpin/check.cache";

fn check(system: &Path) -> (i32, String) {
    let run = linchpin(system, ["check", "--color", "never"]);
    (run.code, run.stdout)
}

#[test]
fn an_unchanged_system_gets_the_kept_verdict() {
    let fixture = Fixture::new(&root().join("record-field-added/fails"));
    let first = check(fixture.path());
    assert_eq!(first.0, 1);
    let kept = fs::read_to_string(fixture.path().join(CACHE)).unwrap();
    // A verdict of another name, sealed as the program does it, shows that it is the kept one that is used.
    let (_, body) = kept.split_once('\n').unwrap();
    let body = body.replace("\"name\":\"fixture\"", "\"name\":\"kept\"");
    let sealed = format!("{}\n{body}", linchpin_contract::Digest::of(body.as_bytes()));
    fs::write(fixture.path().join(CACHE), sealed).unwrap();
    assert!(check(fixture.path()).1.contains("kept: not clean"));
    let anew = linchpin(fixture.path(), ["check", "--color", "never", "--no-cache"]);
    assert_eq!((anew.code, anew.stdout), first);
}

#[test]
fn whatever_changes_is_checked_anew() {
    let edits: [(&str, fn(&Path)); 5] = [
        ("a comment in the manifest", |path| append(&path.join("linchpin.toml"), "\n# more\n")),
        ("another component", |path| {
            fs::copy(path.join("firmware.bin"), path.join("other.bin")).unwrap();
            append(&path.join("module.wasm"), "\0\u{2}\u{1}x");
        }),
        ("a released contract", |path| append(&path.join("contracts/released/f/1.0.0.wit"), "\n// more\n")),
        ("a new contract", |path| {
            fs::create_dir_all(path.join("contracts/g")).unwrap();
            fs::write(path.join("contracts/g/g.wit"), "package acme:g@1.0.0;").unwrap();
        }),
        ("a damaged cache", |path| append(&path.join(CACHE), " ")),
    ];
    for (what, edit) in edits {
        let fixture = Fixture::new(&root().join("record-field-added/fails"));
        let first = check(fixture.path());
        let kept = fs::read_to_string(fixture.path().join(CACHE)).unwrap();
        edit(fixture.path());
        let second = check(fixture.path());
        assert_eq!(second.0, first.0, "{what}: {}", second.1);
        let now = fs::read_to_string(fixture.path().join(CACHE)).unwrap();
        // The damaged cache is written again as it was; whatever else changed is noted in the new one.
        assert_eq!(now == kept, what == "a damaged cache", "{what}");
    }
}

#[test]
fn a_system_that_cannot_be_read_any_more_is_not_answered_from_the_cache() {
    let fixture = Fixture::new(&root().join("record-field-added/near-miss"));
    assert_eq!(check(fixture.path()).0, 0);
    fs::remove_file(fixture.path().join("module.wasm")).unwrap();
    assert_eq!(check(fixture.path()).0, 2);
}

fn append(path: &Path, more: &str) {
    let mut bytes = fs::read(path).expect("the fixture is complete");
    bytes.extend_from_slice(more.as_bytes());
    fs::write(path, bytes).expect("the fixture can be written");
}

#[test]
fn another_manifest_in_the_same_folder_is_not_answered_for() {
    let fixture = Fixture::new(&root().join("enum-case-added/near-miss"));
    let folder = fixture.path();
    assert_eq!(linchpin(folder, ["check"]).code, 0);
    let missing = linchpin(folder, ["check", "--manifest", "other.toml"]);
    assert_eq!(missing.code, 2, "{missing:?}");
}
