//! The statement's JSON.

use linchpin_trust::{Level, PREDICATE_TYPE, STATEMENT_TYPE, Statement};

use crate::fixture::{SETPOINT, request, request_of, statement};

fn json(statement: &Statement) -> serde_json::Value {
    serde_json::from_slice(&statement.to_json().unwrap()).unwrap()
}

fn code(json: &serde_json::Value) -> &'static str {
    Statement::parse(json.to_string().as_bytes()).unwrap_err().code()
}

/// The format is on devices for years: a change here is a new predicate type.
#[test]
fn a_statement_looks_like_this() {
    let compact = statement(&request_of(&[("setpoint", SETPOINT)], 7)).to_json().unwrap();
    insta::assert_snapshot!("statement", spaced(std::str::from_utf8(&compact).unwrap()));
}

/// Line breaks between the members, which keep their order, so that a difference shows as one line.
fn spaced(json: &str) -> String {
    json.replace("\":{\"", "\":{\n\"").replace(",\"", ",\n\"").replace("},{", "},\n{")
}

#[test]
fn statements_round_trip() {
    let original = statement(&request(7));
    let bytes = original.to_json().unwrap();
    assert_eq!(Statement::parse(&bytes), Ok(original.clone()));
    assert_eq!(Statement::parse(&bytes).unwrap().to_json(), original.to_json());
}

#[test]
fn optional_members_may_be_absent() {
    let mut original = statement(&request(7));
    original.predicate.expires_at = None;
    original.predicate.measured.clear();
    let json = json(&original);
    assert!(json["predicate"].get("expires_at").is_none());
    assert!(json["predicate"].get("measured").is_none());
    assert_eq!(Statement::parse(json.to_string().as_bytes()), Ok(original));
}

#[test]
fn levels_that_are_not_known_are_carried_and_are_not_ok() {
    for word in ["OK", "ok ", "", "breaks", "links-but-may-differ"] {
        let mut json = json(&statement(&request(7)));
        json["predicate"]["pairs"][0]["level"] = word.into();
        let read = Statement::parse(json.to_string().as_bytes()).unwrap();
        assert_eq!(read.predicate.pairs[0].level, Level::Other(word.to_owned()));
    }
}

#[test]
fn the_types_are_checked_before_the_predicate() {
    let mut other = json(&statement(&request(7)));
    other["predicate"] = serde_json::json!({ "something": "else" });
    other["predicateType"] = "https://slsa.dev/provenance/v1".into();
    assert_eq!(code(&other), "predicate-type-unknown");
    other["_type"] = "https://in-toto.io/Statement/v0.1".into();
    assert_eq!(code(&other), "statement-type-unknown");
    assert_eq!(STATEMENT_TYPE, "https://in-toto.io/Statement/v1");
    assert_eq!(PREDICATE_TYPE, "urn:linchpin:attestation:verdict:v1");
}

#[test]
fn unknown_members_are_ignored_outside_the_predicate_and_refused_inside() {
    let original = statement(&request(7));
    let mut outside = json(&original);
    outside["note"] = 1.into();
    outside["subject"][0]["uri"] = "https://example.com/setpoint.wasm".into();
    outside["subject"][0]["digest"]["sha512"] = "00".into();
    assert_eq!(Statement::parse(outside.to_string().as_bytes()), Ok(original.clone()));

    for place in [
        "",
        "/system",
        "/checker",
        "/pairs/0",
        "/edges/0",
        "/edges/0/from",
        "/limits/heater-3",
        "/functions/setpoint/0",
        "/measured/forecast",
    ] {
        let mut inside = json(&original);
        inside["predicate"].pointer_mut(place).unwrap()["only_on"] = "Tuesdays".into();
        assert_eq!(code(&inside), "statement-malformed", "{place}");
    }
}

#[test]
fn missing_members_are_refused() {
    let original = json(&statement(&request(7)));
    for member in [
        "system",
        "checker",
        "counter",
        "issued_at",
        "device_classes",
        "pairs",
        "edges",
        "limits",
        "functions",
    ] {
        let mut missing = original.clone();
        missing["predicate"].as_object_mut().unwrap().remove(member).unwrap();
        assert_eq!(code(&missing), "statement-malformed", "{member}");
    }
}
