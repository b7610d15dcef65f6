//! `linchpin build` over guests that are wrong, large or unusual in one way each.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "cli/program.rs"]
mod program;

use std::fs;
use std::path::{Path, PathBuf};

use program::{LINCHPIN, Run, in_crate, linchpin};

/// A new crate with changes to its files: (file, from, to). Its folder is the test's own and stays, so that a
/// later run finds what cargo built of it.
fn guest(test: &str, edits: &[(&str, &str, &str)]) -> PathBuf {
    let parent = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli-build").join(test);
    let folder = parent.join("edited-fn");
    fs::create_dir_all(&parent).unwrap();
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    let made = linchpin(&parent, ["new", "edited-fn"]);
    assert_eq!(made.code, 0, "{made:?}");
    for (file, from, to) in edits {
        edit(&folder.join(file), from, to);
    }
    folder
}

fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replace(from, to)).unwrap();
}

fn build(folder: &Path, more: &[&str]) -> Run {
    let mut arguments = vec!["--format", "json", "build", "--quiet", "--out", "out"];
    arguments.extend(more);
    in_crate(folder, LINCHPIN, &arguments)
}

fn refused(run: &Run, words: &[&str]) {
    assert_eq!(run.code, 2, "{run:?}");
    for word in words {
        assert!(run.stderr.contains(word), "{word}: {run:?}");
    }
}

fn report(run: &Run) -> serde_json::Value {
    assert_eq!(run.code, 0, "{run:?}");
    serde_json::from_str(&run.stdout).unwrap()
}

#[test]
fn an_import_is_refused_with_its_name_and_where_it_comes_from() {
    let outside = "unsafe extern \"C\" { safe fn boiler_clock() -> f64; }\n/// The business logic";
    let folder = guest(
        "import",
        &[
            ("src/lib.rs", "/// The business logic", outside),
            ("src/lib.rs", "share.clamp(0.0, most)", "(share + boiler_clock()).clamp(0.0, most)"),
        ],
    );
    let run = build(&folder, &[]);
    refused(&run, &["imports one thing", "`env` `boiler_clock`", "`extern` block", "fix:"]);
    assert!(!folder.join("out").exists(), "nothing is written");
}

