//! What a device accepts, over the life of a device.

use std::collections::BTreeSet;

use linchpin_trust::{Purpose, Refusal, Sha256Digest, TrustedState, UnixSeconds, attest, verify_attestation};

use crate::fixture::{
    CLASSES, EXPIRES, FORECAST, ISSUED, NOW, SETPOINT, device, install, installed, key, request, request_of,
    sign, sign_unchecked, statement, trusting,
};

const OLDER_SETPOINT: &[u8] = b"\0asm\x0d\0\x01\0 setpoint 1.3.0";

fn start(envelope: &[u8], component: &[u8], state: &TrustedState) -> Result<TrustedState, Refusal> {
    verify_attestation(envelope, component, state, NOW, Purpose::Start).map(|(_, state)| state)
}

fn code<T>(result: Result<T, Refusal>) -> &'static str {
    result.map(|_| "accepted").unwrap_or_else(|refusal| refusal.code())
}

#[test]
fn what_was_signed_is_what_is_attested() {
    let (attested, state) = install(&sign(7), &device()).unwrap();
    let expected = statement(&request(7));
    assert_eq!(attested.subject, expected.subjects[1]);
    assert_eq!(attested.limits, expected.predicate.limits["heater-3"]);
    assert_eq!(attested.functions, expected.predicate.functions["setpoint"]);
    assert_eq!(attested.signers, BTreeSet::from([key(1).public().id()]));
    assert_eq!(attested.statement, expected);
    assert_eq!(state.newest_counter(), 7);
    assert_eq!(state.newest.unwrap().statement_sha256, attested.statement_sha256);
}

#[test]
fn every_component_and_class_of_a_statement_is_accepted() {
    let envelope = sign(7);
    for class in CLASSES {
        let state = TrustedState { device_class: class.to_owned(), ..device() };
        for (component, name) in [(FORECAST, "forecast"), (SETPOINT, "setpoint")] {
            let (attested, _) =
                verify_attestation(&envelope, component, &state, NOW, Purpose::Install).unwrap();
            assert_eq!(attested.subject.name, name);
        }
    }
}

#[test]
fn a_refusal_leaves_the_callers_state_as_it_was() {
    let state = installed(&sign(7), &device());
    let before = state.clone();
    assert_eq!(code(install(&sign(6), &state)), "counter-older");
    assert_eq!(state, before);
}

#[test]
fn the_second_component_of_a_statement_installs_at_the_same_counter() {
    let envelope = sign(7);
    let state = installed(&envelope, &device());
    let (_, again) = verify_attestation(&envelope, FORECAST, &state, NOW, Purpose::Install).unwrap();
    assert_eq!(again, state);
}

#[test]
fn what_is_installed_starts_again_at_the_same_counter() {
    let envelope = sign(7);
    let state = installed(&envelope, &device());
    assert_eq!(start(&envelope, SETPOINT, &state), Ok(state.clone()));
    // Signing the same statement with one more key does not make it another statement.
    let both = attest(request(7), &[key(2), key(1)]).unwrap();
    assert_eq!(start(&both, SETPOINT, &state), Ok(state));
}

#[test]
fn the_last_known_good_starts_after_a_newer_one_failed() {
    let (good, candidate) = (sign(7), sign(8));
    let state = installed(&candidate, &installed(&good, &device()));
    assert_eq!(start(&good, SETPOINT, &state), Ok(state.clone()));
    assert_eq!(code(install(&good, &state)), "counter-older");
    // It goes on to start however many more fail.
    let state = (9..40).fold(state, |state, counter| installed(&sign(counter), &state));
    assert_eq!(start(&good, SETPOINT, &state), Ok(state));
}

#[test]
fn what_left_the_device_cannot_come_back() {
    let (first, second, third) = (sign(7), sign(8), sign(9));
    let state = installed(&third, &installed(&second, &installed(&first, &device())));
    let kept = install(&second, &device()).unwrap().0.statement_sha256;
    let state = state.keep_startable(&BTreeSet::from([kept]));
    assert_eq!(code(start(&first, SETPOINT, &state)), "counter-older");
    assert_eq!(code(start(&second, SETPOINT, &state)), "accepted");
    assert_eq!(code(start(&third, SETPOINT, &state)), "accepted");
    let state = state.keep_startable(&BTreeSet::new());
    assert_eq!(code(start(&third, SETPOINT, &state)), "accepted");
    assert_eq!(code(install(&second, &state)), "counter-older");
}

#[test]
fn what_was_never_installed_does_not_start() {
    assert_eq!(code(start(&sign(7), SETPOINT, &device())), "not-installed");
    let state = installed(&sign(7), &device());
    assert_eq!(code(start(&sign(8), SETPOINT, &state)), "not-installed");
    assert_eq!(code(start(&sign(6), SETPOINT, &state)), "counter-older");
    let other = attest(request_of(&[("setpoint", OLDER_SETPOINT)], 7), &[key(1)]).unwrap();
    assert_eq!(code(start(&other, OLDER_SETPOINT, &state)), "counter-reused");
    // Nor does it start once that counter is an older one that is still remembered.
    let state = installed(&sign(8), &state);
    assert_eq!(code(start(&other, OLDER_SETPOINT, &state)), "counter-older");
}

