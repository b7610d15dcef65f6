//! `linchpin new`, then what its README says: the native tests, the build, a call.
#![expect(clippy::expect_used, reason = "a test may stop at the first surprise")]

#[path = "cli/program.rs"]
mod program;

use program::{LINCHPIN, in_crate, linchpin};

#[test]
fn a_new_crate_builds_outside_the_workspace_and_its_own_tests_pass() {
    let parent = tempfile::tempdir().unwrap();
    let made = linchpin(parent.path(), ["new", "demo-fn"]);
    assert_eq!(made.code, 0, "{made:?}");
    let folder = parent.path().join("demo-fn");

    let built = in_crate(&folder, LINCHPIN, &["--format", "json", "build", "--quiet", "--out", "out"]);
    assert_eq!(built.code, 0, "{built:?}");
    let report: serde_json::Value = serde_json::from_str(&built.stdout).unwrap();
    assert_eq!(report["world"], "example:demo-fn/fan@0.1.0");
    assert_eq!(report["std_code_bytes"], 0);
    let memory = serde_json::json!({ "initial_pages": 1, "maximum_pages": 32 });
    assert_eq!(report["sizes"]["memory"], memory);
    assert!(report["sizes"]["total_bytes"].as_u64().unwrap() < 4096, "{report}");

    let component = std::fs::read(folder.join("out/demo-fn.wasm")).unwrap();
    let world = linchpin_contract::load_component(&component).unwrap();
    assert_eq!(world.imports, [], "a pure function imports nothing");

    let input = r#"{"temperature": 60, "mode": "full"}"#;
    let called = linchpin(&folder, ["--format", "json", "run", "out/demo-fn.wasm", "decide", input]);
    assert_eq!(called.code, 0, "{called:?}");
    let report: serde_json::Value = serde_json::from_str(&called.stdout).unwrap();
    assert_eq!(report["output"], serde_json::json!({ "ok": { "speed": 0.5 } }));

    let input = "{temperature: 900, mode: quiet}";
    let fault = linchpin(&folder, ["run", "out/demo-fn.wasm", "control#decide", "--wave", input]);
    assert!(fault.stdout.starts_with("err(bad-temperature(900))"), "{fault:?}");

    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let tested = in_crate(&folder, &cargo, &["test"]);
    assert_eq!(tested.code, 0, "{tested:?}");
    assert!(tested.stdout.contains("3 passed"), "{tested:?}");
    assert!(tested.stdout.contains("1 passed"), "the doc test ran: {tested:?}");

    let again = linchpin(parent.path(), ["new", "demo-fn"]);
    assert_eq!(again.code, 2, "{again:?}");
}

#[test]
fn a_new_crate_may_take_the_guest_crate_by_version() {
    let parent = tempfile::tempdir().unwrap();
    let made = linchpin(parent.path(), ["new", "valve", "--version", "0.1.0"]);
    assert_eq!(made.code, 0, "{made:?}");
    let manifest = std::fs::read_to_string(parent.path().join("valve/Cargo.toml")).unwrap();
    assert!(manifest.contains("linchpin-guest = \"0.1.0\""), "{manifest}");
    assert!(!parent.path().join("valve/Cargo.lock").exists());
}
