//! A guest in C: the contract and the checks know nothing of the language. Without clang there is nothing to test.
#![expect(clippy::expect_used, reason = "a test may stop at the first surprise")]

#[path = "cli/program.rs"]
mod program;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use linchpin_host::dynamic::{DynamicFunction, Value};
use linchpin_host::{Engine, EngineConfig, Limits, Loaded};
use program::linchpin;

/// Whether this machine has clang and its linker for WebAssembly.
fn has_clang() -> bool {
    let runs = |program: &str| {
        let mut command = Command::new(program);
        command
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|it| it.success())
    };
    runs("clang") && runs("wasm-ld")
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the repository is there")
}

/// Builds a guest and returns its component.
fn built(folder: &Path, arguments: &[&str], name: &str) -> Vec<u8> {
    let out = tempfile::tempdir().unwrap();
    let out_folder = out.path().display().to_string();
    let arguments = [&["build", "--quiet", "--out", &out_folder], arguments].concat();
    let made = linchpin(folder, &arguments);
    assert_eq!(made.code, 0, "{made:?}");
    std::fs::read(out.path().join(format!("{name}.wasm"))).expect("it was built")
}

/// `plan` of a component, called with one record of inputs.
fn plan(component: &[u8], inputs: &[Value]) -> Vec<Option<Value>> {
    let engine = Engine::new(EngineConfig::deterministic()).unwrap();
    let loaded = Loaded::standalone(&engine, component, &Limits::default()).expect("it is a pure component");
    let function = &loaded.functions()[0];
    let types = function.parameters.iter().map(|(_, ty)| ty);
    let layout = DynamicFunction::new(types, function.result.as_ref()).unwrap();
    let call = |inputs: &Value| {
        let arguments = std::slice::from_ref(inputs);
        loaded.call(|instance| layout.call(instance, 0, arguments)).unwrap().expect("it answers")
    };
    inputs.iter().map(call).collect()
}

#[test]
fn the_thermostat_in_c_is_the_thermostat_in_rust() {
    if !has_clang() {
        return eprintln!(
            "skipped: there is no clang with wasm-ld here; `apt-get install clang lld` brings them"
        );
    }
    let repository = repository();
    let c = built(&repository, &["--lang", "c", "guests/heater-thermostat-c"], "heater-thermostat-c");
    let rust = built(&repository, &["heater-thermostat"], "heater-thermostat");
    let world = |bytes: &[u8]| linchpin_contract::load_component(bytes).unwrap();
    let digests = |bytes: &[u8]| {
        let world = world(bytes);
        let of = |(_, function)| linchpin_contract::function_digest(function).unwrap();
        world.exported_functions().map(of).collect::<Vec<_>>()
    };
    assert_eq!(digests(&c), digests(&rust), "the contract has no language");
    assert_eq!(world(&c).imports, []);
    let inputs = inputs();
    assert!(inputs.len() > 100);
    assert_eq!(plan(&c, &inputs), plan(&rust, &inputs));
}

/// Every mode, with every set of sensors, at temperatures around every bound.
fn inputs() -> Vec<Value> {
    let hours = |value: f64| Value::List(vec![Value::F64(value); 24]);
    let mut inputs = Vec::new();
    for mode in 0..4 {
        for sensors in 0..8_u8 {
            for temperature in [-1.0, 0.0, 52.9, 53.0, 53.1, 57.9, 58.0, 58.1, 99.0, 99.1, f64::NAN] {
                inputs.push(Value::Record(vec![
                    Value::U16(720),
                    hours(20.0),
                    Value::Option((mode > 1).then(|| Box::new(hours(1.0)))),
                    Value::F64(temperature),
                    Value::F64(10.0),
                    Value::F64(20.0),
                    Value::Enum(mode),
                    Value::Flags((0..3).map(|flag| sensors & (1 << flag) != 0).collect()),
                    Value::Record([150.0, 3000.0, 1.5].map(Value::F64).into()),
                ]));
            }
        }
    }
    inputs
}

#[test]
fn a_manifest_that_cannot_be_is_refused_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let write = |text: &str| std::fs::write(folder.path().join("guest.toml"), text).unwrap();
    let missing = linchpin(folder.path(), ["build", "--lang", "c"]);
    assert!(missing.code == 2 && missing.stderr.contains("guest.toml"), "{missing:?}");
    for (text, says) in [
        ("name = \"a\"\nversion = \"1.0.0\"\nsource = [\"a.c\"]\n", "unknown field `source`"),
        ("name = \"a\"\nversion = \"1\"\nsources = [\"a.c\"]\n", "line 2"),
        ("name = \"../a\"\nversion = \"1.0.0\"\nsources = [\"a.c\"]\n", "`name = \"../a\"`"),
        ("name = \"a\"\nversion = \"1.0.0\"\nsources = []\n", "`sources` lists no file"),
        ("name = \"a\"\nversion = \"1.0.0\"\nsources = [\"a.c\"]\n", "wit"),
    ] {
        write(text);
        let refused = linchpin(folder.path(), ["build", "--lang", "c"]);
        assert!(refused.code == 2 && refused.stderr.contains(says), "{says}: {}", refused.stderr);
    }
    let manifest = folder.path().join("guest.toml");
    let named = ["build", "--lang", "c", "--manifest-path", manifest.to_str().unwrap()];
    let refused = linchpin(&repository(), named);
    assert!(refused.code == 2 && refused.stderr.contains("wit"), "it is the one that was named: {refused:?}");
    let both = linchpin(&repository(), named.into_iter().chain(["guests/heater-thermostat-c"]));
    assert!(both.code == 2 && both.stderr.contains("name one of them"), "{both:?}");
}

#[test]
fn without_a_compiler_the_error_says_what_to_install() {
    let mut command = Command::new(program::LINCHPIN);
    command.current_dir(repository()).args(["build", "--lang", "c", "guests/heater-thermostat-c"]);
    let output = command.env("LINCHPIN_CLANG", "no-such-clang").output().expect("the program runs");
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.contains("`no-such-clang`") && text.contains("apt-get install clang lld"), "{text}");
}
