//! A guest cannot take more than its limits, nor carry anything from one call to the next.

use crate::guests::{self, function, misbehaving};
use linchpin_host::abi::Instance as _;
use linchpin_host::{CallStats, Engine, EngineConfig, Limits, Loaded, Trap};
use std::time::{Duration, Instant};

fn load(config: EngineConfig, limits: &Limits) -> Loaded {
    Loaded::standalone(&Engine::new(config).unwrap(), &misbehaving(), limits).unwrap()
}

/// One call on a fresh instance, with up to one parameter.
fn call(loaded: &Loaded, function: usize, parameter: u64) -> Result<u64, Trap> {
    call_with_stats(loaded, function, parameter).0
}

fn call_with_stats(loaded: &Loaded, function: usize, parameter: u64) -> (Result<u64, Trap>, CallStats) {
    let mut instance = loaded.instantiate().unwrap();
    let mut slots = [parameter];
    let result = instance.call(function, &mut slots).map(|()| slots[0]);
    (result, instance.stats())
}

#[test]
fn an_endless_loop_runs_out_of_instructions() {
    let config = EngineConfig { enforce_deadlines: false, ..EngineConfig::deterministic() };
    let loaded = load(config, &Limits { instructions: 50_000, ..Limits::default() });
    let (result, stats) = call_with_stats(&loaded, function::SPIN, 0);
    assert_eq!(result, Err(Trap::Instructions));
    assert!((49_990..=50_000).contains(&stats.instructions), "{stats:?}");
}

#[test]
fn an_endless_loop_runs_into_its_deadline() {
    let config = EngineConfig { count_instructions: false, ..EngineConfig::deterministic() };
    let deadline = Duration::from_millis(30);
    let loaded = load(config, &Limits { deadline, ..Limits::default() });
    // The second time the clock has been asleep for a while.
    for pause_ms in [0, 200] {
        std::thread::sleep(Duration::from_millis(pause_ms));
        let start = Instant::now();
        assert_eq!(call(&loaded, function::SPIN, 0), Err(Trap::Deadline));
        let took = start.elapsed();
        assert!(took >= deadline, "stopped {took:?} after its start");
        assert!(took < Duration::from_secs(20), "stopped {took:?} after its start");
    }
}

#[test]
fn memory_grows_up_to_the_limit_and_no_further() {
    let loaded = load(EngineConfig::deterministic(), &Limits { memory_bytes: 4 << 16, ..Limits::default() });
    let (result, stats) = call_with_stats(&loaded, function::GROW, 3);
    assert_eq!((result, stats.memory_bytes), (Ok(1), 4 << 16));
    let (result, stats) = call_with_stats(&loaded, function::GROW, 4);
    assert_eq!((result, stats.memory_bytes), (Ok(u64::from(u32::MAX)), 1 << 16));
}

#[test]
fn recursion_runs_out_of_stack() {
    let limits = Limits { instructions: 1 << 40, deadline: Duration::from_secs(60), ..Limits::default() };
    let engine = Engine::new(EngineConfig::deterministic()).unwrap();
    let small =
        Loaded::standalone(&engine, &misbehaving(), &Limits { stack_bytes: 32 << 10, ..limits.clone() });
    let large = Loaded::standalone(&engine, &misbehaving(), &Limits { stack_bytes: 512 << 10, ..limits });
    let (small, large) = (small.unwrap(), large.unwrap());
    assert_eq!(call(&small, function::DEEP, 100), Ok(100));
    assert_eq!(call(&small, function::DEEP, 3_000), Err(Trap::Stack));
    assert_eq!(call(&large, function::DEEP, 3_000), Ok(3_000));
    assert_eq!(call(&large, function::DEEP, 10_000_000), Err(Trap::Stack));
}

#[test]
fn a_trap_says_what_happened() {
    let loaded = load(EngineConfig::deterministic(), &Limits::default());
    let message = |result| match result {
        Err(Trap::Guest { message }) => message,
        other => panic!("expected a trap, found {other:?}"),
    };
    assert!(message(call(&loaded, function::STOP, 0)).contains("unreachable"));
    assert_eq!(message(call(&loaded, function::DIVIDE, 0)), "integer divide by zero");
    assert_eq!(call(&loaded, function::DIVIDE, 3), Ok(33));
    assert!(message(call(&loaded, 99, 0)).contains("no such function"));
}