#[test]
fn a_guest_with_std_works_and_says_what_that_costs() {
    let folder = guest(
        "std",
        &[
            ("src/lib.rs", "#![cfg_attr(target_family = \"wasm\", no_std)]\n", ""),
            ("src/lib.rs", "linchpin_guest::runtime!();\n", ""),
            (
                "src/lib.rs",
                "let most =",
                "if inputs.temperature == 99.0 { panic!(\"{}\", inputs.temperature) }\n        let most =",
            ),
        ],
    );
    let report = report(&build(&folder, &[]));
    let std_code_bytes = report["std_code_bytes"].as_u64().unwrap();
    assert!((1000..20_000).contains(&std_code_bytes), "{report}");
    let sections = report["sizes"]["sections"].as_array().unwrap();
    let code = sections.iter().find(|section| section["section"] == "code").unwrap();
    assert!(std_code_bytes < code["bytes"].as_u64().unwrap(), "no more of it than there is code: {report}");
    let text = in_crate(&folder, LINCHPIN, &["build", "--quiet", "--out", "out"]);
    assert!(text.stdout.contains("bytes of the code are Rust's `std`"), "{text:?}");
    let called =
        linchpin(&folder, ["run", "out/edited-fn.wasm", "decide", r#"{"temperature": 60, "mode": "full"}"#]);
    assert_eq!(called.code, 0, "{called:?}");
    let trapped =
        linchpin(&folder, ["run", "out/edited-fn.wasm", "decide", r#"{"temperature": 99, "mode": "full"}"#]);
    assert_eq!(trapped.code, 1, "{trapped:?}");
    assert!(trapped.stdout.contains("trap-guest"), "{trapped:?}");
}

#[test]
fn a_second_build_shows_what_changed() {
    let folder = guest("second", &[]);
    let first = report(&build(&folder, &[]));
    assert!(first["previous"].is_null());
    edit(
        &folder.join("src/lib.rs"),
        "Mode::Quiet => 0.4",
        "Mode::Quiet => 0.4 + inputs.temperature.abs() / 1000.0",
    );
    let second = report(&build(&folder, &[]));
    assert_eq!(second["previous"]["total_bytes"], first["sizes"]["total_bytes"]);
    assert!(second["sizes"]["total_bytes"].as_u64() > first["sizes"]["total_bytes"].as_u64());
    let text = in_crate(&folder, LINCHPIN, &["build", "--quiet", "--out", "out"]);
    assert!(
        text.stdout.lines().any(|line| line.trim_start().starts_with("total") && line.ends_with('=')),
        "{text:?}"
    );
}

#[test]
fn a_component_holds_only_what_it_uses() {
    let (core, inner) = names(&guest("unused", &[]));
    let is_of_linker = |name: &String| name.starts_with("__") || name.starts_with("cabi_realloc");
    assert!(!core.iter().any(is_of_linker), "no function takes a list: {core:?}");
    assert!(core.iter().any(|name| name.ends_with("#decide")), "{core:?}");
    assert!(!core.contains(&"linchpin_arena".to_owned()), "{core:?}");
    assert!(inner.iter().all(|name| name.len() < 3), "names between its own parts are short: {inner:?}");
}

/// Names of the core module's exports, and of what inner components import.
fn names(folder: &Path) -> (Vec<String>, Vec<String>) {
    report(&build(folder, &[]));
    let component = fs::read(folder.join("out/edited-fn.wasm")).unwrap();
    let (mut core, mut inner) = (Vec::new(), Vec::new());
    for payload in wasmparser::Parser::new(0).parse_all(&component) {
        match payload.unwrap() {
            wasmparser::Payload::ExportSection(section) => {
                core.extend(section.into_iter().map(|export| export.unwrap().name.to_owned()));
            }
            wasmparser::Payload::ComponentImportSection(section) => {
                inner.extend(section.into_iter().map(|import| import.unwrap().name.name.to_owned()));
            }
            _ => {}
        }
    }
    (core, inner)
}

#[test]
fn two_crates_of_one_name_in_one_target_folder_keep_their_own_components() {
    let one = guest("one", &[]);
    let other = guest("other", &[("src/lib.rs", "Mode::Quiet => 0.4", "Mode::Quiet => 0.3")]);
    let first = report(&build(&one, &[]));
    assert_ne!(report(&build(&other, &[]))["sha256"], first["sha256"]);
    assert_eq!(
        report(&build(&one, &[]))["sha256"],
        first["sha256"],
        "cargo alone would give the other's file"
    );
}

#[test]
fn a_debug_build_keeps_names_and_its_panics_speak() {
    let boom =
        "if inputs.temperature == 99.0 { panic!(\"too hot: {}\", inputs.temperature) }\n        let most =";
    let folder = guest("debug", &[("src/lib.rs", "let most =", boom)]);
    let report = report(&build(&folder, &["--profile", "debug"]));
    let parts = report["sizes"]["sections"].as_array().unwrap();
    assert!(parts.iter().any(|part| part["section"] == "names"), "{report}");
    let input = r#"{"temperature": 99, "mode": "full"}"#;
    let trapped = linchpin(&folder, ["run", "out/edited-fn.wasm", "decide", input]);
    assert_eq!(trapped.code, 1, "{trapped:?}");
    assert!(trapped.stdout.contains("too hot: 99"), "{trapped:?}");
}

#[test]
fn a_trap_of_a_debug_build_tells_where_it_was() {
    let ways = r#"if inputs.temperature == 99.0 { return Err(Fault::BadTemperature(f64::from(deep(u32::MAX)))) }
        if inputs.temperature == 98.0 { return Err(Fault::BadTemperature(f64::from(share_of(0)))) }
        if inputs.temperature == 97.0 { forever() }
        let most ="#;
    let functions = r"
#[inline(never)]
fn deep(levels: u32) -> u32 {
    if levels == 0 { 0 } else { core::hint::black_box(deep(levels - 1)) + 1 }
}

#[inline(never)]
fn share_of(parts: u32) -> u32 {
    100 / core::hint::black_box(parts)
}

#[inline(never)]
fn forever() {
    loop { core::hint::black_box(()) }
}

linchpin_guest::runtime!();";
    let edits =
        [("src/lib.rs", "let most =", ways), ("src/lib.rs", "\nlinchpin_guest::runtime!();", functions)];
    let folder = guest("backtrace", &edits);
    report(&build(&folder, &["--profile", "debug"]));
    let run = |temperature: u32| {
        let input = format!(r#"{{"temperature": {temperature}, "mode": "full"}}"#);
        let text = linchpin(&folder, ["run", "out/edited-fn.wasm", "decide", &input]);
        let json = linchpin(&folder, ["--format", "json", "run", "out/edited-fn.wasm", "decide", &input]);
        assert_eq!((text.code, json.code), (1, 1), "{text:?} {json:?}");
        (text.stdout, serde_json::from_str::<serde_json::Value>(&json.stdout).unwrap()["failure"].clone())
    };
    for (temperature, function) in
        [(99, "edited_fn::deep"), (98, "edited_fn::share_of"), (97, "edited_fn::forever")]
    {
        let (text, failure) = run(temperature);
        let frames = failure["backtrace"].as_array().unwrap();
        assert!(frames.iter().any(|frame| frame["function"] == function), "{failure:#}");
        assert!(text.contains(function), "{text}");
        // A stack that ran out is deeper than what is told of it.
        let outermost = frames.last().unwrap()["function"].as_str().unwrap();
        assert_eq!(outermost.ends_with("#decide"), temperature != 99, "{failure:#}");
        assert_eq!(failure["is_backtrace_cut"], temperature == 99, "{failure:#}");
    }
    report(&build(&folder, &[]));
    let (text, failure) = run(97);
    assert_eq!(
        (&failure["code"], &failure["backtrace"]),
        (&"trap-instructions".into(), &serde_json::json!([]))
    );
    assert!(!text.contains("called by"), "{text}");
}

#[test]
fn the_users_flags_and_profile_are_kept() {
    let profile = "[workspace]\n\n[profile.linchpin]\ninherits = \"release\"\nopt-level = 3\n\n[package.metadata.linchpin]\nstack-bytes = 131072\nmax-memory-bytes = 524288\n";
    let folder = guest("flags", &[("Cargo.toml", "[workspace]\n", profile)]);
    fs::create_dir(folder.join(".cargo")).unwrap();
    let flags = "[target.wasm32-unknown-unknown]\nrustflags = [\"--cfg\", \"quick_fan\"]\n";
    fs::write(folder.join(".cargo/config.toml"), flags).unwrap();
    edit(
        &folder.join("src/lib.rs"),
        "const HOT: f64 = 80.0;",
        "const HOT: f64 = if cfg!(quick_fan) { 60.0 } else { 80.0 };",
    );
    let report = report(&build(&folder, &[]));
    assert_eq!(report["sizes"]["memory"]["initial_pages"], 3, "128 KiB of stack and the data: {report}");
    assert_eq!(report["sizes"]["memory"]["maximum_pages"], 8, "512 KiB at most: {report}");
    let looked = linchpin(&folder, ["--format", "json", "inspect", "out/edited-fn.wasm"]);
    let profile = serde_json::from_str::<serde_json::Value>(&looked.stdout).unwrap()["profile"].clone();
    assert_eq!(profile["memories"][0]["maximum_bytes"], 512 << 10, "{looked:?}");
    assert_eq!(profile["core_modules"], 1, "{looked:?}");
    let input = r#"{"temperature": 60, "mode": "full"}"#;
    let called = linchpin(&folder, ["--format", "json", "run", "out/edited-fn.wasm", "decide", input]);
    assert!(called.stdout.replace([' ', '\n'], "").contains("{\"ok\":{\"speed\":1.0}}"), "{called:?}");
}

#[test]
fn what_is_no_guest_is_refused_with_what_to_do() {
    let folder = guest("no-cdylib", &[("Cargo.toml", "[\"cdylib\", \"rlib\"]", "[\"rlib\"]")]);
    refused(&build(&folder, &[]), &["`edited-fn` is no guest", "crate-type = [\"cdylib\", \"rlib\"]"]);

    let folder = guest("no-world", &[("src/lib.rs", "#[linchpin_guest::export(world = \"fan\")]\n", "")]);
    refused(&build(&folder, &[]), &["exports no world", "linchpin_guest::export"]);

    let folder = guest("whole", &[]);
    refused(
        &build(&folder, &["--world", "heater"]),
        &["implements `example:edited-fn/fan@0.1.0`, not `heater`"],
    );
    refused(&build(&folder, &["nobody"]), &["no package `nobody`", "`edited-fn`"]);
    assert_eq!(build(&folder, &["--world", "fan"]).code, 0);

    edit(&folder.join("src/lib.rs"), "pub temperature: f64", "pub temperature: f32");
    refused(&build(&folder, &[]), &["temperature: f64", "does not compile"]);

    edit(&folder.join("Cargo.toml"), "[workspace]", "[package.metadata.linchpin]\nstack = 3\n\n[workspace]");
    refused(&build(&folder, &[]), &["no key `stack`", "`stack-bytes`"]);
}

#[test]
fn outside_any_crate_there_is_nothing_to_build() {
    let folder = tempfile::tempdir().unwrap();
    refused(&linchpin(folder.path(), ["build"]), &["cargo cannot read the crate", "Cargo.toml", "fix:"]);
}
