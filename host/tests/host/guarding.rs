//! What happens when a module fails: fallback, guards, and the way back to the last known good one.

use crate::device::{NOW, builder, release, value};
use crate::guests::{constant, stopping};
use linchpin_host::{Breaker, CallError, Clock, Fallback, GuardViolation, Outcome, Store};
use linchpin_trust::Sha256Digest;
use std::collections::BTreeMap;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

#[test]
fn the_breaker_reverts_and_quarantines() {
    let (clock, hands) = Clock::manual();
    let store = Store::memory();
    let breaker = Breaker { failures: 3, within: HOUR };
    let slot =
        builder().breaker(breaker).clock(clock).fallback(Fallback::Constant).open(store.clone()).unwrap();
    slot.set_fallback_constant(0, 9_u32).unwrap();
    slot.install(&release(constant(1), 1), NOW).unwrap();
    let bad = release(stopping(), 2);
    slot.install(&bad, NOW).unwrap();
    // Two failures, then none for long enough, then three.
    for pause in [HOUR / 4, HOUR * 2, HOUR / 4, HOUR / 4, HOUR / 4] {
        let outcome = value(&slot).unwrap();
        assert_eq!((outcome.value(), outcome.why().map(CallError::code)), (&9, Some("trap-guest")));
        hands.advance(pause);
    }
    assert_eq!(value(&slot), Ok(Outcome::Value(1)), "the last known good module took over");
    assert_eq!((slot.stats().reverts, slot.stats().fallbacks), (1, 5));
    assert_eq!(slot.install(&bad, NOW).unwrap_err().code(), "quarantined");
    assert_eq!(slot.install(&release(stopping(), 3), NOW).unwrap_err().code(), "quarantined");
    // The quarantine outlives a restart.
    let slot = builder().open(store).unwrap();
    assert_eq!(value(&slot), Ok(Outcome::Value(1)));
    assert_eq!(slot.install(&release(stopping(), 3), NOW).unwrap_err().code(), "quarantined");
}

#[test]
fn with_nothing_to_go_back_to_the_module_stays() {
    let slot = builder().open(Store::memory()).unwrap();
    slot.install(&release(stopping(), 1), NOW).unwrap();
    for _ in 0..10 {
        assert_eq!(value(&slot).unwrap_err().code(), "trap-guest");
    }
    assert_eq!(slot.active(), Some(Sha256Digest::of(&stopping())));
    assert_eq!(slot.stats().reverts, 0);
}

#[test]
fn what_the_caller_did_wrong_does_not_count_against_the_module() {
    let slot = builder().open(Store::memory()).unwrap();
    slot.install(&release(constant(1), 1), NOW).unwrap();
    slot.install(&release(constant(2), 2), NOW).unwrap();
    for _ in 0..10 {
        let result: Result<Outcome<u32>, _> =
            slot.call(0, |_| Err(CallError::InputTooLarge { limit_bytes: 8 }), |_| Ok(()));
        assert_eq!(result.unwrap_err().code(), "input-too-large");
    }
    assert_eq!(value(&slot), Ok(Outcome::Value(2)));
}

#[test]
fn a_held_value_ages() {
    let (clock, hands) = Clock::manual();
    let never = Breaker { failures: 0, within: HOUR };
    let slot = builder()
        .clock(clock)
        .breaker(never)
        .fallback(Fallback::HoldLast { max_age: HOUR })
        .open(Store::memory())
        .unwrap();
    slot.install(&release(constant(21), 1), NOW).unwrap();
    assert_eq!(value(&slot), Ok(Outcome::Value(21)));
    slot.install(&release(stopping(), 2), NOW).unwrap();
    hands.advance(HOUR);
    assert_eq!(value(&slot).unwrap().into_value(), 21, "exactly old enough");
    hands.advance(Duration::from_nanos(1));
    assert_eq!(value(&slot).unwrap_err().code(), "trap-guest");
    slot.set_fallback_constant(0, 50_u32).unwrap();
    assert_eq!(value(&slot).unwrap().into_value(), 50, "the constant follows the held value");
}

#[test]
fn guards_refuse_before_a_value_is_held() {
    let slot = builder().fallback(Fallback::HoldLast { max_age: HOUR }).open(Store::memory()).unwrap();
    slot.install(&release(constant(500), 1), NOW).unwrap();
    assert_eq!(value(&slot), Ok(Outcome::Value(500)));
    slot.install(&release(constant(5_000), 2), NOW).unwrap();
    let outcome = value(&slot).unwrap();
    assert_eq!((*outcome.value(), outcome.why().map(CallError::code)), (500, Some("guard-firmware")));
    slot.rollback().unwrap();
    slot.add_guard(0, |value: &u32| match value {
        500 => Err(GuardViolation::firmware("not 500 today")),
        _ => Ok(()),
    })
    .unwrap();
    assert!(matches!(value(&slot), Ok(Outcome::Fallback { value: 500, .. })));
    assert_eq!(slot.stats().by_cause, BTreeMap::from([("guard-firmware", 2)]));
}

#[test]
fn one_function_has_one_type() {
    let slot = builder().open(Store::memory()).unwrap();
    slot.install(&release(constant(1), 1), NOW).unwrap();
    slot.set_fallback_constant(0, 1_u32).unwrap();
    assert_eq!(slot.set_fallback_constant(0, 1_i64).unwrap_err().code(), "wrong-type");
    assert_eq!(slot.add_guard(0, |_: &String| Ok(())).unwrap_err().code(), "wrong-type");
    assert_eq!(slot.set_fallback_constant(3, 1_u32).unwrap_err().code(), "no-such-function");
    let misused: Result<Outcome<String>, _> = slot.call(0, |_| Ok(String::new()), |_| Ok(()));
    assert_eq!(misused, Err(CallError::Misuse { function: 0 }));
    assert_eq!(value(&slot), Ok(Outcome::Value(1)));
}