#[test]
fn nothing_is_carried_from_one_call_to_the_next() {
    let loaded = load(EngineConfig::deterministic(), &Limits::default());
    let kept = |function, parameter| {
        let mut slots = [parameter];
        loaded.call(|instance| instance.call(function, &mut slots)).unwrap().map(|()| slots[0])
    };
    for round in 0..5 {
        assert_eq!(kept(function::COUNT, 0), Ok(1), "a global kept its value");
        assert_eq!(kept(function::SCRIBBLE, 7 + round), Ok(0), "memory kept its bytes");
        assert_eq!(kept(function::GROW, 2), Ok(1), "memory kept its size");
        if round % 2 == 0 {
            assert!(kept(function::STOP, 0).is_err());
        }
    }
    let stats = loaded.reset_stats();
    assert_eq!((stats.resets, stats.instances_retired), (15, 3), "{stats:?}");
}

#[test]
fn limits_are_those_of_one_call() {
    let loaded = load(EngineConfig::deterministic(), &Limits { instructions: 2_000, ..Limits::default() });
    let mut instance = loaded.instantiate().unwrap();
    for _ in 0..10 {
        instance.call(function::DEEP, &mut [100]).unwrap();
        assert!(instance.stats().instructions > 1_000);
        instance.reset().unwrap();
        assert_eq!(instance.stats().instructions, 0);
    }
    instance.call(function::DEEP, &mut [100]).unwrap();
    assert_eq!(instance.call(function::DEEP, &mut [150]), Err(Trap::Instructions));
    let refused = instance.call(function::COUNT, &mut [0]).unwrap_err();
    assert!(refused.to_string().contains("not reset"), "{refused}");
    instance.reset().unwrap();
    assert_eq!(instance.call(function::DEEP, &mut [100]), Ok(()));
}

#[test]
fn a_panic_of_the_caller_leaves_nothing_behind() {
    let loaded = load(EngineConfig::deterministic(), &Limits::default());
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        loaded.call(|instance| {
            instance.call(function::COUNT, &mut [0]).unwrap();
            panic!("a bug in the firmware");
        })
    }));
    assert!(panicked.is_err());
    let mut slots = [0];
    loaded.call(|instance| instance.call(function::COUNT, &mut slots)).unwrap().unwrap();
    assert_eq!(slots[0], 1);
}

#[test]
fn statistics_wait_for_no_call_and_keep_none_waiting() {
    let loaded = load(EngineConfig::deterministic(), &Limits::default());
    let (sender, receiver) = std::sync::mpsc::channel();
    let asking = loaded.clone();
    std::thread::spawn(move || {
        let inside = asking.call(|instance| {
            instance.call(function::COUNT, &mut [0]).unwrap();
            asking.reset_stats().resets
        });
        sender.send((inside.unwrap(), asking.reset_stats().resets)).unwrap();
    });
    let resets = receiver.recv_timeout(Duration::from_secs(60));
    assert_eq!(resets, Ok((0, 1)), "a call that asks never ends, or counts too early");

    // Whoever asks all the time takes no instance away: each call is reset and none makes an instance of its own.
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                std::hint::black_box(loaded.reset_stats());
            }
        });
        for _ in 0..20_000 {
            loaded.call(|instance| instance.call(function::COUNT, &mut [0])).unwrap().unwrap();
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    assert_eq!(loaded.reset_stats().resets, 20_001);
}

#[test]
fn state_that_no_reset_puts_back_is_refused_by_name() {
    let guest = |code: &str| {
        let core = format!(
            r#"(module (memory (export "memory") 1) (table $table 2 10 funcref) (data $text "a")
                (elem declare func $value)
                (func $value (export "test:device/control@1.0.0#value") (result i32) {code} (i32.const 1)))"#
        );
        let bytes = guests::component(guests::CONSTANT_WIT, &core);
        let engine = Engine::new(EngineConfig::deterministic()).unwrap();
        Loaded::standalone(&engine, &bytes, &Limits::default()).unwrap_err()
    };
    let cases = [
        ("(table.set $table (i32.const 0) (ref.func $value))", "unresettable-table-write", "table.set"),
        (
            "(drop (table.grow $table (ref.null func) (i32.const 1)))",
            "unresettable-table-write",
            "table.grow",
        ),
        (
            "(memory.init $text (i32.const 0) (i32.const 0) (i32.const 1))",
            "unresettable-passive-segment",
            "memory.init",
        ),
    ];
    for (code, refusal, says) in cases {
        let error = guest(code);
        assert_eq!(error.code(), refusal, "{error}");
        assert!(error.to_string().contains(says), "{error}");
    }
}

