//! The lock file holds one copy of every crate on the wasm-tools line.

use std::collections::BTreeMap;

/// Crates whose types cross our own interfaces: two copies would not fit each other.
const ONE_COPY: [&str; 13] = [
    "wasm-encoder",
    "wasm-metadata",
    "wasm-wave",
    "wasmparser",
    "wasmprinter",
    "wast",
    "wat",
    "wit-bindgen",
    "wit-bindgen-core",
    "wit-bindgen-rust",
    "wit-component",
    "wit-parser",
    "wasmtime",
];

#[test]
fn one_copy_of_each_wasm_crate() {
    let versions = versions("../Cargo.lock");
    for name in ONE_COPY {
        let found = versions.get(name).map_or(&[][..], Vec::as_slice);
        assert_eq!(found.len(), 1, "`{name}` is in the lock file as {found:?}");
    }
    assert!(versions["wasmparser"][0].starts_with("0.254."), "the line that wasmtime 48 is built on");
}

#[test]
fn what_is_fuzzed_is_what_is_built() {
    let (built, fuzzed) = (versions("../Cargo.lock"), versions("../fuzz/Cargo.lock"));
    assert!(fuzzed.contains_key("wasmparser") && fuzzed.contains_key("wit-parser"));
    for (name, found) in fuzzed {
        assert_eq!(built.get(&name), Some(&found), "`{name}` has another version in `fuzz/Cargo.lock`");
    }
}

/// Versions of [`ONE_COPY`] in a lock file.
fn versions(lock: &str) -> BTreeMap<String, Vec<String>> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(lock);
    let lock: toml::Table =
        std::fs::read_to_string(path).expect("the lock file").parse().expect("it is TOML");
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in lock["package"].as_array().expect("a list of packages") {
        let name = package["name"].as_str().expect("a name");
        if ONE_COPY.contains(&name) {
            let version = package["version"].as_str().expect("a version");
            versions.entry(name.to_owned()).or_default().push(version.to_owned());
        }
    }
    versions
}