#[test]
fn the_operator_goes_back_with_a_higher_counter() {
    let older = |counter| attest(request_of(&[("setpoint", OLDER_SETPOINT)], counter), &[key(1)]).unwrap();
    let install = |envelope: &[u8], component: &[u8], state: &TrustedState| {
        verify_attestation(envelope, component, state, NOW, Purpose::Install)
    };
    let (_, state) = install(&older(6), OLDER_SETPOINT, &device()).unwrap();
    let (_, state) = install(&sign(7), SETPOINT, &state).unwrap();
    assert_eq!(code(install(&older(6), OLDER_SETPOINT, &state)), "counter-older");
    let (attested, state) = install(&older(8), OLDER_SETPOINT, &state).unwrap();
    assert_eq!(attested.subject.sha256, Sha256Digest::of(OLDER_SETPOINT));
    assert_eq!(code(install(&sign(7), SETPOINT, &state)), "counter-older");
}

#[test]
fn devices_may_skip_releases() {
    let state = installed(&sign(2), &device());
    assert_eq!(installed(&sign(1000), &state).newest_counter(), 1000);
}

#[test]
fn counter_zero_is_older_than_nothing_installed() {
    let zero = sign_unchecked(&statement(&request(0)));
    assert_eq!(code(install(&zero, &device())), "counter-older");
}

#[test]
fn a_clock_that_steps_never_bricks_updates() {
    let at = |now, counter, state: &TrustedState| {
        verify_attestation(&sign(counter), SETPOINT, state, UnixSeconds(now), Purpose::Install)
    };
    let (_, state) = at(NOW.0, 7, &device()).unwrap();
    // Back to before issue, even to 1970; then years ahead, where the install is refused; then right again.
    let (_, state) = at(ISSUED.0 - 1, 8, &state).unwrap();
    let (_, state) = at(0, 9, &state).unwrap();
    assert_eq!(code(at(u64::MAX, 10, &state)), "expired");
    let (_, state) = at(NOW.0, 10, &state).unwrap();
    assert_eq!(state.newest_counter(), 10);
}

#[test]
fn expiry_blocks_installs_and_never_running_code() {
    let envelope = sign(7);
    let verify = |state: &TrustedState, now, purpose| {
        verify_attestation(&envelope, SETPOINT, state, UnixSeconds(now), purpose)
    };
    assert_eq!(code(verify(&device(), EXPIRES.0 - 1, Purpose::Install)), "accepted");
    assert_eq!(code(verify(&device(), EXPIRES.0, Purpose::Install)), "expired");
    let state = installed(&envelope, &device());
    for now in [0, EXPIRES.0, u64::MAX] {
        assert_eq!(code(verify(&state, now, Purpose::Start)), "accepted");
    }
}

#[test]
fn without_an_expiry_an_install_is_always_possible() {
    let mut request = request(7);
    request.predicate.expires_at = None;
    let envelope = attest(request, &[key(1)]).unwrap();
    let latest = UnixSeconds(u64::MAX);
    assert_eq!(
        code(verify_attestation(&envelope, SETPOINT, &device(), latest, Purpose::Install)),
        "accepted"
    );
}

#[test]
fn a_key_that_is_taken_away_stops_what_only_it_signed() {
    let envelope = sign(7);
    let state = installed(&envelope, &device());
    let rotated = TrustedState { keys: trusting(&[2], 1).keys, ..state };
    assert_eq!(code(start(&envelope, SETPOINT, &rotated)), "key-unknown");
    let both = attest(request(7), &[key(1), key(2)]).unwrap();
    assert_eq!(code(start(&both, SETPOINT, &rotated)), "accepted");
}

#[test]
fn subjects_in_another_order_are_accepted_only_when_signed_so() {
    let mut reordered = statement(&request(7));
    reordered.subjects.reverse();
    let (attested, _) = install(&sign_unchecked(&reordered), &device()).unwrap();
    assert_eq!(attested.subject, statement(&request(7)).subjects[1]);
    // The signature is over the bytes, so the same reordering afterwards is an alteration.
    let mut envelope = linchpin_trust::Envelope::parse(&sign(7)).unwrap();
    envelope.payload = reordered.to_json().unwrap();
    assert_eq!(code(install(&envelope.to_json().unwrap(), &device())), "signature-altered");
}

#[test]
fn the_state_round_trips_through_json() {
    let state = installed(&sign(9), &installed(&sign(7), &trusting(&[1, 2, 3], 1)));
    assert_eq!(state.startable.len(), 1);
    let json = serde_json::to_string(&state).unwrap();
    assert_eq!(serde_json::from_str::<TrustedState>(&json).unwrap(), state);
    let zero = json.replace("\"threshold\":1", "\"threshold\":0");
    assert!(serde_json::from_str::<TrustedState>(&zero).is_err());
}
