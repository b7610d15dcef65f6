//! What changes the meaning of values is found, whatever else changed with it; and what changes nothing is not.

use linchpin_checker::diff::Source;
use linchpin_checker::verdict::{Bump, PairLevel, Role};
use linchpin_checker::{Diff, diff};
use linchpin_contract::{Gates, load_wit_tree};

use super::{of, rules};
use crate::fixture::answer;

fn exported(version: &str, body: &str) -> String {
    format!("package a:b@{version}; interface i {{ {body} }} world w {{ export i; }}")
}

fn major(before: &str, after: &str) -> Diff {
    of(&exported("1.0.0", before), &exported("2.0.0", after))
}

fn level(diff: &Diff, role: Role) -> PairLevel {
    answer(diff, role).level
}

/// Two mistakes are two findings: another unit stays one beside a change of types, of names and of order.
#[test]
fn another_change_of_a_function_does_not_hide_that_of_a_unit() {
    let before = "record r { /// @unit celsius\n a: f64, b: u8 } f: func(r: r, n: u8);";
    let cases = [
        ("record r { /// @unit kelvin\n a: f64, b: u16 } f: func(r: r, n: u8);", "primitive-changed"),
        ("record r { /// @unit kelvin\n a: f64, c: u8 } f: func(r: r, n: u8);", "record-field-renamed"),
        ("record r { b: u8, /// @unit kelvin\n a: f64 } f: func(r: r, n: u8);", "record-field-reordered"),
        (
            "record r { /// @unit kelvin\n /// @was a\n z: f64, b: u8 } f: func(r: r, n: u8);",
            "record-field-renamed",
        ),
        ("record r { /// @unit kelvin\n a: f64, b: u8 } f: func(r: r, m: u8);", "param-renamed"),
        ("record r { /// @unit kelvin\n a: f64, b: u8 } f: func(r: option<r>, n: u8);", "type-wrapped"),
        ("record r { /// @unit kelvin\n a: f64, b: u8 } f: func(r: r, n: u8) -> u8;", "result-added"),
        ("record r { /// @unit kelvin\n a: f64, b: u8 } f: async func(r: r, n: u8);", "async-changed"),
        ("record r { /// @unit kelvin\n a: f64, b: u8 } g: func(r: r, n: u8);", "func-renamed"),
    ];
    for (after, rule) in cases {
        let diff = major(before, after);
        assert_eq!(rules(&diff).iter().filter(|found| **found == "unit-changed").count(), 1, "{after}");
        assert!(rules(&diff).contains(&rule), "{after}: {:?}", rules(&diff));
        assert!(level(&diff, Role::Data) >= PairLevel::Hazard, "{after}");
    }
    // Nothing is said of units that stayed, nor of a number that became something else.
    for after in [
        "record r { /// @unit celsius\n a: f64, b: u16 } f: func(r: option<r>, n: u8);",
        "/// @unit celsius\n type t = f64; record r { a: option<t>, b: u8 } f: func(r: r, n: u8);",
        "record r { a: string, b: u8 } f: func(r: r, n: u8);",
    ] {
        assert!(!rules(&major(before, after)).contains(&"unit-changed"), "{after}");
    }
}

/// Recorded values in other units are a hazard, even where every type is converted without loss.
#[test]
fn recorded_values_in_another_unit_are_a_hazard() {
    let diff = major(
        "record r { /// @unit celsius\n a: f64, b: u8 } f: func(r: r);",
        "record r { /// @unit kelvin\n a: f64, b: u16 } f: func(r: r);",
    );
    assert_eq!(level(&diff, Role::Data), PairLevel::Hazard);
    assert_eq!(answer(&diff, Role::Data).because, ["unit-changed"]);
}

/// A side that gives without a range gives every number of its type.
#[test]
fn a_range_where_there_was_none_tightens_what_is_accepted() {
    let record = |tag: &str, ty: &str| format!("record r {{ {tag}\n a: {ty} }} f: func(r: r);");
    let ranged = "/// @range 0..=10";
    for (before, after, host, module) in [
        (record("", "f64"), record(ranged, "f64"), PairLevel::Ok, PairLevel::Hazard),
        (record("", "u8"), record(ranged, "u8"), PairLevel::Ok, PairLevel::Hazard),
        (record(ranged, "f64"), record("", "f64"), PairLevel::Hazard, PairLevel::Ok),
        (
            "/// @range 0..=10\n f: func() -> f64;".to_owned(),
            "f: func() -> f64;".to_owned(),
            PairLevel::Ok,
            PairLevel::Hazard,
        ),
    ] {
        let diff = of(&exported("1.0.0", &before), &exported("1.1.0", &after));
        assert!(rules(&diff).contains(&"range-exceeded"), "{before} -> {after}");
        assert_eq!(diff.packages[0].required, Some(Bump::Major), "{before} -> {after}");
        assert_eq!((level(&diff, Role::HostUpgrade), level(&diff, Role::ModuleUpgrade)), (host, module));
    }
    // A `u8` is never outside what every `u8` is within.
    let diff =
        of(&exported("1.0.0", &record("", "u8")), &exported("1.0.1", &record("/// @range 0..=255", "u8")));
    assert!(!rules(&diff).contains(&"range-exceeded"), "{:?}", rules(&diff));
}

