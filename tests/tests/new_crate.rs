//! `linchpin new`, then what its README says: the native tests, the build, a call.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test may stop at the first surprise")]

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
fn every_change_of_the_contract_builds_a_guest_anew() {
    let parent = tempfile::tempdir().unwrap();
    assert_eq!(linchpin(parent.path(), ["new", "tracked-fn"]).code, 0);
    is_compiled_at_every_change(&parent.path().join("tracked-fn"));
}

/// The first run in a target folder checks the engine once more, which takes a minute: outside of the workspace it has
/// other features than inside.
#[test]
fn every_change_of_the_contract_builds_a_host_anew() {
    let parent = tempfile::tempdir().unwrap();
    assert_eq!(linchpin(parent.path(), ["new", "tracked-host"]).code, 0);
    let folder = parent.path().join("tracked-host");
    is_a_host(&folder);
    std::fs::write(folder.join("src/lib.rs"), "linchpin_host::bindings!(\"fan\");\n").unwrap();
    is_compiled_at_every_change(&folder);
}

/// Makes a host of a new crate. It is told of its contract as a guest is, down to the same `build.rs`.
fn is_a_host(folder: &std::path::Path) {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    let (package, _) = manifest.split_once("[dependencies]").expect("the dependencies");
    let host = concat!(env!("CARGO_MANIFEST_DIR"), "/../host");
    let manifest = format!("{package}[dependencies]\nlinchpin-host = {{ path = {host:?} }}\n\n[workspace]\n");
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
}

/// Edits, adds and removes files of a new crate's contract.
fn is_compiled_at_every_change(folder: &std::path::Path) {
    let name = folder.file_name().and_then(std::ffi::OsStr::to_str).unwrap();
    assert!(compiles(folder, name), "for the first time");
    assert!(!compiles(folder, name), "nothing changed");

    let contract = folder.join(format!("wit/{name}.wit"));
    let text = std::fs::read_to_string(&contract).unwrap();
    replace(&contract, &format!("{text}\n// edited\n"));
    assert!(compiles(folder, name), "a file was edited");
    assert!(!compiles(folder, name));

    let added = folder.join("wit/added.wit");
    let extra = |ty: &str| {
        format!("package example:{name}@0.1.0;\n\ninterface added {{\n    record extra {{ a: {ty} }}\n}}\n")
    };
    replace(&added, &extra("u8"));
    assert!(compiles(folder, name), "a file was added");
    assert!(!compiles(folder, name));

    replace(&added, &extra("u16"));
    assert!(compiles(folder, name), "the added file was edited");
    std::fs::remove_file(&added).unwrap();
    assert!(compiles(folder, name), "a file was removed");
    assert!(!compiles(folder, name));
}

/// Writes a file so that cargo sees another time of change, which it compares in whole ticks of the file system.
fn replace(path: &std::path::Path, text: &str) {
    std::thread::sleep(std::time::Duration::from_millis(20));
    std::fs::write(path, text).unwrap();
}

/// Checks the crate and says whether that needed the compiler.
fn compiles(folder: &std::path::Path, name: &str) -> bool {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let checked = in_crate(folder, &cargo, &["check", "--message-format", "json"]);
    assert_eq!(checked.code, 0, "{checked:?}");
    let messages = checked.stdout.lines().map(|line| serde_json::from_str(line).unwrap());
    let mut own = messages.filter(|message: &serde_json::Value| {
        message["reason"] == "compiler-artifact" && message["target"]["name"] == name.replace('-', "_")
    });
    own.next_back().expect("cargo tells of the crate")["fresh"] == false
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

#[test]
fn types_of_a_contract_begin_a_guest() {
    let wit = concat!(env!("CARGO_MANIFEST_DIR"), "/../wit/water-heater");
    let here = tempfile::tempdir().unwrap();
    let printed = linchpin(here.path(), ["new-types", "--world", "heater", "--wit", wit]);
    assert_eq!(printed.code, 0, "{printed:?}");
    assert!(
        printed.stdout.contains("pub fn plan(inputs: Inputs) -> Result<Decision, Fault> {"),
        "{printed:?}"
    );
    let source = printed.stdout.replace("todo!()", "Err(Fault::TooFewPrices(inputs.prices.len() as u32))");

    let folder = begun(here.path(), "begun-fn", wit, &source);

    let unnamed = linchpin(&folder, ["new-types"]);
    assert_eq!(unnamed.code, 2, "the contract has two worlds: {unnamed:?}");
    let found = linchpin(&folder, ["new-types", "--world", "heater"]);
    assert_eq!(found.stdout, printed.stdout, "the crate's own contract is found");
    let elsewhere = linchpin(here.path(), ["new-types"]);
    assert!(elsewhere.code == 2 && elsewhere.stderr.contains("`--wit PATH`"), "{elsewhere:?}");
}

#[test]
fn newtypes_of_a_contract_begin_a_guest_as_printed() {
    let wit = concat!(env!("CARGO_MANIFEST_DIR"), "/newtypes/wit");
    let here = tempfile::tempdir().unwrap();
    let printed = linchpin(here.path(), ["new-types", "--world", "valve", "--wit", wit]);
    assert_eq!(printed.code, 0, "{printed:?}");
    assert!(printed.stdout.contains("pub struct HotWater(f64);"), "{printed:?}");
    begun(here.path(), "begun-valve", wit, &printed.stdout);
}

/// A new crate with this contract and source, once it is built: the source compiles, and the contract is met.
fn begun(parent: &std::path::Path, name: &str, wit: &str, source: &str) -> std::path::PathBuf {
    assert_eq!(linchpin(parent, ["new", name]).code, 0);
    let folder = parent.join(name);
    std::fs::remove_file(folder.join(format!("wit/{name}.wit"))).unwrap();
    copy(std::path::Path::new(wit), &folder.join("wit"));
    std::fs::write(folder.join("src/lib.rs"), source).unwrap();
    let built = in_crate(&folder, LINCHPIN, &["build", "--quiet", "--out", "out"]);
    assert_eq!(built.code, 0, "{built:?}");
    folder
}

/// A file into a folder, or all that is in a folder.
fn copy(from: &std::path::Path, to: &std::path::Path) {
    if from.is_file() {
        std::fs::copy(from, to.join(from.file_name().unwrap())).unwrap();
        return;
    }
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let into = if entry.path().is_dir() { to.join(entry.file_name()) } else { to.to_owned() };
        copy(&entry.path(), &into);
    }
}

