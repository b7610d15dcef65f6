//! Every refusal, reached by a case of its own.

use std::collections::BTreeSet;

use linchpin_trust::{
    Component, Edge, Endpoint, Envelope, Level, MAX_SIGNATURES, PAYLOAD_TYPE, PublicKey, Purpose, Refusal,
    Request, Sha256Digest, SigningKey, Statement, TrustedState, attest, verify_attestation,
};

use crate::fixture::{
    EXPIRES, FORECAST, ISSUED, NOW, SETPOINT, device, install, installed, key, request, request_of, sign,
    sign_payload, sign_unchecked, statement, trusting,
};

/// A code and what should be refused with it.
type Case = (&'static str, Result<(), Refusal>);

/// A mistake in a request that was right.
type Change = fn(&mut Request<'static>);

#[test]
fn every_refusal_is_reached_by_its_own_case() {
    let mut reached = BTreeSet::new();
    for (code, result) in [key_cases(), signer_cases(), request_cases(), device_cases()].concat() {
        let refusal = result.expect_err(code);
        assert_eq!(refusal.code(), code, "{refusal}");
        reached.insert(code);
    }
    assert_eq!(reached, codes_in_source());
}

#[test]
fn messages_follow_the_house_rules() {
    for (code, result) in [key_cases(), signer_cases(), request_cases(), device_cases()].concat() {
        let text = result.expect_err(code).to_string();
        assert!(!text.ends_with('.') && !text.contains('\n'), "{text}");
        assert!(text.starts_with(|first: char| !first.is_uppercase()), "{text}");
    }
}

/// A signer that skips the rules gains nothing: the device holds them again.
#[test]
fn the_device_holds_the_rules_of_the_signer() {
    let mut held = 0;
    for (code, change) in rule_cases() {
        let mut request = request(7);
        change(&mut request);
        let envelope = sign_unchecked(&statement(&request));
        assert_eq!(install(&envelope, &device()).unwrap_err().code(), code);
        held += 1;
    }
    assert_eq!(held, 14);
}

/// The codes as `src/refusal.rs` lists them, so that a new one without a case is noticed.
fn codes_in_source() -> BTreeSet<&'static str> {
    let source = include_str!("../../src/refusal.rs");
    let codes = source.lines().filter_map(|line| line.split_once("=> \"")?.1.split_once('"')).map(|it| it.0);
    codes.collect()
}

fn key_cases() -> Vec<Case> {
    let private = key(1).to_file_text();
    let read = |text: &str| SigningKey::from_file_text(text).map(drop);
    vec![
        ("digest-malformed", "12".parse::<Sha256Digest>().map(drop)),
        ("key-malformed", "12".parse::<PublicKey>().map(drop)),
        ("key-malformed", read(&private.replace("01\"", "1\""))),
        ("key-weak", PublicKey::from_bytes(std::array::from_fn(|at| u8::from(at == 0))).map(drop)),
        ("key-file-malformed", read("")),
        ("key-file-malformed", read(&format!("{private}{}", " ".repeat(4096)))),
        ("key-file-malformed", read(&private.replace("\"private\"", "\"public\""))),
        ("key-file-malformed", read(&private.replace("\"scheme\"", "\"password\": \"x\", \"scheme\""))),
        ("key-kind-wrong", read(&key(1).public().to_file_text())),
        ("key-kind-wrong", PublicKey::from_file_text(&private).map(drop)),
        ("key-scheme-unknown", read(&private.replace("ed25519", "ecdsa"))),
    ]
}

fn signer_cases() -> Vec<Case> {
    let sign = |keys: &[SigningKey]| attest(request(7), keys).map(drop);
    let many: Vec<_> = (1..=17).map(key).collect();
    assert_eq!(many.len(), MAX_SIGNATURES + 1);
    let many_edges = {
        let mut request = request(7);
        request.predicate.edges = vec![request.predicate.edges[0].clone(); 5_000];
        attest(request, &[key(1)]).map(drop)
    };
    let sequence = |counter| attest(Request { last_counter: 6, ..request(counter) }, &[key(1)]).map(drop);
    vec![
        ("signers-missing", sign(&[])),
        ("signers-too-many", sign(&many)),
        ("signer-repeated", sign(&[key(1), key(2), key(1)])),
        ("envelope-too-large", many_edges),
        ("counter-not-next", sequence(6)),
        ("counter-not-next", sequence(8)),
        ("expiry-before-issue", refused(|request| request.predicate.expires_at = Some(ISSUED))),
    ]
}

fn request_cases() -> Vec<Case> {
    rule_cases().into_iter().map(|(code, change)| (code, refused(change))).collect()
}

fn refused(change: Change) -> Result<(), Refusal> {
    let mut request = request(7);
    change(&mut request);
    attest(request, &[key(1)]).map(drop)
}

/// Changes of a clean request, each against one rule.
fn rule_cases() -> Vec<(&'static str, Change)> {
    vec![
        ("verdict-not-clean", |request| request.predicate.pairs[0].level = Level::Other("breaks".to_owned())),
        ("verdict-not-clean", |request| {
            request.predicate.edges[0].level = Level::Other("unknown".to_owned())
        }),
        ("name-empty", |request| request.components[0].name = ""),
        ("subjects-missing", |request| request.components.clear()),
        ("subject-repeated", |request| request.components[1].name = "forecast"),
        ("device-classes-missing", |request| request.predicate.device_classes.clear()),
        ("pair-unknown-subject", |request| request.components.truncate(1)),
        ("component-changed", |request| request.components[1].bytes = b"other bytes"),
        ("pair-unknown-target", |request| request.predicate.pairs[0].target = "boiler-1".to_owned()),
        ("pair-repeated", |request| request.predicate.pairs.push(request.predicate.pairs[0].clone())),
        ("pair-missing", |request| {
            request.predicate.pairs.retain(|pair| pair.module != "setpoint" || pair.target != "heater-2");
        }),
        ("edge-unknown-subject", |request| request.predicate.edges = vec![edge_between_others()]),
        ("entry-missing", |request| {
            request.predicate.limits.remove("heater-3");
        }),
        ("entry-unknown", |request| {
            let measured = request.predicate.measured["forecast"];
            request.predicate.measured.insert("boiler".to_owned(), measured);
        }),
    ]
}

fn edge_between_others() -> Edge {
    let end = || Endpoint {
        module: "inverter".to_owned(),
        module_sha256: Sha256Digest::of(b"in the field"),
        path: "plan".to_owned(),
    };
    Edge { from: end(), to: end(), level: Level::Ok }
}

fn device_cases() -> Vec<Case> {
    let state = installed(&sign(7), &device());
    let on = |envelope: &[u8], state: &TrustedState| install(envelope, state).map(drop);
    let json = |from: &str, to: &str| {
        let text = String::from_utf8(statement(&request(7)).to_json().unwrap()).unwrap();
        assert!(text.contains(from));
        on(&sign_payload(PAYLOAD_TYPE, text.replacen(from, to, 1).into_bytes()), &device())
    };
    let at =
        |component, now, purpose| verify_attestation(&sign(7), component, &device(), now, purpose).map(drop);
    let mut altered = Envelope::parse(&sign(7)).unwrap();
    altered.signatures[0].signature[0] ^= 1;
    let reused = attest(request_of(&[("setpoint", SETPOINT)], 7), &[key(1)]).unwrap();
    vec![
        ("envelope-too-large", on(&vec![b' '; (1 << 20) + 1], &device())),
        ("envelope-malformed", on(b"{}", &device())),
        ("threshold-impossible", on(&sign(7), &trusting(&[1], 2))),
        ("signature-altered", on(&altered.to_json().unwrap(), &device())),
        ("key-unknown", on(&sign(7), &trusting(&[2], 1))),
        ("threshold-not-met", on(&sign(7), &trusting(&[1, 2], 2))),
        ("payload-type-unknown", on(&sign_payload("text/plain", b"hello".to_vec()), &device())),
        ("statement-malformed", on(&sign_payload(PAYLOAD_TYPE, b"hello".to_vec()), &device())),
        ("statement-type-unknown", json("Statement/v1", "Statement/v2")),
        ("predicate-type-unknown", json("verdict:v1", "verdict:v2")),
        ("subject-mismatch", at(b"other bytes", NOW, Purpose::Install)),
        (
            "device-class-mismatch",
            on(&sign(7), &TrustedState { device_class: "heater-9".to_owned(), ..device() }),
        ),
        ("counter-older", on(&sign(6), &state)),
        ("counter-reused", on(&reused, &state)),
        ("not-installed", at(SETPOINT, NOW, Purpose::Start)),
        ("expired", at(SETPOINT, EXPIRES, Purpose::Install)),
    ]
}

#[test]
fn two_components_with_the_same_bytes_are_one_too_many() {
    let twins = request_of(&[("forecast", FORECAST), ("outlook", FORECAST)], 7);
    assert_eq!(attest(twins, &[key(1)]).unwrap_err().code(), "subject-repeated");
}

#[test]
fn device_classes_have_names() {
    let mut request = request(7);
    request.predicate.device_classes.insert(String::new());
    assert_eq!(attest(request, &[key(1)]).unwrap_err().code(), "name-empty");
}

#[test]
fn each_table_has_exactly_the_entries_it_needs() {
    let code = |change: fn(&mut Statement)| {
        let mut statement = statement(&request(7));
        change(&mut statement);
        install(&sign_unchecked(&statement), &device()).unwrap_err().to_string()
    };
    let texts = [
        code(|it| drop(it.predicate.functions.remove("setpoint"))),
        code(|it| it.predicate.functions.get_mut("setpoint").unwrap().clear()),
        code(|it| drop(it.predicate.functions.insert("boiler".to_owned(), vec![]))),
        code(|it| {
            let limits = it.predicate.limits["heater-2"];
            it.predicate.limits.insert("boiler".to_owned(), limits);
        }),
    ];
    insta::assert_snapshot!(texts.join("\n"), @"
    `setpoint` has no entry in `functions`; give one for each
    `setpoint` has no entry in `functions`; give one for each
    `functions` has an entry for `boiler`, which is not attested; leave it out
    `limits` has an entry for `boiler`, which is not attested; leave it out
    ");
}

#[test]
fn an_edge_to_an_attested_component_is_about_its_bytes() {
    let mut request = request(7);
    request.components.push(Component { name: "inverter", bytes: b"not what is in the field" });
    let mut pairs = request.predicate.pairs[..4].to_vec();
    for pair in &mut pairs {
        pair.module = "inverter".to_owned();
        pair.module_sha256 = Sha256Digest::of(b"not what is in the field");
    }
    request.predicate.pairs.extend(pairs);
    let functions = request.predicate.functions["forecast"].clone();
    request.predicate.functions.insert("inverter".to_owned(), functions);
    assert_eq!(attest(request, &[key(1)]).unwrap_err().code(), "component-changed");
}