#[test]
fn a_world_that_went_takes_its_items_with_it() {
    let of_world = |worlds: &str| {
        format!("package a:b; interface i {{ f: func(); }} interface j {{ g: func(); }} {worlds}")
    };
    let cases = [
        ("world w { export i; }", "world x {}", PairLevel::Ok, PairLevel::LinkFail),
        ("world w { import i; }", "world x {}", PairLevel::LinkFail, PairLevel::Ok),
        ("world w { export f: func(); }", "", PairLevel::Ok, PairLevel::LinkFail),
        ("world w { export i; }", "world x { export i; }", PairLevel::Ok, PairLevel::Ok),
        ("world w { export i; }", "world x { export i; export j; }", PairLevel::LinkFail, PairLevel::Ok),
        (
            "world v { export i; } world w { export i; }",
            "world v { export i; }",
            PairLevel::Ok,
            PairLevel::Ok,
        ),
        (
            "world v { export i; }",
            "world v { export i; } world w { export j; }",
            PairLevel::Ok,
            PairLevel::Ok,
        ),
    ];
    for (before, after, host, module) in cases {
        let diff = of(&of_world(before), &of_world(after));
        let found = (level(&diff, Role::HostUpgrade), level(&diff, Role::ModuleUpgrade));
        assert_eq!(found, (host, module), "{before} -> {after}");
    }
}

/// Values go by position, so parameters of the same types in order link whatever they are called.
#[test]
fn parameters_of_the_same_types_in_order_meet_by_position() {
    let cases: [(&str, &str, &[&str]); 4] = [
        ("low: u8, high: u8", "high: u8, low-limit: u8", &["param-renamed", "param-reordered-same-type"]),
        ("a: u8, b: u16", "b: u8, c: u16", &["param-renamed", "param-renamed"]),
        ("a: u8, b: u8", "b: u8, a: u8", &["param-reordered-same-type"]),
        ("a: u8, b: u8", "c: u8, d: u8", &["param-renamed", "param-renamed"]),
    ];
    for (before, after, expected) in cases {
        let function = |params: &str| format!("f: func({params});");
        let diff = of(&exported("1.0.0", &function(before)), &exported("1.0.0", &function(after)));
        let mut found = rules(&diff);
        found.retain(|rule| *rule != "version-not-bumped");
        found.sort_unstable();
        assert_eq!(found, expected, "({before}) -> ({after})");
        assert_eq!(level(&diff, Role::HostUpgrade), PairLevel::Hazard, "({before}) -> ({after})");
    }
    let diff =
        of(&exported("1.0.0", "f: func(a: u8, b: u16);"), &exported("1.0.0", "f: func(b: u16, c: u8);"));
    assert_eq!(level(&diff, Role::HostUpgrade), PairLevel::LinkFail);
}

/// A firmware looks for functions in what modules export; a module lists the resources that it imports.
#[test]
fn a_resource_without_functions_is_missed_by_modules_alone() {
    let side = |way: &str, more: &str| {
        format!("package a:b; interface i {{ {more} f: func(); }} world w {{ {way} i; }}")
    };
    let cases = [
        ("export", "resource q;", PairLevel::Ok, PairLevel::Ok),
        ("export", "resource q { m: func(); }", PairLevel::LinkFail, PairLevel::Ok),
        ("import", "resource q;", PairLevel::Ok, PairLevel::LinkFail),
    ];
    for (way, more, host, module) in cases {
        let diff = of(&side(way, ""), &side(way, more));
        assert!(rules(&diff).contains(&"resource-added"));
        let found = (level(&diff, Role::HostUpgrade), level(&diff, Role::ModuleUpgrade));
        assert_eq!(found, (host, module), "{way} {more}");
    }
}

/// A type that keeps its name is told by what it is.
#[test]
fn a_type_of_the_same_name_is_told_by_its_kind_or_its_target() {
    let cases = [
        ("record t { a: u8 }", "variant t { a(u8) }", "`record t` became `variant t`"),
        ("type t = u8;", "type t = string;", "`t = u8` became `t = string`"),
        ("type t = u8;", "record t { a: u8 }", "`t = u8` became `record t`"),
    ];
    for (before, after, said) in cases {
        let diff = major(&format!("{before} f: func(x: t);"), &format!("{after} f: func(x: t);"));
        assert!(diff.findings.iter().any(|finding| finding.message.contains(said)), "{:?}", diff.findings);
    }
}

