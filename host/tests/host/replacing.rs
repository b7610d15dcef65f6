//! Modules are replaced while calls go on; what is wrong never replaces what works.

use crate::device::{EXPIRES, NOW, builder, release, release_with, trusted, value};
use crate::guests::{component, constant, dummy};
use linchpin_host::{CallError, Fallback, Outcome, Release, Slot, Store};
use linchpin_trust::{Sha256Digest, SigningKey};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

#[test]
fn an_empty_slot_falls_back_and_says_why() {
    let slot = builder().fallback(Fallback::Constant).open(Store::memory()).unwrap();
    assert_eq!(value(&slot), Err(CallError::NoModule));
    slot.set_fallback_constant(0, 55_u32).unwrap();
    let outcome = value(&slot).unwrap();
    assert_eq!(outcome, Outcome::Fallback { value: 55, why: CallError::NoModule });
    let stats = slot.stats();
    assert_eq!((stats.calls, stats.values, stats.fallbacks, stats.errors), (2, 0, 1, 1));
    assert_eq!(stats.by_cause, BTreeMap::from([("no-module", 2)]));
}

#[test]
fn installs_replace_and_rollback_returns_once() {
    let slot = builder().open(Store::memory()).unwrap();
    let first = slot.install(&release(constant(1), 1), NOW).unwrap();
    assert_eq!((first.name.as_str(), first.counter, first.replaced), ("control", 1, None));
    assert_eq!(value(&slot), Ok(Outcome::Value(1)));
    assert_eq!(slot.last_known_good(), None);
    let second = slot.install(&release(constant(2), 2), NOW).unwrap();
    assert_eq!(second.replaced, Some(first.component));
    assert_eq!(value(&slot), Ok(Outcome::Value(2)));
    assert_eq!(slot.last_known_good(), Some(first.component));
    let back = slot.rollback().unwrap();
    assert_eq!((back.component, back.replaced), (first.component, Some(second.component)));
    assert_eq!(value(&slot), Ok(Outcome::Value(1)));
    assert_eq!(slot.rollback().unwrap_err().code(), "no-previous");
    assert_eq!((slot.stats().swaps, slot.stats().rollbacks), (2, 1));
}

#[test]
fn the_same_component_again_keeps_the_last_known_good_one() {
    let slot = builder().open(Store::memory()).unwrap();
    slot.install(&release(constant(1), 1), NOW).unwrap();
    slot.install(&release(constant(2), 2), NOW).unwrap();
    slot.install(&release(constant(2), 3), NOW).unwrap();
    assert_eq!(slot.last_known_good(), Some(Sha256Digest::of(&constant(1))));
}

/// Releases that must be refused once counter 5 is installed, with the code of each refusal.
fn bad_releases() -> Vec<(&'static str, Release)> {
    let importing = dummy(
        "package test:device@1.0.0; interface control { value: func() -> u32; }
         world w { import now: func() -> u64; export control; }",
    );
    let retyped = dummy(
        "package test:device@1.0.0; interface control { value: func() -> u64; } world w { export control; }",
    );
    let renamed = dummy(
        "package test:device@1.0.0; interface control { worth: func() -> u32; } world w { export control; }",
    );
    let mut tampered = release(constant(6), 6);
    *tampered.component.last_mut().unwrap() ^= 1;
    let mut resigned = release(constant(6), 6);
    resigned.attestation = release(constant(7), 6).attestation;
    let stranger = SigningKey::from_seed([9; 32]);
    let other_key = release_with(constant(6), 6, "tank-1", stranger);
    let other_class = release_with(constant(6), 6, "tank-2", SigningKey::from_seed([3; 32]));
    vec![
        ("subject-mismatch", tampered),
        ("subject-mismatch", resigned),
        ("key-unknown", other_key),
        ("device-class-mismatch", other_class),
        ("counter-older", release(constant(4), 4)),
        ("counter-reused", release(constant(6), 5)),
        ("envelope-malformed", Release { component: constant(6), attestation: b"signed, honest".to_vec() }),
        ("import-present", release(importing, 6)),
        ("digest-mismatch", release(retyped, 6)),
        ("function-missing", release(renamed, 6)),
        ("not-webassembly", release(vec![0; 100], 6)),
    ]
}

