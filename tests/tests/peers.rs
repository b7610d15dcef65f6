//! Other tools, asked of the same pairs as the checker and wasmtime: each of their false alarms and false passes has a
//! reason.

use std::path::Path;

use linchpin_tests::peers::run::{Report, examples, families, pairs};
use linchpin_tests::soundness::pair::Engines;

const PAIRS: u64 = 300;

#[test]
fn what_peers_say_otherwise_has_a_reason() {
    let engines = Engines::new().unwrap();
    let mut report = Report::default();
    examples(&engines, &mut report).unwrap();
    assert!(report.pairs > 200, "{} pairs of examples", report.pairs);
    families(&engines, 1, PAIRS, &mut report).unwrap();
    assert!(report.unlisted.is_empty(), "{}", report.table());
    assert_eq!(report.unused(), [""; 0], "{}", report.table());
}

/// What `tests/peers/` asks the peers of that bring other versions of what the workspace pins.
#[test]
fn the_pairs_of_other_peers_are_the_examples() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/pairs.jsonl");
    let made = pairs(&Engines::new().unwrap()).unwrap();
    if std::env::var_os("REGENERATE").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    assert!(std::fs::read_to_string(path).unwrap() == made, "write them anew with `REGENERATE=1`");
}