/// An `include` may stand behind a feature; what it brings is then there for nobody.
#[test]
fn a_gate_of_an_include_counts() {
    let wit = |gate: &str| {
        let text = format!(
            "package a:b@1.1.0; interface i {{ f: func(); }} interface j {{ g: func(); }} world v {{ import j; export h: func(); }} world w {{ export i; {gate} include v; }}"
        );
        let files = vec![("w.wit".into(), text.into_bytes())];
        Source::contract("w", load_wit_tree("wit".as_ref(), files, Gates::Open).unwrap())
    };
    let (open, gated) = (wit(""), wit("@unstable(feature = tls)"));
    let closing = diff(&open, &gated, None).unwrap();
    let rules = rules(&closing);
    assert!(
        !closing.clean && rules.iter().filter(|rule| **rule == "stable-to-unstable").count() == 2,
        "{rules:?}"
    );
    assert!(
        closing.findings.iter().any(|finding| finding.message.contains("`tls`")),
        "{:?}",
        closing.findings
    );
    assert!(diff(&gated, &gated, None).unwrap().findings.is_empty());
}

/// An item of a world may stand behind a feature as any other may; then it is there for nobody.
#[test]
fn gates_of_a_worlds_items_count() {
    let wit = |version: &str, items: &str| {
        format!(
            "package a:b@{version}; interface i {{ f: func(); }} interface j {{ g: func(); }} world w {{ export i; {items} }}"
        )
    };
    let gate = "@unstable(feature = x)";
    for item in ["export j;", "import j;", "export h: func();", "import h: func();"] {
        let (plain, gated) = (wit("1.0.0", item), wit("1.0.0", &format!("{gate} {item}")));
        let diff = open(&plain, &gated);
        assert_eq!(rules(&diff), ["version-not-bumped", "stable-to-unstable"], "{item}");
        assert_eq!(diff.required, Some(Bump::Major), "{item}");
        let worst = diff.answers.iter().map(|answer| answer.level).max();
        assert_eq!(worst, Some(PairLevel::LinkFail), "{item}");
        let back = open(&gated, &plain);
        assert!(back.required >= Some(Bump::Minor), "{item}: {:?}", rules(&back));
        let without = wit("1.0.0", "");
        for (before, after) in [(&gated, &gated), (&without, &gated), (&gated, &without)] {
            let diff = open(before, after);
            assert!(diff.clean && diff.required.is_none(), "{item}: {:?}", rules(&diff));
        }
    }
}

fn open(before: &str, after: &str) -> Diff {
    let side = |name: &str, text: &str| {
        let files = vec![("w.wit".into(), text.as_bytes().to_vec())];
        let contract = linchpin_contract::load_wit_tree(name.as_ref(), files, linchpin_contract::Gates::Open);
        linchpin_checker::diff::Source::contract(name, contract.unwrap())
    };
    linchpin_checker::diff(&side("before", before), &side("after", after), None).unwrap()
}

/// Build metadata promises nothing, and what is a track of its own has no other key than its full name.
#[test]
fn build_metadata_stands_only_within_a_track() {
    for (before, after, level) in [
        ("1.0.0+a", "1.0.0+b", PairLevel::Ok),
        ("0.1.0", "0.1.0+b", PairLevel::Ok),
        ("0.0.1+a", "0.0.1+b", PairLevel::LinkFail),
        ("1.0.0-rc.1", "1.0.0-rc.1+x", PairLevel::LinkFail),
        ("1.0.0-rc.1+x", "1.0.0-rc.1+x", PairLevel::Ok),
    ] {
        let diff = of(&exported(before, "f: func();"), &exported(after, "f: func();"));
        assert_eq!(self::level(&diff, Role::HostUpgrade), level, "{before} -> {after}");
        assert_eq!(self::level(&diff, Role::ModuleUpgrade), level, "{before} -> {after}");
    }
}

/// Types that no function of the package uses are used elsewhere, tags included.
#[test]
fn a_unit_of_a_type_for_others_is_a_change() {
    let library = |unit: &str| {
        format!("package a:t@1.0.0; interface types {{ record r {{ /// @unit {unit}\n a: f64 }} }}")
    };
    let diff = of(&library("celsius"), &library("kelvin"));
    assert_eq!(rules(&diff), ["version-not-bumped", "shared-type-changed"]);
    assert!(of(&library("celsius"), &library("celsius")).findings.is_empty());
}

/// Without a version no step can be told, so what to do is to give one.
#[test]
fn a_package_without_a_version_that_grew_is_told_what_to_do() {
    let wit =
        |body: &str| format!("package a:b; interface i {{ f: func(); {body} }} world w {{ export i; }}");
    let diff = of(&wit(""), &wit("g: func();"));
    assert_eq!(rules(&diff), ["version-not-bumped", "func-added"]);
    assert!(!diff.clean);
    let finding = &diff.findings[0];
    assert!(finding.message.starts_with("`a:b` has no version, and one change needs a minor step: "));
    assert_eq!(
        finding.help,
        "write a version behind the package's name, as in `@0.1.0`, so that a step can be told"
    );
    assert!(of(&wit(""), &wit("")).clean);
}
