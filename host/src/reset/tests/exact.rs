//! Thousands of generated calls, each compared with a fresh instance before the reset and after it.

use super::guests;
use super::held::{Guest, Held, Running, Step};
use super::random::Random;
use crate::reset::{ResetMode, ResetStats};
use std::sync::Arc;

const SCRIPTS: usize = 600;

fn script(random: &mut Random) -> Vec<Step> {
    let mut steps: Vec<_> = (0..random.below(4)).map(|_| step(random)).collect();
    steps.push(call(random));
    steps
}

fn step(random: &mut Random) -> Step {
    if random.below(2) == 0 {
        return call(random);
    }
    let start = (random.edgy() % (3 << 16)) as usize;
    Step::Write { range: start..start + random.below(9000), byte: random.next() as u8 }
}

fn call(random: &mut Random) -> Step {
    Step::Call(random.edgy() as i32, random.edgy() as i32, random.edgy().cast_signed())
}

/// Runs scripts on one held guest and on fresh instances; returns what the resets cost.
fn compare(name: &str, text: &str, mode: ResetMode, seed: u64) -> ResetStats {
    let plain = Guest::plain(text);
    let as_instantiated = Running::new(&plain).state();
    let mut held = Held::new(&Guest::new(text, mode), Arc::default());
    let mut random = Random(seed);
    for number in 0..SCRIPTS {
        let script = script(&mut random);
        let mut fresh = Running::new(&plain);
        assert_eq!(held.run(&script), fresh.run(&script), "{name}, {mode:?}, script {number}: {script:?}");
        assert!(held.state() == fresh.state(), "{name}, {mode:?}, state after script {number}: {script:?}");
        held.reset();
        assert!(held.state() == as_instantiated, "{name}, {mode:?}, reset {number}: {script:?}");
    }
    let stats = held.pristine.stats();
    assert_eq!(stats.resets + stats.instances_retired, SCRIPTS as u64, "{name}, {mode:?}");
    stats
}

#[test]
fn every_guest_is_as_instantiated_after_every_call_with_learned_pages() {
    if !ResetMode::LearnedPages.is_supported() {
        return;
    }
    for (seed, (name, text)) in (1..).zip(guests::ALL) {
        let stats = compare(name, text, ResetMode::LearnedPages, seed);
        match name {
            "stateless" => assert_eq!((stats.faults, stats.bytes_copied), (0, 0)),
            "grower" => assert!(stats.growths_undone > 100 && stats.instances_retired == 0, "{stats:?}"),
            _ => assert!(stats.faults > 0 && stats.bytes_copied > 0, "{name}: {stats:?}"),
        }
    }
}

#[test]
fn every_guest_is_as_instantiated_after_every_call_with_the_whole_image() {
    for (seed, (name, text)) in (1..).zip(guests::ALL) {
        let stats = compare(name, text, ResetMode::WholeImage, seed);
        assert_eq!((stats.faults, stats.pages_learned, stats.growths_undone), (0, 0, 0), "{name}");
        assert_eq!(stats.instances_retired > 0, MAY_RETIRE.contains(&name), "{name}: {stats:?}");
    }
}

/// The guests that trap or grow in some calls.
const MAY_RETIRE: [&str; 7] = ["writer", "filler", "grower", "table-user", "trapper", "spinner", "stateless"];

#[test]
fn threads_reset_their_own_instances_at_once() {
    for mode in [ResetMode::LearnedPages, ResetMode::WholeImage].into_iter().filter(|it| it.is_supported()) {
        for (name, text) in [("writer", guests::ALL[1].1), ("filler", guests::ALL[2].1)] {
            let guest = Guest::new(text, mode);
            std::thread::scope(|scope| {
                for seed in 0..4 {
                    let guest = &guest;
                    scope.spawn(move || one_thread(name, text, guest, seed));
                }
            });
        }
    }
}

fn one_thread(name: &str, text: &str, guest: &Arc<Guest>, seed: u64) {
    let as_instantiated = Running::new(&Guest::plain(text)).state();
    let mut held = Held::new(guest, Arc::default());
    let mut random = Random(seed);
    for number in 0..SCRIPTS {
        held.run(&script(&mut random));
        held.reset();
        assert!(held.state() == as_instantiated, "{name}, thread {seed}, reset {number}");
    }
}

#[test]
fn an_instance_may_move_between_threads() {
    let (_, text) = guests::ALL[5];
    let as_instantiated = Running::new(&Guest::plain(text)).state();
    let mut held = Held::new(&Guest::new(text, ResetMode::default()), Arc::default());
    for _ in 0..8 {
        let worker = std::thread::spawn(move || {
            held.run(&[Step::Call(0, 0, 5)]);
            held
        });
        held = worker.join().unwrap();
        held.reset();
        assert!(held.state() == as_instantiated);
    }
    assert_eq!(held.pristine.stats().resets, 8);
}
