//! What cannot be read is an error with the key that named it, the reason and a fix; all of them at once.

use std::fs;
use std::path::Path;

use super::fixture::{Fixture, root};

fn system() -> Fixture {
    Fixture::new(&root().join("enum-case-added/near-miss"))
}

fn edit(fixture: &Fixture, from: &str, to: &str) {
    let path = fixture.path().join("linchpin.toml");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(&path, text.replace(from, to)).unwrap();
}

fn only(fixture: &Fixture) -> (String, String) {
    let mut errors = fixture.errors();
    assert_eq!(errors.len(), 1, "{errors:?}");
    errors.remove(0)
}

#[test]
fn unusable_components_are_refused_by_name() {
    let fixture = system();
    let path = fixture.path().join("module.wasm");
    let whole = fs::read(&path).unwrap();
    let cases: [(&str, Box<dyn Fn(&Path)>); 7] = [
        ("missing-file", Box::new(|path| fs::remove_file(path).unwrap())),
        ("not-a-component", Box::new(|path| fs::write(path, "hello\n").unwrap())),
        ("not-a-component", Box::new(|path| fs::write(path, b"\0asm\x01\0\0\0").unwrap())),
        ("not-a-component", Box::new(|path| fs::write(path, &whole[..whole.len() / 2]).unwrap())),
        ("not-a-component", Box::new(|path| fs::write(path, "").unwrap())),
        ("too-large", Box::new(|path| fs::File::create(path).unwrap().set_len(100_000_000).unwrap())),
        (
            "not-a-file",
            Box::new(|path| {
                fs::remove_file(path).unwrap();
                fs::create_dir(path).unwrap();
            }),
        ),
    ];
    let mut seen = String::new();
    for (code, spoil) in &cases {
        spoil(&path);
        let (found, message) = only(&fixture);
        assert_eq!(found, *code, "{message}");
        assert!(message.starts_with("linchpin.toml:"), "{message}");
        assert!(message.contains("`modules.guest.component` names `module.wasm`"), "{message}");
        seen.push_str(&message);
        seen.push('\n');
    }
    insta::with_settings!({ snapshot_path => root(), prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("component-errors", seen);
    });
}

#[test]
fn unusable_firmwares_are_refused_by_name() {
    let fixture = system();
    let path = fixture.path().join("firmware.bin");
    let descriptor = fs::read(&path).unwrap();
    let cases = [
        ("descriptor", "descriptor", descriptor[..descriptor.len() / 2].to_vec()),
        ("descriptor", "descriptor", b"hello".to_vec()),
        ("descriptor", "no-descriptor", vec![0; 64]),
        ("binary", "not-a-binary", b"hello\n".to_vec()),
        ("binary", "not-a-binary", vec![0; 4096]),
        ("binary", "no-descriptor", fs::read(env!("CARGO_BIN_EXE_linchpin-under-test")).unwrap()),
        ("binary", "no-descriptor", b"\0asm\x01\0\0\0".to_vec()),
        ("binary", "damaged-binary", fs::read(std::env::current_exe().unwrap()).unwrap()[..100].to_vec()),
    ];
    let mut key = "descriptor";
    for (kind, code, bytes) in cases {
        edit(&fixture, &format!("{key} = \"firmware.bin\""), &format!("{kind} = \"firmware.bin\""));
        key = kind;
        fs::write(&path, bytes).unwrap();
        let (found, message) = only(&fixture);
        assert_eq!(found, code, "{message}");
        assert!(
            message.contains(&format!("`targets.device.firmware[0].{kind}` names `firmware.bin`")),
            "{message}"
        );
    }
}

#[test]
fn a_wasm_binary_with_a_descriptor_serves_as_firmware() {
    let fixture = system();
    let path = fixture.path().join("firmware.bin");
    let descriptor = fs::read(&path).unwrap();
    let mut wasm = b"\0asm\x01\0\0\0".to_vec();
    let name = b"linchpin";
    let mut body = vec![u8::try_from(name.len()).unwrap()];
    body.extend_from_slice(name);
    body.extend_from_slice(&descriptor);
    wasm.push(0);
    let mut length = body.len();
    while length >= 0x80 {
        wasm.push(u8::try_from(length & 0x7f).unwrap() | 0x80);
        length >>= 7;
    }
    wasm.push(u8::try_from(length).unwrap());
    wasm.extend_from_slice(&body);
    fs::write(&path, wasm).unwrap();
    edit(&fixture, "descriptor = \"firmware.bin\"", "binary = \"firmware.bin\"");
    assert!(fixture.verdict().clean);
}

