//! Every command over every kind of wrong file: exit code 2, a message that names the file, a fix, no panic.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "checker/fixture.rs"]
#[allow(dead_code, reason = "shared with the tests of the checker, which use more of it")]
mod fixture;
#[path = "cli/program.rs"]
mod program;

use std::fs;
use std::path::{Path, PathBuf};

use fixture::{Fixture, root};
use program::linchpin;

/// A wrong file of each kind.
const WRONG: &[&str] =
    &["missing", "folder", "text", "core-module", "truncated", "zeros", "empty", "precompiled"];

/// One way to give a file to a command. `{bad}` is the wrong file, the other words are right ones.
struct Case {
    arguments: &'static str,
    /// Kinds that are right in this place, with the reason.
    right: &'static [(&'static str, &'static str)],
}

const CASES: &[Case] = &[
    Case { arguments: "inspect {bad}", right: &[] },
    Case { arguments: "run {bad} plan", right: &[] },
    Case { arguments: "run module.wasm plan --input-file {bad}", right: &[] },
    Case { arguments: "build --manifest-path {bad}", right: &[] },
    Case { arguments: "check --manifest {bad}", right: &[] },
    Case { arguments: "check --baseline {bad}", right: &[] },
    Case { arguments: "diff {bad} module.wit", right: &[] },
    Case { arguments: "diff module.wasm {bad}", right: &[] },
    Case { arguments: "where plan --manifest {bad}", right: &[] },
    Case { arguments: "release-contract --manifest {bad}", right: &[] },
    Case {
        arguments: "sign --manifest {bad} --key k/linchpin.private.json --counter 1 --out out",
        right: &[],
    },
    Case {
        arguments: "sign --verdict {bad} --key k/linchpin.private.json --counter 1 --out out",
        right: &[],
    },
    Case { arguments: "sign --key {bad} --counter 1 --out out", right: &[] },
    Case {
        arguments: "sign --key k/linchpin.private.json --last-counter-file {bad} --out out",
        right: &[("missing", "the first counter is 1")],
    },
    Case {
        arguments: "verify {bad} --attestation out/guest.attestation.json --key k/linchpin.public.json --device-class device",
        right: &[],
    },
    Case {
        arguments: "verify module.wasm --attestation {bad} --key k/linchpin.public.json --device-class device",
        right: &[],
    },
    Case {
        arguments: "verify module.wasm --attestation out/guest.attestation.json --key {bad} --device-class device",
        right: &[],
    },
    Case { arguments: "keygen --private {bad} --public new.json", right: &[("missing", "it is made")] },
    Case { arguments: "keygen --private new.json --public {bad}", right: &[("missing", "it is made")] },
    Case { arguments: "new fresh --path {bad}", right: &[] },
    Case { arguments: "doctor {bad} --no-install", right: &[("folder", "it is looked at")] },
];

