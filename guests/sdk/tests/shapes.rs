//! Which Rust types agree with which WIT types, and what is said where they do not.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use linchpin_guest::{AliasShape, NamedShape, Shape, WitType, check};

const TEXT: Shape = Shape::Primitive("string");
const NUMBER: Shape = Shape::Primitive("f64");
const INPUTS: Shape = named("1.0.0", 7);
const OTHER_INPUTS: Shape = named("1.0.0", 8);

const fn named(version: &'static str, digest: u8) -> Shape {
    Shape::Named(NamedShape { key: "acme:heater/control/inputs", version, digest: [digest; 32] })
}

/// The message with which the comparison fails.
fn message(actual: &Shape, expected: &Shape) -> String {
    let failed = std::panic::catch_unwind(|| check(actual, expected, "field `a` differs", "write `X`"));
    *failed.unwrap_err().downcast::<String>().unwrap()
}

#[test]
fn rust_types_stand_for_wit_types() {
    assert!(<Vec<f64> as WitType>::SHAPE.agrees_with(&Shape::List(&NUMBER)));
    assert!(<Option<String> as WitType>::SHAPE.agrees_with(&Shape::Option(&TEXT)));
    assert!(<Result<(), String> as WitType>::SHAPE.agrees_with(&Shape::Result(&Shape::Unit, &TEXT)));
    assert!(<(f64, String) as WitType>::SHAPE.agrees_with(&Shape::Tuple(&[&NUMBER, &TEXT])));
    assert!(<i16 as WitType>::SHAPE.agrees_with(&Shape::Primitive("s16")));
    assert!(<() as WitType>::SHAPE.agrees_with(&Shape::Unit));
}

#[test]
fn other_types_do_not_agree() {
    assert!(!<Vec<f32> as WitType>::SHAPE.agrees_with(&Shape::List(&NUMBER)));
    assert!(!<f64 as WitType>::SHAPE.agrees_with(&Shape::Option(&NUMBER)));
    assert!(!<(f64,) as WitType>::SHAPE.agrees_with(&Shape::Tuple(&[&NUMBER, &TEXT])));
    assert!(!<(f64, String) as WitType>::SHAPE.agrees_with(&Shape::Tuple(&[&NUMBER])));
    assert!(!<Result<String, ()> as WitType>::SHAPE.agrees_with(&Shape::Result(&Shape::Unit, &TEXT)));
}

#[test]
fn named_types_agree_by_name_and_digest_whatever_the_version() {
    assert!(named("1.0.0", 7).agrees_with(&named("1.1.0", 7)));
    assert!(!named("1.0.0", 7).agrees_with(&named("1.0.0", 8)));
    let other =
        Shape::Named(NamedShape { key: "acme:heater/control/tank", version: "1.0.0", digest: [7; 32] });
    assert!(!named("1.0.0", 7).agrees_with(&other));
}

const CELSIUS: Shape = alias("acme:heater/units/celsius", "@range 0..=100", &NUMBER);
const TANK: Shape = alias("acme:heater/units/tank-temp", "@range 5..=80", &CELSIUS);
const FAHRENHEIT: Shape = alias("acme:heater/units/fahrenheit", "", &NUMBER);

const fn alias(key: &'static str, tags: &'static str, of: &'static Shape) -> Shape {
    Shape::Alias(AliasShape { key, tags }, of)
}

#[test]
fn an_alias_is_what_it_stands_for_to_any_type_but_a_newtype() {
    assert!(NUMBER.agrees_with(&CELSIUS) && NUMBER.agrees_with(&TANK));
    assert!(!TEXT.agrees_with(&TANK) && !INPUTS.agrees_with(&CELSIUS));
    assert!(Shape::List(&NUMBER).agrees_with(&Shape::List(&CELSIUS)));
}

#[test]
fn a_newtype_stands_for_its_alias_and_aliases_of_it_alone() {
    assert!(CELSIUS.agrees_with(&CELSIUS) && CELSIUS.agrees_with(&TANK) && TANK.agrees_with(&TANK));
    assert!(!TANK.agrees_with(&CELSIUS), "a temperature need not be that of a tank");
    assert!(!CELSIUS.agrees_with(&FAHRENHEIT) && !FAHRENHEIT.agrees_with(&TANK));
    assert!(!CELSIUS.agrees_with(&NUMBER) && !Shape::Option(&CELSIUS).agrees_with(&Shape::Option(&NUMBER)));
    assert_eq!(
        message(&CELSIUS, &FAHRENHEIT),
        "field `a` differs\nexpected: acme:heater/units/fahrenheit = f64\n   found: \
         acme:heater/units/celsius = f64\nhelp: write `X`"
    );
}

#[test]
fn a_newtype_with_another_range_than_the_contracts_is_stale() {
    let wider = alias("acme:heater/units/celsius", "@range 0..=120", &NUMBER);
    let of_wider = alias("acme:heater/units/tank-temp", "@range 5..=80", &CELSIUS);
    assert!(!CELSIUS.agrees_with(&wider));
    assert!(message(&CELSIUS, &wider).contains("against another text of its contract"));
    assert!(TANK.agrees_with(&of_wider));
}

#[test]
fn a_reported_error_is_not_reported_again() {
    assert!(Shape::Reported.agrees_with(&TEXT));
    assert!(Shape::List(&NUMBER).agrees_with(&Shape::List(&Shape::Reported)));
}

#[test]
fn a_difference_is_told_with_both_types_and_the_fix() {
    let expected = Shape::Result(&Shape::Unit, &Shape::Tuple(&[&NUMBER, &Shape::Option(&TEXT)]));
    assert_eq!(
        message(&Shape::List(&INPUTS), &expected),
        "field `a` differs\nexpected: result<_, tuple<f64, option<string>>>\n   found: \
         list<acme:heater/control/inputs@1.0.0>\nhelp: write `X`"
    );
}

#[test]
fn a_type_checked_against_another_text_of_the_contract_is_told_as_such() {
    let message = message(&Shape::List(&INPUTS), &Shape::List(&OTHER_INPUTS));
    assert!(message.contains("help: the type was checked against another text of its contract"), "{message}");
    assert!(!message.contains("write `X`"), "{message}");
}

#[test]
fn a_message_that_is_too_long_is_cut_between_characters() {
    let long = "é".repeat(5000);
    let failed = std::panic::catch_unwind(|| check(&NUMBER, &TEXT, &long, "write `X`"));
    let message = *failed.unwrap_err().downcast::<String>().unwrap();
    assert!(message.ends_with("é [cut]"));
    assert!(message.len() <= 4096);
}
