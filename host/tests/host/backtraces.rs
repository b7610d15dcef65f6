//! A guest with names tells where it trapped, and one without runs as before.

use crate::device::{NOW, builder, release, value};
use crate::guests::{self, component};
use linchpin_host::abi::Instance as _;
use linchpin_host::{Engine, EngineConfig, Limits, Loaded, Store, Trap};

/// A guest whose only function calls a helper that stops in one of several ways.
fn traced(helper: &str) -> Vec<u8> {
    component(
        guests::CONSTANT_WIT,
        &format!(
            r#"(module (memory (export "memory") 1)
                (func $"_ZN6heater6helper17h0123456789abcdefE" (result i32) {helper})
                (func $"_RNvCs1a2b3c_6heater4plan" (export "test:device/control@1.0.0#value") (result i32)
                    (i32.add (i32.const 1) (call 0))))"#
        ),
    )
}

fn load(component: &[u8], limits: &Limits) -> Loaded {
    Loaded::standalone(&Engine::new(EngineConfig::deterministic()).unwrap(), component, limits).unwrap()
}

/// What stopped the only function, and where, in one line.
fn stopped(component: &[u8], limits: &Limits) -> (Trap, String) {
    let loaded = load(component, limits);
    let called = loaded.call(|instance| {
        assert_eq!(instance.backtrace(), None, "nothing has trapped yet");
        let trap = instance.call(0, &mut [0]).unwrap_err();
        (trap, instance.backtrace().map(ToString::to_string).unwrap_or_default())
    });
    called.unwrap()
}

const HELPER_AND_PLAN: &str = "in `heater::helper`, called by `heater::plan`";

#[test]
fn each_kind_of_trap_tells_where_it_was() {
    let limits = Limits::default();
    let (trap, at) = stopped(&traced("(i32.div_u (i32.const 100) (i32.const 0))"), &limits);
    assert_eq!(
        (trap.to_string(), at.as_str()),
        ("the guest stopped: integer divide by zero".to_owned(), HELPER_AND_PLAN)
    );
    let (trap, at) = stopped(&traced("unreachable"), &limits);
    assert_eq!((trap.code(), at.as_str()), ("trap-guest", HELPER_AND_PLAN));
    let (trap, at) = stopped(&traced("(i32.load (i32.const -4))"), &limits);
    assert_eq!((trap.code(), at.as_str()), ("trap-guest", HELPER_AND_PLAN));
    let endless = traced("(loop (br 0)) unreachable");
    let (trap, at) = stopped(&endless, &Limits { instructions: 10_000, ..Limits::default() });
    assert_eq!((trap, at.as_str()), (Trap::Instructions, HELPER_AND_PLAN));
    let (trap, at) = stopped(&endless, &Limits { instructions: u64::MAX / 2, ..Limits::default() });
    assert_eq!((trap, at.as_str()), (Trap::Deadline, HELPER_AND_PLAN));
}

#[test]
fn a_stack_that_ran_out_is_told_in_one_line() {
    let (trap, at) = stopped(&traced("(i32.add (i32.const 1) (call 0))"), &Limits::default());
    assert_eq!((trap, at.as_str()), (Trap::Stack, "in `heater::helper` (64 calls), called by others"));
}

#[test]
fn a_guest_without_names_has_no_backtrace() {
    let (trap, at) = stopped(&guests::stopping(), &Limits::default());
    assert_eq!((trap.code(), at.as_str()), ("trap-guest", ""));
}

#[test]
fn a_backtrace_is_gone_with_the_reset() {
    let loaded = load(&traced("unreachable"), &Limits::default());
    let mut instance = loaded.instantiate().unwrap();
    for _ in 0..2 {
        instance.call(0, &mut [0]).unwrap_err();
        assert_eq!(instance.backtrace().unwrap().frames.len(), 2);
        instance.reset().unwrap();
        assert_eq!(instance.backtrace(), None);
    }
}

#[test]
fn an_initialiser_that_traps_tells_where() {
    let guest = component(
        guests::CONSTANT_WIT,
        r#"(module (memory (export "memory") 1)
            (func $prepare (export "_initialize") unreachable)
            (func (export "test:device/control@1.0.0#value") (result i32) (i32.const 1)))"#,
    );
    let engine = Engine::new(EngineConfig::deterministic()).unwrap();
    let refused = Loaded::standalone(&engine, &guest, &Limits::default()).unwrap_err();
    assert!(refused.to_string().ends_with("in `prepare`"), "{refused}");
}

#[test]
fn a_slot_keeps_where_its_last_guest_trapped() {
    let guest = traced("unreachable");
    let slot = builder().open(Store::memory()).unwrap();
    slot.install(&release(guest, 1), NOW).unwrap();
    assert_eq!(slot.stats().last_backtrace, None);
    value(&slot).unwrap_err();
    assert_eq!(slot.stats().last_backtrace.unwrap().to_string(), HELPER_AND_PLAN);
}
