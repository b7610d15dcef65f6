//! What page protection learns, and what it costs.

use super::guests;
use super::held::{Guest, Held, Step};
use crate::reset::ResetMode;
use std::sync::Arc;

fn held(guest: usize) -> Held {
    Held::new(&Guest::new(guests::ALL[guest].1, ResetMode::LearnedPages), Arc::default())
}

const WRITER: usize = 1;
const GROWER: usize = 3;
const STRADDLER: usize = 7;

#[test]
fn a_page_faults_once_in_the_life_of_an_instance() {
    let mut held = held(WRITER);
    for round in 1..=50 {
        held.run(&[Step::Call(5000, 2, round), Step::Call(100_000, 2, round)]);
        held.reset();
    }
    let stats = held.pristine.stats();
    assert_eq!((stats.faults, stats.pages_learned, stats.resets), (2, 2, 50));
    assert_eq!(stats.bytes_copied % stats.resets, 0);
}

#[test]
fn one_instruction_may_fault_on_two_pages() {
    let mut held = held(STRADDLER);
    held.run(&[Step::Call(0, 0, 1)]);
    assert_eq!(held.pristine.stats().faults, 2);
}

#[test]
fn pages_that_the_host_writes_to_are_learned_without_a_fault() {
    let mut held = held(WRITER);
    held.run(&[Step::Write { range: 4095..12_289, byte: 7 }, Step::Call(5000, 2, 1)]);
    let stats = held.pristine.stats();
    assert_eq!((stats.faults, stats.pages_learned), (0, 4));
}

#[test]
fn a_write_past_the_end_of_memory_is_refused_and_learns_nothing() {
    let mut held = held(WRITER);
    let bytes = 2 << 16;
    let store = &mut held.running.store;
    for range in [bytes..bytes + 1, bytes - 1..bytes + 1, usize::MAX - 1..usize::MAX] {
        assert!(held.pristine.write(store, range).is_none());
    }
    #[expect(clippy::reversed_empty_ranges, reason = "the host may get a range wrong")]
    let reversed = 9..8;
    assert!(held.pristine.write(store, reversed).is_none());
    assert_eq!(held.pristine.write(store, bytes..bytes).map(|bytes| bytes.len()), Some(0));
    assert_eq!(held.pristine.stats().pages_learned, 0);
}

#[test]
fn grown_memory_is_writable_for_the_host_and_gone_after_the_reset() {
    let mut held = held(GROWER);
    held.run(&[Step::Call(1, 0, 1), Step::Write { range: 65_000..190_000, byte: 9 }]);
    assert_eq!(held.running.state().memory.len(), 3 << 16);
    held.reset();
    assert_eq!(held.running.state().memory.len(), 1 << 16);
    assert!(held.pristine.write(&mut held.running.store, 65_536..65_537).is_none());
    // What was grown is zero again: the result is the new size in pages and what was found there.
    assert_eq!(held.run(&[Step::Call(1, 0, 1)]), [Ok(3)]);
    assert_eq!(held.pristine.stats().growths_undone, 1);
}

#[test]
fn memory_that_was_given_back_cannot_be_reached() {
    let text = r#"(module (memory (export "memory") 1 4)
        (func (export "run") (param i32 i32 i64) (result i64)
            (drop (memory.grow (local.get 0)))
            (i64.load (local.get 1))))"#;
    let mut held = Held::new(&Guest::new(text, ResetMode::LearnedPages), Arc::default());
    assert_eq!(held.run(&[Step::Call(1, 70_000, 0)]), [Ok(0)]);
    held.reset();
    let [Err(trap)] = &held.run(&[Step::Call(0, 70_000, 0)])[..] else { panic!("it was read") };
    assert!(trap.contains("out of bounds memory access"), "{trap}");
}

#[test]
fn statistics_go_on_when_an_instance_is_retired() {
    let mut held = held(WRITER);
    held.run(&[Step::Call(5000, 2, 1)]);
    held.run(&[Step::Call(0x200f9, 2, 1)]);
    held.reset();
    held.run(&[Step::Call(5000, 2, 1)]);
    let stats = held.pristine.stats();
    assert_eq!((stats.instances_retired, stats.faults, stats.resets), (1, 2, 0));
}

#[test]
fn what_an_initialiser_did_is_part_of_the_state() {
    let text = r#"(module (memory (export "memory") 1 4) (global $g (mut i64) (i64.const 0))
        (func (export "run") (param i32 i32 i64) (result i64)
            (if (local.get 0) (then (drop (memory.grow (local.get 0)))))
            (i64.store (i32.const 65536) (i64.add (local.get 2) (i64.load (i32.const 65536))))
            (global.set $g (i64.add (global.get $g) (i64.const 1)))
            (i64.add (i64.load (i32.const 65536)) (global.get $g))))"#;
    for mode in [ResetMode::LearnedPages, ResetMode::WholeImage] {
        let initialiser = [Step::Call(1, 0, 70)];
        let mut held = Held::after(&Guest::new(text, mode), &initialiser, Arc::default());
        for _ in 0..3 {
            assert_eq!(held.run(&[Step::Call(0, 0, 5)]), [Ok(77)], "{mode:?}");
            held.reset();
            assert_eq!(held.running.state().memory.len(), 2 << 16);
        }
        assert_eq!(held.pristine.stats().resets, 3);
    }
}
