//! After every call, memory, globals and tables are byte for byte what they were, whatever the guest did.

use crate::guests::component;
use linchpin_host::abi::{Instance as _, Lower};
use linchpin_host::{Engine, EngineConfig, GuestInstance, Limits, Loaded, ResetMode};

const WIT: &str = r"
    package test:device@1.0.0;
    interface control {
        change: func(what: u32, at: u32, value: u64) -> u64;
        take: func(bytes: list<u8>) -> u32;
        global: func(which: u32) -> u64;
        element: func(which: u32) -> u32;
    }
    world device { export control; }
";
const CHANGE: usize = 0;
const TAKE: usize = 1;
const GLOBAL: usize = 2;
const ELEMENT: usize = 3;

const GLOBALS: u64 = 6;
const ELEMENTS: u64 = 5;

/// Changes what it is told to, and can be asked for what cannot be seen from outside.
const GUEST: &str = r#"(module
    (memory (export "memory") 3 6)
    (data (i32.const 4090) "over the edge of a page")
    (data (i32.const 196600) "the end.")
    (global $a (mut i32) (i32.const 7))
    (global $b (mut i64) (i64.const -1))
    (global $c (mut f32) (f32.const nan:0x200001))
    (global $d (export "own") (mut f64) (f64.const -0))
    (global $e (mut v128) (v128.const i64x2 1 2))
    (global $next (mut i32) (i32.const 8192))
    (type $number (func (result i32)))
    (table $table 5 9 funcref)
    (elem (i32.const 0) $zero $one)
    (elem (i32.const 3) $three)
    (func $zero (type $number) (i32.const 10))
    (func $one (type $number) (global.set $a (i32.const 99)) (i32.const 11))
    (func $three (type $number) (i32.store (i32.const 70000) (i32.const 1)) (i32.const 13))
    (func (export "test:device/control@1.0.0#change") (param $what i32) (param $at i32) (param $value i64)
        (result i64)
        (local $low i32)
        (local.set $low (i32.wrap_i64 (local.get $value)))
        (block $spin (block $trap (block $call (block $grow (block $copy (block $fill (block $wide (block $word
            (block $byte (block $globals
                (br_table $globals $byte $word $wide $fill $copy $grow $call $trap $spin (local.get $what)))
            ;; globals
            (global.set $a (i32.add (global.get $a) (local.get $at)))
            (global.set $b (i64.xor (global.get $b) (local.get $value)))
            (global.set $c (f32.reinterpret_i32 (local.get $low)))
            (global.set $d (f64.reinterpret_i64 (local.get $value)))
            (global.set $e (i64x2.add (global.get $e) (i64x2.splat (local.get $value))))
            (return (i64.add (i64.extend_i32_u (global.get $a)) (global.get $b))))
            ;; byte
            (i32.store8 (local.get $at) (local.get $low)) (return (i64.const 1)))
            ;; word
            (i64.store (local.get $at) (local.get $value)) (return (i64.const 2)))
            ;; wide
            (v128.store (local.get $at) (i64x2.splat (local.get $value))) (return (i64.const 3)))
            ;; fill
            (memory.fill (local.get $at) (local.get $low) (i32.and (local.get $low) (i32.const 0x7fff)))
            (return (i64.const 4)))
            ;; copy
            (memory.copy (local.get $at) (i32.const 4000) (i32.and (local.get $low) (i32.const 0x3fff)))
            (return (i64.const 5)))
            ;; grow, and write to what was got
            (local.set $low (i32.shl
                (memory.grow (i32.and (local.get $low) (i32.const 1))) (i32.const 16)))
            (i64.store (i32.sub (local.get $low) (i32.const 8)) (local.get $value))
            (i64.store (i32.sub (i32.shl (memory.size) (i32.const 16)) (i32.const 8)) (local.get $value))
            (return (i64.extend_i32_u (memory.size))))
            ;; call
            (return (i64.extend_i32_u
                (call_indirect $table (type $number) (i32.and (local.get $at) (i32.const 7))))))
            ;; trap in the middle
            (i64.store (i32.and (local.get $at) (i32.const 0xffff)) (local.get $value))
            (global.set $b (local.get $value))
            unreachable)
        ;; spin until the instructions end
        (loop $again
            (i64.store (i32.and (local.get $at) (i32.const 0xffff)) (local.get $value))
            (global.set $a (i32.add (global.get $a) (i32.const 1)))
            (br $again))
        (i64.const 0))
    (func (export "test:device/control@1.0.0#take") (param i32 i32) (result i32) (local.get 1))
    (func (export "test:device/control@1.0.0#global") (param i32) (result i64)
        (block $next (block $high (block $d (block $c (block $b (block $a
            (br_table $a $b $c $d $high $next (local.get 0)))
            (return (i64.extend_i32_u (global.get $a))))
            (return (global.get $b)))
            (return (i64.extend_i32_u (i32.reinterpret_f32 (global.get $c)))))
            (return (i64.reinterpret_f64 (global.get $d))))
            (return (i64.xor (i64x2.extract_lane 0 (global.get $e))
                (i64.mul (i64.const 3) (i64x2.extract_lane 1 (global.get $e))))))
        (i64.extend_i32_u (global.get $next)))
    (func (export "test:device/control@1.0.0#element") (param i32) (result i32)
        (if (ref.is_null (table.get $table (local.get 0))) (then (return (i32.const 0))))
        (i32.add (i32.mul (table.size $table) (i32.const 100))
            (call_indirect $table (type $number) (local.get 0))))
    (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
        (local $start i32)
        (local.set $start (global.get $next))
        (global.set $next (i32.add (global.get $next) (local.get 3)))
        (local.get $start)))"#;

