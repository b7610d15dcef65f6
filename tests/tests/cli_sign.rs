//! From check to sign to verify, and every reason on the way not to.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "checker/fixture.rs"]
#[allow(dead_code, reason = "shared with the tests of the checker, which use more of it")]
mod fixture;
#[path = "cli/program.rs"]
mod program;

use std::fs;

use fixture::{Fixture, root};
use linchpin_trust::{Envelope, Level, Statement};
use program::{Run, linchpin};

fn checked(case: &str) -> Fixture {
    let system = Fixture::new(&root().join(case));
    assert_eq!(linchpin(system.path(), ["keygen", "--out", "k"]).code, 0);
    let code = linchpin(system.path(), ["check"]).code;
    assert_eq!(code, i32::from(!case.ends_with("near-miss")), "{case}");
    system
}

fn sign(system: &Fixture, counter: &str) -> Run {
    let key = "k/linchpin.private.json";
    linchpin(
        system.path(),
        [
            "--format",
            "json",
            "sign",
            "--key",
            key,
            "--counter",
            counter,
            "--issued-at",
            "1700000000",
            "--out",
            "out",
        ],
    )
}

fn verify(system: &Fixture, more: &[&str]) -> Run {
    let mut arguments = vec!["--format", "json", "verify", "module.wasm"];
    arguments.extend(["--attestation", "out/guest.attestation.json", "--key", "k/linchpin.public.json"]);
    if !more.contains(&"--device-class") {
        arguments.extend(["--device-class", "device"]);
    }
    arguments.extend(more);
    linchpin(system.path(), arguments)
}

fn refusal(run: &Run) -> String {
    assert_eq!(run.code, 1, "{run:?}");
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let refusal = &report["refusal"];
    refusal.as_str().or_else(|| refusal["code"].as_str()).expect("a refusal has a code").to_owned()
}

#[test]
fn a_clean_verdict_is_signed_and_a_device_of_the_class_accepts_it() {
    let system = checked("enum-case-added/near-miss");
    let signed = sign(&system, "7");
    assert_eq!(signed.code, 0, "{signed:?}");
    let accepted = verify(&system, &["--last-counter", "6"]);
    assert_eq!(accepted.code, 0, "{accepted:?}");
    let report: serde_json::Value = serde_json::from_str(&accepted.stdout).unwrap();
    assert_eq!((report["accepted"].as_bool(), report["counter"].as_u64()), (Some(true), Some(7)));

    let first = fs::read(system.path().join("out/guest.attestation.json")).unwrap();
    assert_eq!(sign(&system, "7").code, 0);
    let again = fs::read(system.path().join("out/guest.attestation.json")).unwrap();
    assert_eq!(first, again, "the same verdict, key, counter and time give the same bytes");
}

/// A system with edges has a verdict on them, and a change of an edge's end is a change of what was checked.
#[test]
fn a_system_with_edges_is_signed_as_a_whole() {
    let system = checked("edge-type-mismatch/near-miss");
    let verdict = fs::read_to_string(system.path().join("target/linchpin/verdict.json")).unwrap();
    let verdict: serde_json::Value = serde_json::from_str(&verdict).unwrap();
    assert!(!verdict["edges"].as_array().unwrap().is_empty());
    let signed = sign(&system, "1");
    assert_eq!(signed.code, 0, "{signed:?}");
    let report: serde_json::Value = serde_json::from_str(&signed.stdout).unwrap();
    assert_eq!(report["modules"], serde_json::json!(["forecast", "guest"]));
    let envelope = fs::read(system.path().join("out/guest.attestation.json")).unwrap();
    let statement = Statement::parse(&Envelope::parse(&envelope).unwrap().payload).unwrap();
    let [edge] = statement.predicate.edges.as_slice() else { panic!("{:?}", statement.predicate.edges) };
    let ends = [&edge.from, &edge.to].map(|end| format!("{}/{}", end.module, end.path));
    assert_eq!(ends, ["forecast/day-ahead -> ok.prices", "guest/plan(inputs.prices)"]);
    assert_eq!(edge.level, Level::Ok);
    let digests: Vec<_> = statement.subjects.iter().map(|subject| subject.sha256).collect();
    assert!(digests.contains(&edge.from.module_sha256) && digests.contains(&edge.to.module_sha256));
    assert_eq!(verify(&system, &["--last-counter", "0"]).code, 0);

    let toml = system.path().join("linchpin.toml");
    let text = fs::read_to_string(&toml).unwrap();
    fs::write(&toml, text.replace("[[edges]]", "# moved\n[[edges]]")).unwrap();
    assert_eq!(refusal(&sign(&system, "2")), "system-changed");

    let broken = checked("edge-type-mismatch/fails");
    assert_eq!(refusal(&sign(&broken, "1")), "verdict-not-clean");
}