/// Names of Rust's keywords and prelude, of upstream's own, and of two versions of one package: what is printed for them
/// compiles for WebAssembly, with all the code that is generated there.
#[test]
fn names_that_clash_begin_guests_that_build() {
    let here = tempfile::tempdir().unwrap();
    for (name, wit) in [
        ("begun-names", "tests/host/names.wit"),
        ("begun-keywords", "tests/guest/names"),
        ("begun-versions", "tests/versions"),
    ] {
        let wit = format!("{}/../macros/codegen/{wit}", env!("CARGO_MANIFEST_DIR"));
        let printed = linchpin(here.path(), ["new-types", "--wit", &wit]);
        assert_eq!(printed.code, 0, "{printed:?}");
        begun(here.path(), name, &wit, &printed.stdout);
    }
    // The contract's documentation holds code, of which none is Rust.
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let tested = in_crate(&here.path().join("begun-names"), &cargo, &["test", "--doc"]);
    assert_eq!(tested.code, 0, "{tested:?}");
    assert!(tested.stdout.contains("running 0 tests"), "{tested:?}");
}

/// All that a contract gives its newtypes stays when it cannot be read, so that one mistake in it is one error.
#[test]
fn a_slip_in_a_contract_is_one_error() {
    let parent = tempfile::tempdir().unwrap();
    assert_eq!(linchpin(parent.path(), ["new", "slip"]).code, 0);
    let folder = parent.path().join("slip");
    std::fs::remove_file(folder.join("wit/slip.wit")).unwrap();
    let newtypes = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("newtypes");
    let wit = std::fs::read_to_string(newtypes.join("wit/mixing-valve.wit")).unwrap();
    assert!(wit.contains("type seconds = u32;"), "{wit}");
    std::fs::write(folder.join("wit/slip.wit"), wit.replace("type seconds = u32;", "type seconds = u33;"))
        .unwrap();
    let source = std::fs::read_to_string(newtypes.join("src/lib.rs")).unwrap();
    assert!(["::new(", "::MAX", "::MIN", ".get()"].iter().all(|item| source.contains(item)), "{source}");
    std::fs::write(folder.join("src/lib.rs"), source).unwrap();
    is_told_once(&folder);

    // A host of the same contract: its module is not there, and nothing more is said of it.
    is_a_host(&folder);
    let source = "linchpin_host::bindings!(\"valve\");\nuse valve::{Slot, units::Seconds};\n\
        pub fn f(slot: &Slot, now: Seconds) -> valve::Decision { slot.mix(&valve::Inputs { now }) }\n";
    std::fs::write(folder.join("src/lib.rs"), source).unwrap();
    is_told_once(&folder);
}

/// The slip is the only error of the crate's library.
fn is_told_once(folder: &std::path::Path) {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let checked = in_crate(folder, &cargo, &["check", "--lib", "--message-format", "json"]);
    let messages =
        checked.stdout.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let errors = messages.filter(|message| {
        message["message"]["level"] == "error" && !message["message"]["spans"].as_array().unwrap().is_empty()
    });
    let errors: Vec<_> =
        errors.map(|error| error["message"]["message"].as_str().unwrap().to_owned()).collect();
    let [error] = errors.as_slice() else { panic!("{errors:#?}") };
    assert!(
        error.starts_with("cannot read the WIT: type `u33` does not exist: did you mean `u32`?"),
        "{error}"
    );
    assert!(error.contains("type seconds = u33;"), "{error}");
}