/// A small generator of numbers, so that a failure can be repeated.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// An address: around the ends of pages, and now and then past the end of memory.
    fn address(&mut self) -> u64 {
        match self.next() % 4 {
            0 => (self.next() % 49 * 4096 + self.next() % 9).wrapping_sub(4) & 0xffff_ffff,
            1 => self.next() % 0x40_000,
            _ => self.next() % 0x30_000,
        }
    }
}

/// All that can be kept from one call to the next.
#[derive(PartialEq, Eq)]
struct State {
    memory: Vec<u8>,
    globals: Vec<u64>,
    elements: Vec<u64>,
}

/// The state of an instance that is thrown away or reset afterwards. Memory first: the questions change it.
fn state(instance: &mut GuestInstance) -> State {
    let memory = instance.memory().to_vec();
    let mut ask = |function, which| {
        let mut slots = [which];
        instance.call(function, &mut slots).unwrap();
        slots[0]
    };
    let globals = (0..GLOBALS).map(|which| ask(GLOBAL, which)).collect();
    let elements = (0..ELEMENTS).map(|which| ask(ELEMENT, which)).collect();
    State { memory, globals, elements }
}

/// One call that changes something; what came of it does not matter.
fn disturb(instance: &mut GuestInstance, numbers: &mut Numbers) {
    if numbers.next().is_multiple_of(8) {
        let bytes: Vec<u8> = (0..numbers.next() % 10_000).map(|byte| byte as u8).collect();
        let mut lower = Lower::new(instance);
        let region = lower.numbers(&bytes).unwrap();
        let length: u32 = lower.call(TAKE, (region.address, region.length)).unwrap();
        assert_eq!(length as usize, bytes.len());
        return;
    }
    // Loops and traps take long, since an instance follows each.
    let what = match numbers.next() % 100 {
        0 => 9,
        1 | 2 => 8,
        more => more % 8,
    };
    let mut slots = [what, numbers.address(), numbers.next()];
    let _ = instance.call(CHANGE, &mut slots);
}

fn loaded(reset: ResetMode) -> Loaded {
    let engine = Engine::new(EngineConfig { reset, ..EngineConfig::deterministic() }).unwrap();
    let limits = Limits { instructions: 20_000, memory_bytes: 5 << 16, ..Limits::default() };
    Loaded::standalone(&engine, &component(WIT, GUEST), &limits).unwrap()
}

fn modes() -> impl Iterator<Item = ResetMode> {
    [ResetMode::LearnedPages, ResetMode::WholeImage].into_iter().filter(|mode| mode.is_supported())
}

#[test]
fn thousands_of_calls_leave_memory_globals_and_tables_as_they_were() {
    for mode in modes() {
        let loaded = loaded(mode);
        let fresh = state(&mut loaded.instantiate().unwrap());
        assert_eq!(fresh.elements, [510, 511, 0, 513, 0]);
        let mut numbers = Numbers(1);
        for number in 0..4_000 {
            loaded.call(|instance| disturb(instance, &mut numbers)).unwrap();
            let after = loaded.call(state).unwrap();
            assert!(after.memory == fresh.memory, "{mode:?}: memory after call {number}");
            assert_eq!(after.globals, fresh.globals, "{mode:?}: globals after call {number}");
            assert_eq!(after.elements, fresh.elements, "{mode:?}: tables after call {number}");
        }
        let stats = loaded.reset_stats();
        assert_eq!(stats.resets + stats.instances_retired, 8_000, "{mode:?}: {stats:?}");
        assert!(stats.instances_retired > 50 && stats.bytes_copied > 0, "{mode:?}: {stats:?}");
        assert_eq!(stats.growths_undone > 0, mode == ResetMode::LearnedPages, "{stats:?}");
    }
}

#[test]
fn an_instance_of_ones_own_is_reset_as_exactly() {
    for mode in modes() {
        let loaded = loaded(mode);
        let fresh = state(&mut loaded.instantiate().unwrap());
        let mut numbers = Numbers(2);
        let mut instance = loaded.instantiate().unwrap();
        for number in 0..1_000 {
            disturb(&mut instance, &mut numbers);
            instance.reset().unwrap();
            assert!(state(&mut instance) == fresh, "{mode:?}: state after call {number}");
            instance.reset().unwrap();
        }
    }
}

#[test]
fn calls_of_many_threads_leave_nothing_behind() {
    let loaded = loaded(ResetMode::default());
    let fresh = state(&mut loaded.instantiate().unwrap());
    std::thread::scope(|scope| {
        for seed in 0..4 {
            let (loaded, fresh) = (&loaded, &fresh);
            scope.spawn(move || {
                let mut numbers = Numbers(seed);
                for number in 0..500 {
                    loaded.call(|instance| disturb(instance, &mut numbers)).unwrap();
                    assert!(loaded.call(state).unwrap() == *fresh, "thread {seed}, call {number}");
                }
            });
        }
    });
}
