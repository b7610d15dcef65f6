//! Waivers: what they lift, what they never do, and when they end.

use std::fs;

use linchpin_checker::verdict::{Level, PairLevel, PolicyLevel};

use crate::fixture::{Fixture, root};
use crate::program::linchpin;
use crate::{fired, verdict};

fn waived() -> Fixture {
    Fixture::new(&root().join("_several/waived-promise"))
}

fn edit(fixture: &Fixture, from: &str, to: &str) {
    let path = fixture.path().join("linchpin.toml");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(&path, text.replace(from, to)).unwrap();
}

#[test]
fn a_waived_promise_lifts_its_pair_until_the_last_day() {
    let fixture = waived();
    let verdict = verdict(fixture.path());
    assert!(verdict.clean);
    assert_eq!((verdict.pairs[0].policy, verdict.pairs[0].level), (PolicyLevel::Ok, PairLevel::Ok));
    assert_eq!(verdict.findings[0].level, Level::Allow);
    let waiver = verdict.findings[0].waived.as_ref().unwrap();
    assert_eq!(waiver.expires, "2026-06-30");
    assert!(waiver.reason.contains("clamped"));
    for (today, code) in [("2026-06-30", 0), ("2026-07-01", 1), ("2026-06-30", 0)] {
        assert_eq!(linchpin(fixture.path(), ["check", "--today", today]).code, code, "{today}");
    }
    let run = linchpin(fixture.path(), ["check", "--today", "soon"]);
    assert_eq!(run.code, 2, "{run:?}");
}

#[test]
fn a_waiver_for_another_module_or_path_waives_nothing() {
    for (from, to) in [
        ("module = \"guest\"", "module = \"other\""),
        ("path = \"acme:f/api@1.0.0.plan\"", "path = \"acme:f/api@1.0.0.pla\""),
        (
            "path = \"acme:f/api@1.0.0.plan\"",
            "path = \"acme:f/api@1.0.0.plan > param inputs > field temp > x\"",
        ),
    ] {
        let fixture = waived();
        edit(&fixture, from, to);
        let verdict = verdict(fixture.path());
        assert!(!verdict.clean);
        assert_eq!(fired(&verdict), ["range-exceeded", "waiver-unused"], "{to}");
    }
}

#[test]
fn a_waiver_of_one_module_leaves_the_finding_of_the_other() {
    let fixture = waived();
    let path = fixture.path().join("linchpin.toml");
    let text = fs::read_to_string(&path).unwrap();
    let other = "\n[modules.second]\ncomponent = \"module.wasm\"\nversion = \"1.0.0\"\ntargets = [\"device\"]\nwit = \"module.wit\"\n";
    fs::write(&path, format!("{text}{other}")).unwrap();
    let verdict = verdict(fixture.path());
    let level = |module: &str| verdict.pairs.iter().find(|pair| pair.module == module).unwrap().level;
    assert_eq!((level("guest"), level("second")), (PairLevel::Ok, PairLevel::Hazard));
    let hits = |level| -> Vec<&str> {
        let findings = verdict.findings.iter().filter(|finding| finding.level == level);
        findings.flat_map(|finding| finding.hits.iter().map(|hit| hit.module.as_str())).collect()
    };
    assert_eq!((hits(Level::Allow), hits(Level::Deny)), (vec!["guest"], vec!["second"]));
}

#[test]
fn a_waiver_never_makes_a_runtime_load_anything() {
    let fixture = Fixture::new(&root().join("waiver-without-effect/fails"));
    let verdict = verdict(fixture.path());
    assert!(!verdict.clean);
    assert_eq!(verdict.pairs[0].level, PairLevel::LinkFail);
    // What keeps it from loading stays in sight, and tells that no waiver changes it.
    let errors: Vec<_> = verdict.findings.iter().filter(|finding| finding.level == Level::Deny).collect();
    let [error] = errors.as_slice() else { panic!("{errors:?}") };
    assert_eq!((error.rule.as_str(), &error.waived), ("record-field-added", &None));
    assert!(
        error.help.ends_with("; no waiver allows it, for a runtime does it all the same"),
        "{}",
        error.help
    );
    assert!(fired(&verdict).contains(&"waiver-without-effect"));
    for format in ["text", "github", "junit", "markdown", "sarif"] {
        let run = linchpin(fixture.path(), ["check", "--today", "2026-06-30", "--format", format]);
        assert_eq!(run.code, 1, "{format}");
        assert!(run.stdout.contains("record-field-added"), "{format}: {}", run.stdout);
        assert!(run.stdout.contains("no waiver allows it"), "{format}: {}", run.stdout);
        assert!(!run.stdout.contains("suppressions"), "{format}: {}", run.stdout);
    }
}

/// A runtime that does not compare names of parameters takes the module, and only a promise is broken.
#[test]
fn a_hazard_that_a_runtime_accepts_can_be_waived() {
    let before = "package acme:f@1.0.0;\ninterface api {\n    plan: func(price: f64);\n}\nworld w {\n    export api;\n}\n";
    let after = before.replace("price", "limit").replace("1.0.0", "1.1.0");
    let waiver = "\n[[waivers]]\nrule = \"param-renamed\"\nreason = \"r\"\nexpires = \"2027-01-01\"\n";
    for (runtime, clean) in [("wasmtime-48", true), ("linchpin", false)] {
        let fixture = Fixture::of_wit(before, &after);
        edit(&fixture, "runtime = \"linchpin\"", &format!("runtime = \"{runtime}\""));
        assert!(!verdict(fixture.path()).clean, "{runtime}");
        let path = fixture.path().join("linchpin.toml");
        let text = fs::read_to_string(&path).unwrap() + waiver;
        fs::write(&path, text).unwrap();
        let verdict = verdict(fixture.path());
        assert_eq!(verdict.clean, clean, "{runtime}: {:?}", verdict.findings);
        assert_eq!(fired(&verdict).contains(&"waiver-without-effect"), !clean, "{runtime}");
    }
}

#[test]
fn an_edge_is_lifted_as_a_pair_is() {
    let waiver =
        |rule: &str| format!("\n[[waivers]]\nrule = \"{rule}\"\nreason = \"r\"\nexpires = \"2027-01-01\"\n");
    for (rule, level, clean) in [
        ("edge-unit-mismatch", PairLevel::Ok, true),
        ("edge-range-exceeded", PairLevel::Ok, true),
        ("edge-type-mismatch", PairLevel::CallFail, false),
        ("edge-endpoint-unknown", PairLevel::Unknown, false),
        ("edge-value-dependent", PairLevel::Conditional, false),
    ] {
        let fixture = Fixture::new(&root().join(rule).join("fails"));
        let path = fixture.path().join("linchpin.toml");
        fs::write(&path, fs::read_to_string(&path).unwrap() + &waiver(rule)).unwrap();
        let verdict = verdict(fixture.path());
        assert_eq!((verdict.edges[0].level, verdict.clean), (level, clean), "{rule}");
    }
}