#[test]
fn every_error_of_a_system_file_is_reported_at_once() {
    let fixture = system();
    let text = "\
[system]
nmae = \"x\"
contracts = \"nowhere\"
inventory = \"fleet.json\"

[targets.device]
runtime = \"lynchpin\"
firmware = [
    { version = \"3\", descriptor = \"a\", binary = \"b\" },
    { version = \"3.0.0\" },
]
limits = { memory = \"128KB\", instructions = 0, stack = \"1KiB\" }

[modules.guest]
component = 7
version = \"1.0\"
targets = [\"devise\"]

[modules.other]
component = \"\"
version = \"1.0.0\"
targets = []

[[edges]]
from = \"a\"
";
    fs::write(fixture.path().join("linchpin.toml"), text).unwrap();
    let errors = fixture.errors();
    let lines: Vec<String> = errors.iter().map(|(code, message)| format!("[{code}] {message}")).collect();
    insta::with_settings!({ snapshot_path => root(), prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("system-errors", lines.join("\n"));
    });
}

#[test]
fn text_that_is_not_toml_is_refused_with_its_line() {
    let fixture = system();
    fs::write(fixture.path().join("linchpin.toml"), "[system]\nname = \n").unwrap();
    let (code, message) = only(&fixture);
    assert_eq!(code, "syntax");
    assert!(message.starts_with("linchpin.toml:2:"), "{message}");
    fs::write(fixture.path().join("linchpin.toml"), [0xff, 0xfe]).unwrap();
    assert_eq!(only(&fixture).0, "system-file");
    fs::remove_file(fixture.path().join("linchpin.toml")).unwrap();
    assert_eq!(only(&fixture).0, "system-file");
}

#[test]
fn a_contract_with_a_syntax_error_is_refused_with_its_line() {
    let fixture = system();
    fs::write(fixture.path().join("module.wit"), "package acme:f@1.0.0;\ninterface api { plan func(); }\n")
        .unwrap();
    let (code, message) = only(&fixture);
    assert_eq!(code, "wit-syntax");
    assert!(message.contains("module.wit:2:"), "{message}");
    assert!(!message.contains(&fixture.path().display().to_string()), "{message}");
    edit(&fixture, "contracts = \"contracts\"", "contracts = \"nowhere\"");
    assert_eq!(fixture.errors().len(), 2);
}

/// Whatever the bytes are, loading ends with a value or an error.
#[test]
fn broken_bytes_never_panic() {
    let fixture = system();
    let descriptor = fs::read(fixture.path().join("firmware.bin")).unwrap();
    for length in 0..descriptor.len() {
        let read = linchpin_checker::firmware::descriptors(&descriptor[..length]);
        // What was cut may be padding alone.
        assert!(read.is_err() || descriptor[length..].iter().all(|byte| *byte == 0), "{length}");
        let mut flipped = descriptor.clone();
        flipped[length] ^= 1 << (length % 8);
        drop(linchpin_checker::firmware::descriptors(&flipped));
    }
    let binary = fs::read(std::env::current_exe().unwrap()).unwrap();
    for length in (0..4096).chain([binary.len() / 2, binary.len() - 1]) {
        assert!(linchpin_checker::firmware::descriptors(&binary[..length.min(binary.len())]).is_err());
    }
    let path = fixture.path().join("linchpin.toml");
    let text = fs::read_to_string(&path).unwrap();
    for length in 0..text.len() {
        fs::write(&path, &text[..length]).unwrap();
        drop(linchpin_checker::load(&path));
    }
}

/// A value that is a number of the right kind and cannot be meant is told as it is.
#[test]
fn numbers_and_sizes_that_cannot_be_meant_are_told_by_their_value() {
    let table = |limits: &str| format!("firmware.bin\" }}]\nlimits = {{ {limits} }}");
    let system_key = |key: &str| format!("contracts = \"contracts\"\n{key}");
    for (from, to, told) in [
        (
            "firmware.bin\" }]",
            table("functions = -1"),
            "`targets.device.limits.functions` is -1, which cannot be meant",
        ),
        (
            "firmware.bin\" }]",
            table("functions = 0"),
            "`targets.device.limits.functions` is 0, which cannot be meant",
        ),
        ("firmware.bin\" }]", table("functions = 1.5"), "holds a float; write a whole number above 0"),
        ("firmware.bin\" }]", table("memory = \"99999999999999GiB\""), "which is more than any size"),
        ("firmware.bin\" }]", table("memory = \"9GB\""), "which is no size"),
        (
            "contracts = \"contracts\"",
            system_key("least-percent = 200"),
            "is 200, which is more than all; write a share",
        ),
        ("module.wit", "modle.wit".to_owned(), "there is no such file or folder; write the contract there"),
    ] {
        let fixture = system();
        edit(&fixture, from, &to);
        let (_, message) = only(&fixture);
        assert!(message.contains(told), "{message}");
    }
}

/// A firmware that is given as WIT has no descriptor that could be extracted again.
#[test]
fn a_firmware_that_is_given_as_wit_is_told_as_wit() {
    let fixture = system();
    let host =
        "package acme:h@1.0.0;\ninterface api { f: func(); }\nworld offers { import api; }\nworld bare {}\n";
    std::fs::write(fixture.path().join("host.wit"), host).unwrap();
    for (world, told) in [
        (
            "world = \"offers\"",
            "its world `offers` exports no function, and a `linchpin` firmware calls what",
        ),
        ("world = \"bare\"", "its world `bare` exports no function, and a `linchpin` firmware calls what"),
        ("worlds = [\"offers\", \"bare\"]", "none of its worlds `offers`, `bare` exports a function, and a"),
    ] {
        let fixture_edit = |text: &str| format!("wit = \"host.wit\", {text}");
        let again = system();
        std::fs::write(again.path().join("host.wit"), host).unwrap();
        edit(&again, "descriptor = \"firmware.bin\"", &fixture_edit(world));
        let (code, message) = only(&again);
        assert_eq!(code, "no-descriptor");
        assert!(message.contains(told) && !message.contains("extract it again"), "{message}");
    }
    edit(&fixture, "descriptor = \"firmware.bin\"", "wit = \"host.wit\", world = \"bare\"");
    edit(&fixture, "runtime = \"linchpin\"", "runtime = \"wasmtime-48\"");
    assert!(only(&fixture).1.contains("its world `bare` exports no function and imports none"));
}
