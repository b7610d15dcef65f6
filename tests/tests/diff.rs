//! Two editions of a contract: each rule fires on its failing case and is silent on its near miss.

#[path = "diff/binaries.rs"]
mod binaries;
#[path = "diff/cli.rs"]
mod cli;
#[path = "diff/fixture.rs"]
mod fixture;
#[path = "diff/links.rs"]
mod links;
#[path = "diff/meaning.rs"]
mod meaning;
#[path = "cli/program.rs"]
mod program;
#[path = "diff/property.rs"]
mod property;
#[path = "cli/schema.rs"]
mod schema;

use std::collections::BTreeSet;

use fixture::{answer, cases, compare, name, root, snapshot, source};
use linchpin_checker::diff::Source;
use linchpin_checker::verdict::{Bump, Level, PairLevel, Party, Role};
use linchpin_checker::{Diff, Step, diff};
use linchpin_contract::{Gates, load_text, load_wit_tree};

fn of(before: &str, after: &str) -> Diff {
    let side = |name: &str, text: &str| Source::contract(name, load_text(name, text).unwrap());
    diff(&side("before.wit", before), &side("after.wit", after), None).unwrap()
}

fn rules(diff: &Diff) -> Vec<&str> {
    diff.findings.iter().map(|finding| finding.rule.as_str()).collect()
}

