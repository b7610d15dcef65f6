//! What hostile guests leave in their memory: every error is reached, and every function gives values too.

use std::collections::BTreeMap;
use std::sync::Mutex;

use linchpin_tests::hostile::{Outcome, VALUE, functions};

use super::bytes;
use super::memory::peak;
use super::random::Random;

/// Every error that lifting has, and those of a call that a guest can cause without running.
const CODES: [&str; 10] = [
    "lift-bad-allocation",
    "lift-char",
    "lift-discriminant",
    "lift-misaligned",
    "lift-out-of-bounds",
    "lift-too-large",
    "lift-utf8",
    "trap-no-allocator",
    "trap-stack",
    VALUE,
];

const INPUT_BYTES_MAX: usize = 800;

static OUTCOMES: Mutex<BTreeMap<Outcome, u64>> = Mutex::new(BTreeMap::new());

/// One input, counted.
pub(crate) fn body(input: &[u8]) {
    let outcome = linchpin_tests::hostile::run(input, |body| peak(body));
    *OUTCOMES.lock().unwrap().entry(outcome).or_default() += 1;
}

/// Any bytes, or an input of the corpus changed.
pub(crate) fn change(random: &mut Random, corpus: &[Vec<u8>]) -> Vec<u8> {
    if random.below(8) == 0 {
        return bytes::changed(random, corpus);
    }
    any(random)
}

/// Inputs to start from.
pub(crate) fn corpus() -> Vec<Vec<u8>> {
    let mut random = Random(1);
    let any = (0..100).map(|_| any(&mut random));
    std::iter::once(Vec::new()).chain(any).collect()
}

fn any(random: &mut Random) -> Vec<u8> {
    (0..random.below(INPUT_BYTES_MAX)).map(|_| random.next().to_le_bytes()[0]).collect()
}

/// After the runs: what the inputs reached.
pub(crate) fn assert_reached() {
    let outcomes = OUTCOMES.lock().unwrap();
    for code in CODES {
        assert!(outcomes.keys().any(|outcome| outcome.code == code), "no input led to `{code}`");
    }
    let values = outcomes.keys().filter(|outcome| outcome.code == VALUE).count();
    assert_eq!(values, functions(), "a function never gave a value");
}