#[test]
fn a_refused_release_leaves_the_old_one_running() {
    let slot = builder().open(Store::memory()).unwrap();
    slot.install(&release(constant(5), 5), NOW).unwrap();
    for (code, bad) in bad_releases() {
        let error = slot.install(&bad, NOW).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert_eq!(value(&slot), Ok(Outcome::Value(5)), "{code}");
        assert_eq!(slot.last_known_good(), None, "{code}");
    }
    let expired = slot.install(&release(constant(6), 6), EXPIRES).unwrap_err();
    assert_eq!(expired.code(), "expired");
    assert_eq!(slot.stats().swaps, 1);
    slot.install(&release(constant(6), 6), NOW).expect("a good one is still taken");
}

#[test]
fn a_slot_that_trusts_nobody_installs_nothing() {
    let engine = linchpin_host::Engine::new(linchpin_host::EngineConfig::deterministic()).unwrap();
    let contract = crate::guests::contract_of(&constant(0));
    let slot: Slot = Slot::builder(&engine, contract).open(Store::memory()).unwrap();
    assert_eq!(slot.install(&release(constant(1), 1), NOW).unwrap_err().code(), "no-trust");
}

#[test]
fn signed_limits_hold_where_they_are_lower() {
    let slot = builder().open(Store::memory()).unwrap();
    let looping = component(
        crate::guests::CONSTANT_WIT,
        r#"(module (memory (export "memory") 1)
            (func (export "test:device/control@1.0.0#value") (result i32) (loop (br 0)) unreachable))"#,
    );
    slot.install(&release(looping, 1), NOW).unwrap();
    assert_eq!(value(&slot).unwrap_err().code(), "trap-instructions");
    let used = slot.stats().instructions_max;
    assert!((999_000..=1_000_000).contains(&used), "the signed million counts, not the default: {used}");
}

#[test]
fn calls_under_load_get_a_whole_generation_each_and_none_is_lost() {
    let slot = builder().open(Store::memory()).unwrap();
    slot.install(&release(constant(1), 1), NOW).unwrap();
    let releases: Vec<_> = (2..=12).map(|counter| release(constant(counter as u32), counter)).collect();
    let done = AtomicBool::new(false);
    let callers = |slot: &Slot| {
        let mut seen = Vec::new();
        while !done.load(Ordering::SeqCst) {
            // Two calls to the same instance would differ if a call could be mixed from two generations.
            let pair = slot.call(
                0,
                |guest| {
                    use linchpin_host::abi::Instance as _;
                    let (mut a, mut b) = ([0], [0]);
                    guest.call(0, &mut a)?;
                    thread::yield_now();
                    guest.call(0, &mut b)?;
                    Ok((a[0], b[0]))
                },
                |_| Ok(()),
            );
            seen.push(pair);
        }
        seen
    };
    let results: Vec<_> = thread::scope(|scope| {
        let callers: Vec<_> = (0..4).map(|_| scope.spawn(|| callers(&slot))).collect();
        for release in &releases {
            slot.install(release, NOW).unwrap();
            thread::sleep(Duration::from_millis(5));
        }
        done.store(true, Ordering::SeqCst);
        callers.into_iter().map(|caller| caller.join().unwrap()).collect()
    });
    let mut calls = 0;
    let mut generations = std::collections::BTreeSet::new();
    for caller in &results {
        let mut last = 0;
        for result in caller {
            let Ok(Outcome::Value((a, b))) = result else { panic!("a call was lost: {result:?}") };
            assert_eq!(a, b, "a call was mixed from two generations");
            assert!(*a >= last, "a caller saw an older generation after a newer one");
            last = *a;
            calls += 1;
            generations.insert(*a);
        }
    }
    let stats = slot.stats();
    assert_eq!((stats.calls, stats.values, stats.swaps), (calls, calls, 12));
    assert!(generations.len() > 1, "the calls all came before or after the swaps");
}

#[test]
fn a_slot_goes_between_threads() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<Slot>();
    assert_eq!(trusted().newest_counter(), 0);
}
