//! The canonical text of every type, as the component's bytes give it.

use crate::guests;
use linchpin_host::{Component, FunctionName, Limits};
use linchpin_trust::Sha256Digest;

/// The text of function `f` of a world with these items.
fn text(types: &str, function: &str) -> String {
    let wit =
        format!("package test:text@1.0.0; interface i {{ {types} f: {function}; }} world w {{ export i; }}");
    let component = Component::read(&guests::dummy(&wit), &Limits::default()).unwrap();
    let found = component.function(&FunctionName::new(Some("test:text/i@1.0.0"), "f")).unwrap();
    assert_eq!(found.digest, Sha256Digest::of(found.text.as_bytes()));
    found.text.clone()
}

#[test]
fn every_type_has_its_text() {
    let same = [
        "func()",
        "func() -> bool",
        "func(a: u8, b: u16, c: u32, d: u64) -> s8",
        "func(a: s16, b: s32, c: s64, d: f32, e: f64) -> char",
        "func(one-name: string) -> list<u8>",
        "func(a: list<list<string>>) -> option<option<u32>>",
        "func() -> tuple<u8, string, f64>",
        "func() -> result",
        "func() -> result<u8>",
        "func() -> result<_, string>",
        "func() -> result<u8, string>",
        "func(a: result<option<list<tuple<u8, u8>>>, result>)",
    ];
    for function in same {
        assert_eq!(text("", function), function);
    }
}

#[test]
fn named_types_are_expanded_and_aliases_seen_through() {
    let types = "
        record point { x: f64, y-axis: option<f64> }
        enum mode { off, on-hold, %use }
        flags sensors { top, bottom }
        variant fault { none, stale(u32), at(point) }
        type celsius = f32;
        type places = list<point>;
        record inputs { temperature: celsius, places: places, mode: mode }
    ";
    assert_eq!(
        text(types, "func(inputs: inputs, sensors: sensors) -> result<celsius, fault>"),
        "func(inputs: record { temperature: f32, places: list<record { x: f64, y-axis: option<f64> }>, \
         mode: enum { off, on-hold, use } }, sensors: flags { top, bottom }) -> \
         result<f32, variant { none, stale(u32), at(record { x: f64, y-axis: option<f64> }) }>"
    );
}

#[test]
fn a_function_of_the_world_has_no_interface() {
    let component = guests::dummy("package test:text; world w { export f: func(a: u32) -> u32; }");
    let component = Component::read(&component, &Limits::default()).unwrap();
    let [function] = &component.functions[..] else { panic!("there is one function") };
    assert_eq!(function.name, FunctionName::new(None, "f"));
    assert_eq!(function.text, "func(a: u32) -> u32");
}

#[test]
fn types_of_another_interface_are_no_import() {
    let component = guests::dummy(
        "package test:text@1.0.0;
         interface types { record point { x: f64 } }
         interface i { use types.{point}; f: func(p: point) -> point; }
         world w { export i; }",
    );
    let component = Component::read(&component, &Limits::default()).unwrap();
    assert_eq!(component.functions[0].text, "func(p: record { x: f64 }) -> record { x: f64 }");
}