#[test]
fn a_red_verdict_is_not_signed() {
    let system = checked("record-field-added/fails");
    assert_eq!(refusal(&sign(&system, "1")), "verdict-not-clean");
    assert!(!system.path().join("out").exists());
}

#[test]
fn a_verdict_that_was_made_green_by_hand_is_not_signed() {
    let system = checked("record-field-added/fails");
    let path = system.path().join("target/linchpin/verdict.json");
    let mut verdict: serde_json::Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    verdict["clean"] = true.into();
    verdict["findings"] = serde_json::json!([]);
    for pair in verdict["pairs"].as_array_mut().unwrap() {
        pair["level"] = "ok".into();
    }
    fs::write(&path, verdict.to_string()).unwrap();
    assert_eq!(refusal(&sign(&system, "1")), "verdict-differs");
}

#[test]
fn what_changed_after_the_check_is_not_signed() {
    let edits: [(&str, &str, fn(Vec<u8>) -> Vec<u8>); 2] = [
        // An empty custom section: the same types, other bytes.
        ("module.wasm", "component-changed", |mut bytes| {
            bytes.extend([0, 2, 1, b'x']);
            bytes
        }),
        ("linchpin.toml", "system-changed", |mut bytes| {
            bytes.extend(b"# later\n");
            bytes
        }),
    ];
    for (file, code, edit) in edits {
        let system = checked("enum-case-added/near-miss");
        let path = system.path().join(file);
        fs::write(&path, edit(fs::read(&path).unwrap())).unwrap();
        assert_eq!(refusal(&sign(&system, "1")), code, "{file}");
    }
}

#[test]
fn a_device_refuses_what_is_not_for_it() {
    let system = checked("enum-case-added/near-miss");
    assert_eq!(sign(&system, "2").code, 0);
    assert_eq!(linchpin(system.path(), ["keygen", "--out", "other"]).code, 0);
    assert_eq!(refusal(&verify(&system, &["--device-class", "boiler"])), "device-class-mismatch");
    assert_eq!(refusal(&verify(&system, &["--last-counter", "3"])), "counter-older");
    assert_eq!(refusal(&verify(&system, &["--last-counter", "2"])), "counter-reused");
    assert_eq!(
        refusal(&verify(&system, &["--key", "other/linchpin.public.json", "--threshold", "2"])),
        "threshold-not-met"
    );

    let wrong_key = linchpin(
        system.path(),
        "--format json verify module.wasm --attestation out/guest.attestation.json --key other/linchpin.public.json --device-class device".split(' '),
    );
    assert_eq!(refusal(&wrong_key), "key-unknown");

    let path = system.path().join("module.wasm");
    let mut bytes = fs::read(&path).unwrap();
    bytes.extend([0, 2, 1, b'x']);
    fs::write(&path, bytes).unwrap();
    assert_eq!(refusal(&verify(&system, &[])), "subject-mismatch");
}

#[test]
fn the_counter_file_moves_on_with_each_attestation() {
    let system = checked("enum-case-added/near-miss");
    let arguments = "sign --key k/linchpin.private.json --last-counter-file counter --out out";
    for counter in 1..=3 {
        assert_eq!(linchpin(system.path(), arguments.split(' ')).code, 0);
        assert_eq!(fs::read_to_string(system.path().join("counter")).unwrap(), format!("{counter}\n"));
    }
    assert_eq!(verify(&system, &["--last-counter", "2"]).code, 0);
}

#[test]
fn an_attestation_that_ran_out_permits_no_install() {
    let system = checked("enum-case-added/near-miss");
    let arguments =
        "sign --key k/linchpin.private.json --counter 1 --issued-at 1000 --expires-days 1 --out out";
    assert_eq!(linchpin(system.path(), arguments.split(' ')).code, 0);
    assert_eq!(verify(&system, &["--at", "87399"]).code, 0);
    assert_eq!(refusal(&verify(&system, &["--at", "87400"])), "expired");
}

#[cfg(unix)]
#[test]
fn a_private_key_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let system = checked("enum-case-added/near-miss");
    let mode = fs::metadata(system.path().join("k/linchpin.private.json")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let again = linchpin(system.path(), ["keygen", "--out", "k"]);
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("is not overwritten"), "{again:?}");
}
