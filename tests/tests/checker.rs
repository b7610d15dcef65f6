//! The checker over fixtures: each rule fires on its failing case and is silent on its near miss.

#[path = "checker/features.rs"]
mod features;
#[path = "checker/fixture.rs"]
mod fixture;
#[path = "checker/loading.rs"]
mod loading;
#[path = "checker/profile.rs"]
mod profile;
#[path = "checker/truth.rs"]
mod truth;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use fixture::{Fixture, component, folders, rendered, root, today};
use linchpin_checker::verdict::{Level, PairLevel, PolicyLevel, Role};
use linchpin_checker::{Verdict, check, explain, load, lock_text, render, rules};
use linchpin_contract::load_wit;

/// A rule for which no contract is known that makes it fire; the walk has it for what nobody thought of.
const WITHOUT_FIXTURE: &[&str] = &["digest-differs"];

fn name(path: &std::path::Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

#[test]
fn each_rule_fires_on_its_failing_case_and_not_on_its_near_miss() {
    let mut wrong = Vec::new();
    for folder in folders(&root()).iter().filter(|folder| !name(folder).starts_with('_')) {
        let rule = name(folder);
        let fails = Fixture::new(&folder.join("fails")).verdict();
        let near_miss = Fixture::new(&folder.join("near-miss")).verdict();
        let found = fails.findings.iter().find(|finding| finding.rule == rule);
        if found.is_none_or(|found| found.level == Level::Deny && fails.clean) {
            wrong.push(format!("{rule} does not fire:\n{}", rendered(&fails)));
        }
        if !near_miss.clean || !near_miss.findings.is_empty() {
            wrong.push(format!("the near miss of {rule} is not clean:\n{}", rendered(&near_miss)));
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("fails", reports(&fails)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The findings without the summary, whose words are those of the tests of reports.
fn reports(verdict: &Verdict) -> String {
    render::findings_text(&verdict.findings, &render::TextOptions::default())
}

#[test]
fn several_faults_are_all_reported_with_both_places() {
    for folder in folders(&root().join("_several")) {
        let verdict = Fixture::new(&folder).verdict();
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("report", rendered(&verdict)));
    }
}

#[test]
fn every_rule_has_a_page_and_a_fixture() {
    let comparisons = root().with_file_name("diff");
    let fixtures = folders(&root()).into_iter().chain(folders(&comparisons));
    let fixtures: BTreeSet<String> = fixtures.map(|folder| name(&folder)).collect();
    let mut ids = BTreeSet::new();
    for rule in rules() {
        let page = explain(rule.id).unwrap();
        assert!(page.starts_with(&format!("# `{}`\n", rule.id)), "{}", rule.id);
        for section in ["## What it does", "## Why it breaks", "## Example", "## What to do"] {
            let text = page.split(section).nth(1).unwrap_or_default().trim();
            assert!(!text.is_empty() && !text.starts_with("##"), "{} lacks {section}", rule.id);
        }
        assert!(ids.insert(rule.id.to_owned()), "two rules are called {}", rule.id);
        let has_fixture = fixtures.contains(rule.id);
        assert_eq!(has_fixture, !WITHOUT_FIXTURE.contains(&rule.id), "{}", rule.id);
    }
    let stray: Vec<_> =
        fixtures.iter().filter(|name| !name.starts_with('_') && !ids.contains(*name)).collect();
    assert!(stray.is_empty(), "fixtures of no rule: {stray:?}");
    let ordered: Vec<_> = rules().iter().map(|rule| rule.id).collect();
    assert!(ordered.is_sorted());
    assert_eq!(explain("no-such-rule"), None);
}

#[test]
fn the_matrix_of_rules_over_fixtures_is_as_reviewed() {
    let mut matrix = String::new();
    for folder in folders(&root()) {
        for case in folders(&folder) {
            let verdict = Fixture::new(&case).verdict();
            let fired: BTreeSet<_> = verdict.findings.iter().map(|finding| finding.rule.as_str()).collect();
            let fired: Vec<_> = fired.into_iter().collect();
            writeln!(matrix, "{}/{}: {}", name(&folder), name(&case), fired.join(" ")).unwrap();
        }
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("matrix", matrix));
}

#[test]
fn a_contract_against_itself_is_clean_and_a_check_gives_the_same_bytes_twice() {
    for folder in folders(&root()) {
        for case in folders(&folder) {
            for side in ["firmware.wit", "module.wit"] {
                let wit = std::fs::read_to_string(case.join(side)).unwrap();
                let verdict = Fixture::of_wit(&wit, &wit).verdict();
                // What is impure or misspelt is so by itself; what compares two sides finds nothing.
                let compared: Vec<_> =
                    verdict.findings.iter().filter(|finding| finding.role.is_some()).collect();
                assert!(compared.is_empty(), "{}: {}", case.display(), rendered(&verdict));
            }
            let fixture = Fixture::new(&case);
            let (one, two) = (fixture.verdict(), fixture.verdict());
            assert_eq!(render::json(&one).unwrap(), render::json(&two).unwrap());
            let read: Verdict = serde_json::from_str(&render::json(&one).unwrap()).unwrap();
            assert_eq!(read, one);
        }
    }
}

/// Two mistakes are two findings.
#[test]
fn a_change_of_types_does_not_hide_that_of_a_unit_or_a_range() {
    let wit = |unit: &str, range: &str, ty: &str| {
        format!(
            "package acme:f@1.0.0; interface api {{ record r {{ /// @unit {unit}\n a: f64, {range}\n b: f64, c: {ty} }} f: func(r: r); }} world w {{ export api; }}"
        )
    };
    let verdict =
        Fixture::of_wit(&wit("celsius", "", "u8"), &wit("kelvin", "/// @range 0..=10", "u16")).verdict();
    let found: Vec<_> = verdict.findings.iter().map(|finding| finding.rule.as_str()).collect();
    for rule in ["primitive-changed", "unit-changed", "range-exceeded"] {
        assert_eq!(found.iter().filter(|other| **other == rule).count(), 1, "{rule}: {found:?}");
    }
}

/// The device engineer's day: the guest's WIT is edited, the guest built again, the system checked.
#[test]
fn an_edit_of_the_guests_wit_shows_the_line_of_the_firmware_and_the_line_of_the_guest() {
    let wit = "package acme:f@1.0.0;
interface api {
    enum mode { off, eco }
    record inputs { temp: f64, mode: mode }
    plan: func(inputs: inputs, price: f64, limit: f64) -> f64;
}
world w { export api; }
";
    let edits = [
        ("record-field-renamed", "temp: f64", "water: f64"),
        ("primitive-changed", "temp: f64", "temp: f32"),
        ("param-reordered-same-type", "price: f64, limit: f64", "limit: f64, price: f64"),
        ("enum-case-added", "off, eco", "off, eco, boost"),
    ];
    for (rule, from, to) in edits {
        for version in ["1.0.0", "1.1.0"] {
            let edited = wit.replace(from, to).replace("1.0.0", version);
            let verdict = Fixture::of_wit(wit, &edited).verdict();
            assert!(!verdict.clean);
            assert!(verdict.pairs.iter().all(|pair| pair.level == PairLevel::LinkFail));
            let [finding] = verdict.findings.as_slice() else { panic!("{}", rendered(&verdict)) };
            assert_eq!((finding.rule.as_str(), finding.role), (rule, Some(Role::ModuleUpgrade)));
            let files: Vec<_> =
                finding.sides.iter().map(|side| side.place.as_ref().unwrap().file.as_str()).collect();
            assert_eq!(files, ["module.wit", "contracts/released/f/1.0.0.wit"], "{rule}");
        }
    }
}

#[test]
fn a_verdict_names_every_pair_by_digest_once() {
    let fixture = Fixture::new(&root().join("enum-case-added/near-miss"));
    let verdict = fixture.verdict();
    assert!(verdict.clean);
    assert_eq!(verdict.pairs.len(), 1);
    let bytes = std::fs::read(fixture.path().join("module.wasm")).unwrap();
    assert_eq!(verdict.modules[0].sha256, linchpin_contract::Digest::of(&bytes));
    assert!(verdict.firmwares[0].functions.contains_key("acme:f/api@1.0.0.plan"));
    assert!(verdict.modules[0].functions.contains_key("acme:f/api@1.1.0.plan"));
    let pair = &verdict.pairs[0];
    assert_eq!((pair.link, pair.policy, pair.level), (PairLevel::Ok, PolicyLevel::Ok, PairLevel::Ok));

    let changed = std::fs::read_to_string(fixture.path().join("linchpin.toml")).unwrap() + "\n# a comment\n";
    std::fs::write(fixture.path().join("linchpin.toml"), changed).unwrap();
    assert_ne!(fixture.verdict().system.digest, verdict.system.digest);
}

#[test]
fn one_fault_on_many_firmwares_is_one_finding_with_all_its_hits() {
    let fixture = Fixture::new(&root().join("record-field-added/fails"));
    let path = fixture.path().join("linchpin.toml");
    let system = std::fs::read_to_string(&path).unwrap();
    let several = system.replace(
        "firmware = [{ version = \"3.0.0\", descriptor = \"firmware.bin\" }]",
        "firmware = [{ version = \"3.1.0\", descriptor = \"firmware.bin\" }, { version = \"3.0.0\", descriptor = \"firmware.bin\" }]",
    );
    std::fs::write(&path, several).unwrap();
    let verdict = fixture.verdict();
    assert_eq!(verdict.pairs.len(), 2);
    assert_eq!(verdict.findings.len(), 1);
    assert_eq!(verdict.findings[0].level, Level::Deny);
    assert_eq!(verdict.findings[0].hits.len(), 2);
}

#[test]
fn the_lock_that_is_written_is_the_lock_that_holds() {
    let fixture = Fixture::new(&root().join("released-changed/near-miss"));
    let lock = fixture.path().join("contracts/released/released.lock");
    let system = load(&fixture.path().join("linchpin.toml")).unwrap();
    assert_eq!(lock_text(&system), std::fs::read_to_string(&lock).unwrap());
    assert!(check(&system, &today()).clean);
}

#[test]
fn an_export_of_the_world_itself_is_matched_too() {
    let wit = "package acme:f@1.0.0; world w { export plan: func(price: f64) -> f64; }";
    let verdict = Fixture::of_wit(wit, wit).verdict();
    assert!(verdict.clean, "{}", rendered(&verdict));
    let other = wit.replace("price", "cost");
    let verdict = Fixture::of_wit(wit, &other).verdict();
    assert_eq!(verdict.findings[0].rule, "param-renamed", "{}", rendered(&verdict));
}

#[test]
fn a_fixture_component_has_the_types_of_its_wit() {
    let wit = root().join("enum-case-added/fails/module.wit");
    let world = linchpin_contract::load_component(&component(&wit)).unwrap();
    let contract = load_wit(&wit).unwrap();
    let text = &contract.main().unwrap().interfaces[0];
    let bytes = world.exported_interfaces().next().unwrap();
    let digest = linchpin_contract::interface_digest;
    assert_eq!(digest(text).unwrap(), digest(bytes).unwrap());
}

/// A release is frozen as a whole: functions and tags, interfaces, worlds and what they export.
#[test]
fn every_change_under_a_released_version_is_found() {
    let wit = "package acme:f@1.0.0;
interface api {
    /// @unit celsius
    temp: func() -> f64;
}
interface more { ping: func(); }
interface types { record r { a: f64 } }
world w { export api; }
world direct { export f: func(); }
";
    let edits = [
        ("api.temp", "@unit celsius", "@unit kelvin"),
        ("more.ping", "ping: func()", "ping: func(n: u8)"),
        ("more", "interface more { ping: func(); }", ""),
        ("world w export acme:f/api@1.0.0", "export api;", ""),
        ("world direct export f", "f: func()", "f: func() -> u8"),
        ("world new", "world w {", "world new { } world w {"),
        ("types.r", "record r { a: f64 }", "record r { a: u8 }"),
        ("types.r", "record r { a: f64 }", "record r { /// @unit watt\n a: f64 }"),
    ];
    let fixture = Fixture::of_wit("package acme:f@1.0.0; world w { export f: func(); }", wit_of_device());
    let contracts = fixture.path().join("contracts");
    std::fs::create_dir_all(contracts.join("f")).unwrap();
    std::fs::write(contracts.join("released/f/1.0.0.wit"), wit).unwrap();
    std::fs::write(contracts.join("f/f.wit"), wit).unwrap();
    assert!(fixture.verdict().clean, "{}", rendered(&fixture.verdict()));
    for (item, from, to) in edits {
        std::fs::write(contracts.join("f/f.wit"), wit.replacen(from, to, 1)).unwrap();
        let verdict = fixture.verdict();
        let found: Vec<_> =
            verdict.findings.iter().map(|finding| (finding.rule.as_str(), &*finding.message)).collect();
        let message = format!("`{item}` is not as `acme:f@1.0.0` was released");
        assert!(found.contains(&("version-not-bumped", message.as_str())), "{found:?}");
        assert!(!verdict.clean);
    }
}

/// Build metadata is no version of its own, so what was released holds under it as well.
#[test]
fn build_metadata_does_not_hide_a_change() {
    let fixture = Fixture::of_wit("package acme:f@1.0.0; world w { export f: func(); }", wit_of_device());
    let contracts = fixture.path().join("contracts");
    let wit = |version: &str, ty: &str| {
        format!(
            "package acme:f@{version};\ninterface api {{ temp: func() -> {ty}; }}\nworld w {{ export f: func(); export api; }}\n"
        )
    };
    std::fs::create_dir_all(contracts.join("f")).unwrap();
    for (released, current) in
        [("1.0.0", "1.0.0+x"), ("1.0.0+x", "1.0.0"), ("1.0.0+a", "1.0.0+b"), ("1.0.0-rc.1", "1.0.0-rc.1+x")]
    {
        std::fs::remove_dir_all(contracts.join("released")).unwrap();
        std::fs::create_dir_all(contracts.join("released/f")).unwrap();
        std::fs::write(contracts.join(format!("released/f/{released}.wit")), wit(released, "f64")).unwrap();
        for (ty, changed) in [("f64", false), ("f32", true)] {
            std::fs::write(contracts.join("f/f.wit"), wit(current, ty)).unwrap();
            let verdict = fixture.verdict();
            let found = verdict.findings.iter().any(|finding| finding.rule == "version-not-bumped");
            assert_eq!(found, changed, "{released} -> {current}: {}", rendered(&verdict));
        }
    }
}

/// Two current contracts of one package and version would each be taken for the other.
#[test]
fn a_package_is_declared_once() {
    let fixture = Fixture::of_wit(wit_of_device(), wit_of_device());
    let contracts = fixture.path().join("contracts");
    let wit = |ty: &str| format!("package acme:g@1.0.0;\ninterface i {{ h: func() -> {ty}; }}\n");
    for (folder, ty) in [("one", "f64"), ("two", "f64")] {
        std::fs::create_dir_all(contracts.join(folder)).unwrap();
        std::fs::write(contracts.join(folder).join("g.wit"), wit(ty)).unwrap();
    }
    assert!(fixture.verdict().clean);
    std::fs::write(contracts.join("two/g.wit"), wit("f32")).unwrap();
    let [(code, message)] = fixture.errors().try_into().unwrap();
    assert_eq!(code, "package-twice");
    assert!(message.contains("`contracts/one` and `contracts/two` both declare `acme:g@1.0.0`"), "{message}");
}

fn wit_of_device() -> &'static str {
    "package acme:f@1.0.0; world w { export f: func(); }"
}