#[test]
fn each_rule_fires_on_its_failing_case_and_not_on_its_near_miss() {
    let mut wrong = Vec::new();
    for folder in cases(&root()).iter().filter(|folder| !name(folder).starts_with('_')) {
        let rule = name(folder);
        let (fails, near_miss) = (compare(&folder.join("fails")), compare(&folder.join("near-miss")));
        if !rules(&fails).contains(&rule.as_str()) {
            wrong.push(format!("{rule} does not fire: {:?}", rules(&fails)));
        }
        if rules(&near_miss).contains(&rule.as_str()) {
            wrong.push(format!("{rule} fires on its near miss"));
        }
        snapshot(folder, "fails", &fails);
        snapshot(folder, "near-miss", &near_miss);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn several_changes_are_all_reported() {
    for folder in cases(&root().join("_several")) {
        snapshot(&folder, "report", &compare(&folder));
    }
    let diff = compare(&root().join("_several/five-mistakes"));
    let found: BTreeSet<_> = rules(&diff).into_iter().collect();
    for rule in [
        "enum-case-added",
        "record-field-added",
        "param-reordered-same-type",
        "primitive-changed",
        "func-removed",
    ] {
        assert!(found.contains(rule), "{rule} is missing from {found:?}");
    }
    // The five, and the version that is too small for them.
    assert_eq!(diff.findings.len(), 6, "{found:?}");
}

#[test]
fn nothing_differs_between_a_contract_and_itself() {
    for folder in cases(&root()) {
        for case in cases(&folder).into_iter().chain([folder]) {
            for side in ["before", "after"] {
                let Some(one) = source(&case, side) else { continue };
                for role in [None, Some(Role::HostUpgrade), Some(Role::Composition), Some(Role::Data)] {
                    let diff = diff(&one, &one, role).unwrap();
                    assert!(diff.clean && diff.findings.is_empty(), "{}: {:?}", case.display(), rules(&diff));
                    assert!(diff.answers.iter().all(|answer| answer.level == PairLevel::Ok));
                    assert_eq!(diff.required, None);
                }
            }
        }
    }
}

#[test]
fn a_comparison_is_the_same_bytes_twice_and_its_json_reads_back() {
    for folder in cases(&root()) {
        for case in cases(&folder).into_iter().filter(|case| source(case, "before").is_some()) {
            let (one, two) = (compare(&case), compare(&case));
            let json = serde_json::to_string(&one).unwrap();
            assert_eq!(json, serde_json::to_string(&two).unwrap());
            assert_eq!(serde_json::from_str::<Diff>(&json).unwrap(), one);
        }
    }
}

/// The same change is a different question for firmware that calls and for modules that are called.
#[test]
fn an_added_function_tells_who_moves_first() {
    let wit = |version: &str, world: &str, more: &str| {
        format!("package a:b@{version}; interface i {{ f: func(); {more} }} world w {{ {world} i; }}")
    };
    let cases = [
        ("export", PairLevel::LinkFail, PairLevel::Ok, Some(Party::Module), Role::HostUpgrade),
        ("import", PairLevel::Ok, PairLevel::LinkFail, Some(Party::Firmware), Role::ModuleUpgrade),
    ];
    for (way, host, module, first, role) in cases {
        let diff = of(&wit("1.0.0", way, ""), &wit("1.1.0", way, "g: func();"));
        assert!(diff.clean, "{:?}", rules(&diff));
        assert_eq!((diff.required, diff.declared), (Some(Bump::Minor), Step::Minor));
        assert_eq!(answer(&diff, Role::HostUpgrade).level, host);
        assert_eq!(answer(&diff, Role::ModuleUpgrade).level, module);
        assert_eq!(answer(&diff, role).moves_first, first);
        assert_eq!((diff.findings[0].role, diff.findings[0].moves_first), (Some(role), first));
    }
    // Nobody says whether firmware or modules call it.
    let alone =
        |version: &str, more: &str| format!("package a:b@{version}; interface i {{ f: func(); {more} }}");
    let diff = of(&alone("1.0.0", ""), &alone("1.1.0", "g: func();"));
    assert_eq!(answer(&diff, Role::HostUpgrade).level, PairLevel::Conditional);
}

#[test]
fn a_role_asks_one_question() {
    let side = |version: &str, body: &str| {
        let text = format!("package a:b@{version}; interface i {{ {body} }} world w {{ export i; }}");
        Source::contract(version, load_text("i.wit", &text).unwrap())
    };
    let (old, new) = (side("1.0.0", "f: func();"), side("1.1.0", "f: func(); g: func();"));
    let asked = |role| diff(&old, &new, Some(role)).unwrap();
    let module = asked(Role::ModuleUpgrade);
    assert!(module.clean && module.findings.is_empty());
    let host = asked(Role::HostUpgrade);
    assert!(!host.clean);
    assert_eq!((rules(&host), host.findings[0].level), (vec!["func-added"], Level::Deny));
    assert!(asked(Role::Data).clean);
    // Composition takes names as they are written, and these carry two versions.
    let composition = asked(Role::Composition);
    assert_eq!(
        (composition.answers[0].level, composition.answers[0].because.as_slice()),
        (PairLevel::LinkFail, &["version-name".to_owned()][..])
    );
    let same = diff(&side("1.0.0", "f: func();"), &side("1.0.0", "f: func(); g: func();"), None).unwrap();
    assert_eq!(answer(&same, Role::Composition).level, PairLevel::Ok);

    // Recorded values are taken by name, so an optional field is none of their business; a runtime refuses it.
    let record = |field: &str| format!("record r {{ a: u8{field} }} f: func(r: r);");
    let (old, new) = (side("1.0.0", &record("")), side("2.0.0", &record(", b: option<u8>")));
    assert!(diff(&old, &new, Some(Role::Data)).unwrap().clean);
    let host = diff(&old, &new, Some(Role::HostUpgrade)).unwrap();
    assert_eq!(host.answers[0].because, ["record-field-added", "version-track"]);
}

#[test]
fn what_links_with_another_meaning_is_a_hazard() {
    let wit =
        |params: &str| format!("package a:b; interface i {{ f: func({params}); }} world w {{ export i; }}");
    for (params, rule) in
        [("b: f64, a: f64", "param-reordered-same-type"), ("a: f64, c: f64", "param-renamed")]
    {
        let diff = of(&wit("a: f64, b: f64"), &wit(params));
        assert_eq!(rules(&diff), [rule]);
        assert_eq!(answer(&diff, Role::HostUpgrade).level, PairLevel::Hazard);
        assert_eq!(answer(&diff, Role::Composition).level, PairLevel::LinkFail);
        assert!(!diff.clean);
    }
}

/// Upstream's own check merges packages of one name and version, keeps the first, and says that all is well.
#[test]
fn equal_versions_with_different_content_are_never_merged() {
    let wit =
        |ty: &str| format!("package a:b@1.0.0; interface i {{ f: func(x: {ty}); }} world w {{ export i; }}");
    let diff = of(&wit("u32"), &wit("string"));
    assert!(!diff.clean);
    assert!(rules(&diff).contains(&"version-not-bumped") && rules(&diff).contains(&"primitive-changed"));
    assert_eq!(diff.packages[0].least_version.as_deref(), Some("2.0.0"));
}

/// A package in `deps/` that changed under its version is found, although only another package's functions show it.
#[test]
fn a_type_that_another_package_uses_counts_for_its_own_package() {
    let diff = compare(&root().join("_several/whole-layout"));
    let types = diff.packages.iter().find(|package| package.package == "acme:types").unwrap();
    assert_eq!((types.declared, types.required, types.enough), (Step::Same, Some(Bump::Major), false));
    assert!(rules(&diff).contains(&"version-not-bumped"), "{:?}", rules(&diff));
}

/// A unit is part of what a type promises, wherever the functions are that show it.
#[test]
fn a_unit_that_another_package_uses_counts_for_its_own_package() {
    let side = |unit: &str, version: &str| {
        let own = format!(
            "package a:b@{version}; interface i {{ use c:d/t@1.0.0.{{r}}; f: func(a: r); }} world w {{ export i; }}"
        );
        let other = format!("package c:d@1.0.0; interface t {{ record r {{ /// @unit {unit}\n a: f64 }} }}");
        let files = vec![("deps/d.wit".into(), other.into_bytes()), ("i.wit".into(), own.into_bytes())];
        Source::contract(unit, load_wit_tree("wit".as_ref(), files, Gates::Open).unwrap())
    };
    let diff = diff(&side("celsius", "1.0.0"), &side("kelvin", "2.0.0"), None).unwrap();
    let required: Vec<_> = diff.packages.iter().map(|package| (package.required, package.enough)).collect();
    assert_eq!(required, [(Some(Bump::Major), true), (Some(Bump::Major), false)], "{:?}", diff.findings);
    assert!(rules(&diff).contains(&"unit-changed") && rules(&diff).contains(&"version-not-bumped"));
}

/// An interface that came to the other side of a world is not missed by those that never had it there.
#[test]
fn what_one_side_lacks_stops_those_that_had_it() {
    let wit = |items: &str, functions: &str| {
        format!("package a:b@1.0.0; interface j {{ {functions} }} world w {{ {items} }}")
    };
    let before = wit("export j;", "f: func(); g: func();");
    let after = wit("export j; import j;", "g: func();");
    let levels = |diff: &Diff| [Role::HostUpgrade, Role::ModuleUpgrade].map(|role| answer(diff, role).level);
    // The older firmware calls `f`; no older module imports anything.
    assert_eq!(levels(&of(&before, &after)), [PairLevel::Ok, PairLevel::LinkFail]);
    assert_eq!(levels(&of(&after, &before)), [PairLevel::LinkFail, PairLevel::Ok]);
}

/// Of another package only what a world names counts for a contract, and the interfaces of resources that it holds.
#[test]
fn only_the_interfaces_that_are_named_count_for_a_contract() {
    let side = |own: &str, other: &str, version: &str| {
        let own = format!("package a:b@1.0.0; {own}");
        let other = format!("package c:d@{version}; {other}");
        let files = vec![("deps/d.wit".into(), other.into_bytes()), ("i.wit".into(), own.into_bytes())];
        Source::contract(version, load_wit_tree("wit".as_ref(), files, Gates::Open).unwrap())
    };
    let required = |own: &str, before: &str, after: &str| {
        let own = |version: &str| own.replace("VERSION", version);
        let diff = diff(&side(&own("1.0.0"), before, "1.0.0"), &side(&own("1.0.1"), after, "1.0.1"), None);
        let diff = diff.unwrap();
        (diff.packages[0].required, answer(&diff, Role::HostUpgrade).level)
    };
    let (named, other) = ("interface t { f: func(); }", "interface x { g: func(); }");
    let both = format!("{named} {other}");
    let changed = both.replace("g: func()", "g: func(a: u8)");
    let own = "interface i { f: func(); } world w { import c:d/t@VERSION; export i; }";
    assert_eq!(required(own, &both, &changed), (None, PairLevel::Ok));
    let changed = both.replace("f: func()", "f: func(a: u8)");
    assert_eq!(required(own, &both, &changed), (Some(Bump::Major), PairLevel::LinkFail));
    let own = "interface i { use c:d/t@VERSION.{r}; f: func(x: borrow<r>); }";
    let (before, after) =
        ("interface t { resource r { a: func(); b: func(); } }", "interface t { resource r { a: func(); } }");
    assert_eq!(required(own, before, after).0, Some(Bump::Major));
}

/// What lies in `deps/` beside what is needed says nothing about an upgrade of this contract.
#[test]
fn packages_that_no_world_names_do_not_stop_an_upgrade() {
    let side = |version: &str, more: &str| {
        let own = "package a:b@1.0.0; interface i { f: func(); } world w { export i; }";
        let other =
            format!("package c:d@{version}; interface j {{ g: func(); {more} }} world v {{ export j; }}");
        let files =
            vec![("deps/d.wit".into(), other.into_bytes()), ("i.wit".into(), own.as_bytes().to_vec())];
        Source::contract(version, load_wit_tree("wit".as_ref(), files, Gates::Open).unwrap())
    };
    let diff = diff(&side("1.0.0", ""), &side("1.1.0", "h: func();"), None).unwrap();
    assert_eq!(rules(&diff), ["func-added"]);
    assert!(
        diff.clean && diff.answers.iter().all(|answer| answer.level == PairLevel::Ok),
        "{:?}",
        diff.answers
    );
    assert_eq!((diff.packages[0].required, diff.packages[1].required), (None, Some(Bump::Minor)));
}

#[test]
fn the_required_step_goes_by_the_tracks_of_the_version() {
    let wit = |version: &str, ty: &str| format!("package a:b@{version}; interface i {{ f: func(x: {ty}); }}");
    let cases = [
        ("1.2.3", "2.0.0", true, "2.0.0"),
        ("1.2.3", "1.3.0", false, "2.0.0"),
        ("0.2.3", "0.3.0", true, "0.3.0"),
        ("0.2.3", "0.2.4", false, "0.3.0"),
        ("0.0.3", "0.0.4", true, "0.0.4"),
        ("1.0.0-rc.1", "1.0.0-rc.2", true, "1.0.0-rc.2"),
        ("1.0.0-rc.1", "1.0.0", true, "1.0.0-rc.2"),
    ];
    for (before, after, enough, least) in cases {
        let diff = of(&wit(before, "u32"), &wit(after, "u64"));
        let package = &diff.packages[0];
        assert_eq!((package.required, package.enough), (Some(Bump::Major), enough), "{before} -> {after}");
        assert_eq!(package.least_version.as_deref(), Some(least), "{before} -> {after}");
        assert_eq!(diff.clean, enough);
    }
}
