//! Edges: what is told of them, and once.

use std::fs;

use linchpin_checker::verdict::PairLevel;

use crate::fixture::Fixture;
use crate::{fired, verdict};

/// A module that gives and takes, with these edges.
fn system(parts: &str, edges: &str) -> Fixture {
    let wit = format!(
        "package acme:f@1.0.0;\n\ninterface api {{\n{parts}\n}}\n\nworld w {{\n    export api;\n}}\n"
    );
    let fixture = Fixture::of_wit(&wit, &wit);
    let path = fixture.path().join("linchpin.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{text}\n{edges}")).unwrap();
    fixture
}

const EDGE: &str = "[[edges]]\nfrom = \"guest/give\"\nto = \"guest/take(x)\"\n";

/// 273 kelvin are no number of degrees Celsius, within any range.
#[test]
fn ranges_are_compared_where_the_units_are_one() {
    let parts = |unit: &str| {
        format!(
            "    /// @unit kelvin\n    /// @range 273..=278\n    type warm = f64;\n    /// @unit {unit}\n    /// @range 0..=5\n    type cold = f64;\n    give: func() -> warm;\n    take: func(x: cold);"
        )
    };
    let seen = verdict(system(&parts("celsius"), EDGE).path());
    assert_eq!(fired(&seen), ["edge-unit-mismatch"]);
    assert_eq!(seen.edges[0].level, PairLevel::Hazard);
    assert_eq!(fired(&verdict(system(&parts("kelvin"), EDGE).path())), ["edge-range-exceeded"]);
    let wit = |unit: &str, range: &str| {
        format!(
            "package acme:f@1.0.0;\ninterface api {{ record r {{ /// @unit {unit}\n/// @range {range}\na: f64 }} f: func(r: r) -> r; }}\nworld w {{ export api; }}\n"
        )
    };
    let both = Fixture::of_wit(&wit("kelvin", "273..=278"), &wit("celsius", "0..=5")).verdict();
    assert_eq!(fired(&both), ["unit-changed"]);
}

#[test]
fn what_is_lost_and_what_does_not_fit_is_told_in_whole_sentences() {
    let parts = "    record s { a: u8, b: string }\n    record t { a: u8, b: option<u8> }\n    give: func() -> s;\n    take: func(x: t);";
    let seen = verdict(system(parts, EDGE).path());
    assert_eq!(seen.findings[0].message, "`b: string` is no `option<u8>` and becomes `none`");
    assert_eq!(seen.edges[0].steps, ["field b: is no `option<u8>` and becomes `none`"]);
    let parts = "    record s { a: u8, b: u8 }\n    record t { b: u8, a: u8 }\n    give: func() -> s;\n    take: func(x: t);";
    let seen = verdict(system(parts, &format!("{EDGE}how = \"dynamic\"\n")).path());
    assert_eq!(seen.findings[0].message, "a record of `a`, `b` is given where a record of `b`, `a` is taken");
}

#[test]
fn an_edge_that_is_declared_twice_is_told_where_it_is() {
    let parts = "    give: func() -> u8;\n    take: func(x: u8);";
    let errors = system(parts, &format!("{EDGE}\n{EDGE}how = \"typed\"\n")).errors();
    let [(code, message)] = errors.as_slice() else { panic!("{errors:?}") };
    assert_eq!(code, "bad-value");
    assert!(
        message.contains("`edges[1]` is the edge of line 16 a second time; take one of the two out"),
        "{message}"
    );
    let other = verdict(system(parts, &format!("{EDGE}\n{EDGE}how = \"dynamic\"\n")).path());
    assert!(other.clean && other.edges.len() == 2);
}