#[test]
fn every_command_refuses_every_wrong_file_by_name() {
    let mut wrong = Vec::new();
    for case in CASES {
        for kind in WRONG {
            if case.right.iter().any(|(right, _)| right == kind) {
                continue;
            }
            let system = system();
            let bad = spoil(system.path(), kind);
            let arguments = case.arguments.replace("{bad}", &bad.display().to_string());
            let run = linchpin(system.path(), arguments.split(' '));
            let name = bad.file_name().unwrap().to_string_lossy().into_owned();
            let clear = run.code == 2
                && run.stdout.is_empty()
                && run.stderr.starts_with("error: ")
                && run.stderr.contains(&name)
                && !run.stderr.contains("panicked")
                && !run.stderr.contains("RUST_BACKTRACE");
            if !clear {
                wrong.push(format!("linchpin {arguments}\n{run:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn what_a_system_names_is_refused_by_name_too() {
    for kind in WRONG {
        for file in ["module.wasm", "firmware.bin"] {
            let system = system();
            let bad = spoil(system.path(), kind);
            remove(&system.path().join(file));
            if *kind != "missing" {
                fs::rename(&bad, system.path().join(file)).unwrap();
            }
            let run = linchpin(system.path(), ["check"]);
            assert_eq!(run.code, 2, "{kind} as {file}: {run:?}");
            assert!(run.stderr.contains(file), "{kind} as {file}: {run:?}");
            assert!(!run.stderr.contains("panicked"), "{run:?}");
        }
    }
}

#[test]
fn what_is_wrong_in_a_file_is_told_without_a_parsers_own_words() {
    const EMPTY: &str = "contracts/g/empty.wit";
    const ENCODED: &str = "contracts/g/deps/x.wasm";
    let lock = "contracts/released/released.lock";
    for (file, bytes, words) in [
        (EMPTY, &b""[..], "contracts/g/empty.wit:1:1: no file names its package"),
        (
            ENCODED,
            b"once upon a time",
            "`contracts/g/deps/x.wasm`: what is here does not begin as WebAssembly",
        ),
        (lock, b"format = 1\nx = = 1\n", "released.lock:2:5: this is not TOML: "),
        (lock, b"format = 2\n", "released.lock` has no line `format = 1`"),
        (
            "fleet.json",
            b"{ \"format\": 1,\n\"devices\": [",
            "fleet.json:2:12: this is not JSON: the file ends within a list",
        ),
    ] {
        let system = Fixture::new(&root().join("enum-case-added/near-miss"));
        let manifest = system.path().join("linchpin.toml");
        let text = fs::read_to_string(&manifest).unwrap();
        fs::write(&manifest, text.replace("[system]", "[system]\ninventory = \"fleet.json\"")).unwrap();
        fs::write(system.path().join("fleet.json"), "{ \"format\": 1, \"devices\": [] }").unwrap();
        let path = system.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if file == ENCODED {
            fs::write(system.path().join("contracts/g/g.wit"), "package acme:g@1.0.0;").unwrap();
        }
        fs::write(&path, bytes).unwrap();
        let run = linchpin(system.path(), ["check"]);
        assert_eq!(run.code, 2, "{file}: {run:?}");
        assert!(run.stderr.contains(words), "{file}: {run:?}");
        assert!(!run.stderr.contains("0x61") && !run.stderr.contains(" | "), "{file}: {run:?}");
    }
}

#[test]
fn numbers_and_days_are_told_how_they_are_written() {
    let system = Fixture::new(&root().join("enum-case-added/near-miss"));
    for (arguments, words) in [
        (["check", "--today", "2027-02-30"], "there is no such day; write it as 2027-01-31"),
        (["check", "--width", "abc"], "write a whole number of columns, from 40 to 65535"),
        (["check", "--width", "39"], "write a whole number of columns, from 40 to 65535"),
    ] {
        let run = linchpin(system.path(), arguments);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.stderr.contains(words), "{run:?}");
    }
    for range in ["18446744073709551615", "1e2..=3", "+1..=2"] {
        let wit = format!("package a:b@1.0.0; interface i {{\n/// @range {range}\nf: func() -> u64; }}");
        let contract = linchpin_contract::load_text("f.wit", &wit).unwrap();
        let [note] = contract.tag_notes.as_slice() else { panic!("{:?}", contract.tag_notes) };
        assert!(note.help.contains("at most 18 digits"), "{note:?}");
        assert!(note.help.contains("no exponent and no `+`"), "{note:?}");
    }
}

#[test]
fn words_that_no_command_knows_are_usage_errors() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in
        [&["frobnicate"][..], &["run"], &["check", "--frobnicate"], &["--format", "yaml", "check"]]
    {
        let run = linchpin(folder.path(), arguments);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.stderr.contains("Usage") || run.stderr.contains("possible values"), "{run:?}");
    }
    for (arguments, words) in [
        (&["explain", "no-such-rule"][..], "no rule `no-such-rule`"),
        (&["new", "Bad_Name"], "`bad-name` would do"),
        (&["new", "fn"], "Rust keeps this word"),
    ] {
        let run = linchpin(folder.path(), arguments);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.stderr.contains(words), "{run:?}");
    }
}

/// A clean system that is checked, signed, and has its keys.
fn system() -> Fixture {
    let system = Fixture::new(&root().join("enum-case-added/near-miss"));
    let folder = system.path();
    assert_eq!(linchpin(folder, ["keygen", "--out", "k"]).code, 0);
    let checked = linchpin(folder, ["check"]);
    assert_eq!(checked.code, 0, "{checked:?}");
    let signed =
        linchpin(folder, ["sign", "--key", "k/linchpin.private.json", "--counter", "1", "--out", "out"]);
    assert_eq!(signed.code, 0, "{signed:?}");
    system
}

/// Makes the wrong file of this kind.
fn spoil(folder: &Path, kind: &str) -> PathBuf {
    let path = folder.join(format!("bad-{kind}"));
    let component = fs::read(folder.join("module.wasm")).unwrap();
    match kind {
        "missing" => {}
        "folder" => fs::create_dir(&path).unwrap(),
        "text" => fs::write(&path, "once upon a time\n").unwrap(),
        "core-module" => fs::write(&path, b"\0asm\x01\0\0\0").unwrap(),
        "truncated" => fs::write(&path, component.get(..component.len() / 2).unwrap()).unwrap(),
        "zeros" => fs::File::create(&path).unwrap().set_len(100_000_000).unwrap(),
        "empty" => fs::write(&path, "").unwrap(),
        "precompiled" => {
            let engine = wasmtime::Engine::default();
            fs::write(&path, engine.precompile_component(&component).unwrap()).unwrap();
        }
        other => unreachable!("no kind is called {other}"),
    }
    path
}

fn remove(path: &Path) {
    fs::remove_file(path).expect("the file was there");
}

/// A pipe would be waited for without end.
#[cfg(unix)]
#[test]
fn a_pipe_is_no_side_of_a_comparison() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.wit"), "package a:b@1.0.0;\ninterface i { f: func(); }\n").unwrap();
    let made = std::process::Command::new("mkfifo").arg(folder.path().join("pipe")).status().unwrap();
    assert!(made.success());
    for arguments in [["diff", "a.wit", "pipe"], ["diff", "pipe", "a.wit"]] {
        let run = linchpin(folder.path(), arguments);
        assert!(run.code == 2 && run.stderr.contains("it is not a regular file"), "{run:?}");
    }
}
