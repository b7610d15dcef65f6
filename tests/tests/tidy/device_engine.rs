//! What a device links of the engine: its core, and nothing of its component model.

use std::collections::BTreeSet;
use std::process::Command;

/// The features of the engine that a build of `package` alone turns on, without what its tests need.
fn engine_features(package: &str) -> BTreeSet<String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["tree", "--locked", "--edges", "normal,features,no-proc-macro", "--package", package])
        .args(["--prefix", "none", "--format", "{p}|{f}"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "cargo tree: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("crate names are UTF-8");
    // `wasmtime v48.0.8|cranelift,runtime,std`, and ` (*)` where it was listed before.
    let engine = text.lines().filter(|line| line.starts_with("wasmtime v"));
    let features = engine.filter_map(|line| line.split_once('|')).flat_map(|(_, features)| {
        let features = features.trim_end_matches("(*)").split(',').map(str::trim);
        features.filter(|feature| !feature.is_empty()).map(str::to_owned)
    });
    features.collect()
}

#[test]
fn a_device_links_nothing_of_the_engines_component_model() {
    let is_of_component_model = |feature: &&String| feature.starts_with("component-model");
    let device = engine_features("linchpin-host");
    assert!(device.contains("cranelift") && device.contains("runtime"), "the engine is there: {device:?}");
    assert_eq!(device.iter().find(is_of_component_model), None, "{device:?}");
    // The tests hold the direct path against it, so that there the answer is another.
    let tests = engine_features("linchpin-tests");
    assert!(tests.iter().any(|feature| is_of_component_model(&feature)), "{tests:?}");
}