#[test]
fn every_core_type_goes_through() {
    let loaded = load(EngineConfig::deterministic(), &Limits::default());
    let mut instance = loaded.instantiate().unwrap();
    let mut slots = [200, (-3_i64).cast_unsigned(), u64::from(1.5_f32.to_bits()), 0.25_f64.to_bits()];
    instance.call(function::SUM, &mut slots).unwrap();
    assert_eq!(f64::from_bits(slots[0]), 198.75);
    assert!(instance.call(function::SUM, &mut [1]).is_err(), "too few slots");
}

#[test]
fn counted_instructions_are_the_same_each_time() {
    let loaded = load(EngineConfig::deterministic(), &Limits::default());
    let counts: Vec<_> =
        (0..3).map(|_| call_with_stats(&loaded, function::DEEP, 50).1.instructions).collect();
    assert!(counts[0] > 50);
    assert!(counts.iter().all(|count| *count == counts[0]), "{counts:?}");
}

#[test]
fn a_panic_message_of_a_debug_guest_reaches_the_host() {
    let guest = |address: u64, length: u64| {
        let core = format!(
            r#"(module (memory (export "memory") 1)
                (data (i32.const 16) "tank is empty, src/lib.rs:7:5")
                (func (export "test:device/control@1.0.0#value") (result i32) unreachable)
                (func (export "linchpin_panic_message") (result i64) (i64.const {})))"#,
            (address << 32) | length
        );
        guests::component(guests::CONSTANT_WIT, &core)
    };
    let engine = Engine::new(EngineConfig::deterministic()).unwrap();
    let message = |bytes: &[u8]| {
        let loaded = Loaded::standalone(&engine, bytes, &Limits::default()).unwrap();
        match call(&loaded, 0, 0) {
            Err(Trap::Guest { message }) => message,
            other => panic!("expected a trap, found {other:?}"),
        }
    };
    assert_eq!(message(&guest(16, 29)), "tank is empty, src/lib.rs:7:5");
    for (address, length) in [(0, 0), (65_536, 1), (0xffff_ffff, 0xffff_ffff), (65_530, 100)] {
        assert!(message(&guest(address, length)).contains("unreachable"), "{address} {length}");
    }
}

#[test]
fn nan_bits_are_canonical() {
    let guest = guests::component(
        "package t:t; world w { export f: func(a: f64, b: f64) -> u64; }",
        r#"(module (func (export "f") (param f64 f64) (result i64)
            (i64.reinterpret_f64 (f64.div (local.get 0) (local.get 1)))))"#,
    );
    let engine = Engine::new(EngineConfig::deterministic()).unwrap();
    let loaded = Loaded::standalone(&engine, &guest, &Limits::default()).unwrap();
    let mut instance = loaded.instantiate().unwrap();
    assert!(instance.memory().is_empty(), "this guest has no memory");
    assert_eq!(instance.allocate(1, 8), Err(Trap::NoAllocator));
    for (a, b) in [(0.0_f64, 0.0_f64), (f64::INFINITY, f64::INFINITY), (-f64::NAN, 1.0)] {
        let mut slots = [a.to_bits(), b.to_bits()];
        instance.call(0, &mut slots).unwrap();
        assert_eq!(slots[0], 0x7ff8_0000_0000_0000, "{a} / {b}");
    }
}

#[test]
fn an_initialiser_runs_before_every_call_and_under_its_limits() {
    let guest = |initialize: &str| {
        let core = format!(
            r#"(module (memory (export "memory") 1) (global $ready (mut i32) (i32.const 0))
                (func (export "_initialize") {initialize})
                (func (export "test:device/control@1.0.0#value") (result i32) (global.get $ready)))"#
        );
        guests::component(guests::CONSTANT_WIT, &core)
    };
    let engine = Engine::new(EngineConfig::deterministic()).unwrap();
    let load = |bytes: &[u8]| Loaded::standalone(&engine, bytes, &Limits::default());
    let counting = "(global.set $ready (i32.add (global.get $ready) (i32.const 7)))";
    let loaded = load(&guest(counting)).unwrap();
    for _ in 0..3 {
        assert_eq!(call(&loaded, 0, 0), Ok(7));
    }
    let endless = load(&guest("(loop (br 0))")).unwrap_err();
    assert_eq!(endless.code(), "instantiate", "{endless}");
    assert!(endless.to_string().contains("instructions"), "{endless}");
}
