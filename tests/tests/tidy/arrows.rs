//! Which crate may link which: the arrows of the architecture, over what cargo really resolves.

use std::collections::BTreeSet;
use std::process::Command;

/// What a crate links at run time: normal dependencies, procedural macros left out.
fn linked(package: &str) -> BTreeSet<String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let arguments =
        ["tree", "--locked", "--edges", "normal,no-proc-macro", "--prefix", "none", "--package", package];
    // What a guest links, it links as WebAssembly.
    let target = if GUESTS.contains(&package) { &["--target", "wasm32-unknown-unknown"][..] } else { &[] };
    let output = Command::new(cargo)
        .args(arguments)
        .args(target)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "cargo tree: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("crate names are UTF-8");
    let names = text.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned);
    let names: BTreeSet<_> = names.filter(|name| name != package).collect();
    assert!(!names.is_empty(), "`{package}` links nothing at all: is the name right?");
    names
}

/// Crates that are compiled to WebAssembly.
const GUESTS: [&str; 3] = ["linchpin-guest", "heater-schedule", "bench-add"];

/// `(crate, what it must not link)`.
const FORBIDDEN: [(&str, &[&str]); 9] = [
    ("linchpin-contract", &["linchpin-*", "wasmtime", "tokio"]),
    ("linchpin-codegen", &["linchpin-checker", "linchpin-host", "linchpin-trust", "wasmtime", "tokio"]),
    ("linchpin-macros", &["linchpin-checker", "linchpin-host", "linchpin-trust", "wasmtime", "tokio"]),
    ("linchpin-checker", &["linchpin-host", "linchpin-trust", "linchpin-codegen", "wasmtime", "tokio"]),
    (
        "linchpin-trust",
        &["linchpin-*", "wasmtime", "wasmparser", "wit-parser", "tokio", "async-*", "futures*", "ring"],
    ),
    (
        "linchpin-host",
        &[
            "linchpin-contract",
            "linchpin-checker",
            "linchpin-codegen",
            "wit-parser",
            "wit-component",
            "tokio",
        ],
    ),
    ("linchpin-guest", &["linchpin-contract", "linchpin-host", "linchpin-trust", "wasmtime", "wit-parser"]),
    ("linchpin-testing", &["linchpin", "linchpin-checker", "linchpin-codegen", "tokio"]),
    ("heater-schedule", &["linchpin-contract", "linchpin-host", "linchpin-trust", "wasmtime", "wit-parser"]),
];

fn matches(pattern: &str, name: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == name, |prefix| name.starts_with(prefix))
}

#[test]
fn arrows_point_one_way() {
    let mut wrong = Vec::new();
    for (package, forbidden) in FORBIDDEN {
        for name in linked(package) {
            if forbidden.iter().any(|pattern| matches(pattern, &name)) {
                wrong.push(format!("`{package}` links `{name}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn trust_adds_little_to_a_binary() {
    let crates = linked("linchpin-trust");
    assert!(crates.len() <= 30, "{} crates: {crates:?}", crates.len());
    let c_compilers: Vec<_> = crates.iter().filter(|name| name.ends_with("-sys") || *name == "cc").collect();
    assert!(c_compilers.is_empty(), "these build C: {c_compilers:?}");
}

#[test]
fn a_guest_lists_one_dependency_of_ours() {
    let ours: Vec<_> =
        linked("heater-schedule").into_iter().filter(|name| name.starts_with("linchpin")).collect();
    assert_eq!(ours, ["linchpin-guest"]);
}

#[test]
fn a_guest_is_at_most_three_crates_at_run_time() {
    // Itself, and what it links as WebAssembly.
    let crates = linked("bench-add");
    assert!(crates.len() < 3, "{crates:?}");
}

#[test]
fn a_new_guest_lists_one_dependency() {
    let manifest: toml::Table = include_str!("../../../cli/templates/Cargo.toml.in")
        .replace("{{dependency}}", "\"0.1.0\"")
        .parse()
        .expect("the template is TOML");
    let tables = manifest.keys().filter(|key| key.ends_with("dependencies")).collect::<Vec<_>>();
    assert_eq!(tables, ["dependencies"]);
    let names: Vec<_> =
        manifest["dependencies"].as_table().into_iter().flatten().map(|(name, _)| name).collect();
    assert_eq!(names, ["linchpin-guest"]);
}
