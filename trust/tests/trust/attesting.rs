//! What may be signed.

use std::collections::BTreeMap;

use linchpin_trust::{
    Component, Envelope, FunctionDigest, Level, Request, Role, Sha256Digest, Statement, attest,
};

use crate::fixture::{FORECAST, SETPOINT, key, request, request_of, sign};

fn refusal_text(change: impl Fn(&mut Request<'static>)) -> String {
    let mut request = request(7);
    change(&mut request);
    attest(request, &[key(1)]).unwrap_err().to_string()
}

#[test]
fn the_envelope_holds_the_digests_of_the_given_bytes() {
    let envelope = Envelope::parse(&sign(7)).unwrap();
    let statement = Statement::parse(&envelope.payload).unwrap();
    let subjects: BTreeMap<_, _> =
        statement.subjects.iter().map(|subject| (subject.name.as_str(), subject.sha256)).collect();
    let expected = [("forecast", Sha256Digest::of(FORECAST)), ("setpoint", Sha256Digest::of(SETPOINT))];
    assert_eq!(subjects, BTreeMap::from(expected));
    assert_eq!(statement.predicate, request(7).predicate);
}

#[test]
fn equal_requests_in_any_order_give_equal_bytes() {
    let mut reordered = request(7);
    reordered.components.reverse();
    reordered.predicate.pairs.reverse();
    assert_ne!(reordered, request(7));
    assert_eq!(attest(reordered, &[key(1)]).unwrap(), sign(7));
    assert_eq!(sign(7), sign(7));
}

#[test]
fn the_order_of_functions_does_not_matter() {
    let later = FunctionDigest {
        interface: "acme:heater/zones@1.0.0".to_owned(),
        name: "plan".to_owned(),
        digest: Sha256Digest::of(b"zones"),
    };
    let sign_with_order = |reversed: bool| {
        let mut request = request(7);
        let functions = request.predicate.functions.get_mut("setpoint").unwrap();
        functions.push(later.clone());
        if reversed {
            functions.reverse();
        }
        attest(request, &[key(1)]).unwrap()
    };
    assert_eq!(sign_with_order(true), sign_with_order(false));
}

#[test]
fn every_unclean_place_is_named_at_once() {
    let text = refusal_text(|request| {
        request.predicate.pairs[1].level = Level::Other("breaks".to_owned());
        request.predicate.pairs[6].level = Level::Other("unknown".to_owned());
        request.predicate.edges[0].level = Level::Other("links-but-may-differ".to_owned());
    });
    insta::assert_snapshot!(text, @"the verdict is not clean: the pair of `forecast` and `heater-3` 3.0.0 (module-upgrade) is `breaks`; the pair of `setpoint` and `heater-3` 3.1.0 (host-upgrade) is `unknown`; the edge from `forecast/day-ahead -> ok.prices` to `inverter/plan(inputs.prices)` is `links-but-may-differ`; run `linchpin check` and mend what it finds");
}

#[test]
fn any_single_unclean_level_refuses() {
    for at in 0..request(7).predicate.pairs.len() {
        let mut request = request(7);
        request.predicate.pairs[at].level = Level::Other("warn".to_owned());
        assert_eq!(attest(request, &[key(1)]).unwrap_err().code(), "verdict-not-clean");
    }
}

#[test]
fn any_flipped_byte_of_a_component_after_the_check_refuses() {
    for at in 0..SETPOINT.len() {
        let mut bytes = SETPOINT.to_vec();
        bytes[at] ^= 1;
        let checked = request_of(&[("setpoint", SETPOINT)], 7);
        let components = vec![Component { name: "setpoint", bytes: &bytes }];
        let refusal = attest(Request { components, ..checked }, &[key(1)]).unwrap_err();
        assert_eq!(refusal.code(), "component-changed", "byte {at}");
    }
}

#[test]
fn two_components_that_changed_places_refuse() {
    let text = refusal_text(|request| {
        request.components[0].bytes = SETPOINT;
        request.components[1].bytes = FORECAST;
    });
    assert!(text.contains("run `linchpin check` again"), "{text}");
}

#[test]
fn one_role_of_one_firmware_covers_a_device_class() {
    let mut request = request(7);
    request.predicate.pairs.retain(|pair| pair.firmware != "3.1.0" || pair.role == Role::HostUpgrade);
    assert!(attest(request, &[key(1)]).is_ok());
}

#[test]
fn the_counter_is_exactly_the_next() {
    let code = |counter, last_counter| {
        let request = Request { last_counter, ..request(counter) };
        attest(request, &[key(1)]).map(|_| "signed").unwrap_or_else(|refusal| refusal.code())
    };
    assert_eq!(code(1, 0), "signed");
    assert_eq!(code(u64::MAX, u64::MAX - 1), "signed");
    for (counter, last) in [(0, 0), (2, 0), (5, 5), (4, 5), (7, 5), (0, u64::MAX), (u64::MAX, u64::MAX)] {
        assert_eq!(code(counter, last), "counter-not-next", "{counter} after {last}");
    }
}
