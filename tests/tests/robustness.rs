//! Bytes from outside, by the thousand: whatever they are, reading them ends soon, in bounded memory, with a value or
//! an error.
//!
//! Inputs are real ones that were changed by chance, with a fixed seed. What runs is what `cargo fuzz` runs; see
//! `fuzz/README.md`. `LINCHPIN_FUZZ_RUNS` sets the number of inputs of each kind and `LINCHPIN_FUZZ_SEED` the seed.

#[path = "checker/fixture.rs"]
#[allow(dead_code, reason = "shared with the tests of the checker, which use more of it")]
mod fixture;
#[path = "../../fuzz/src/targets.rs"]
#[expect(unreachable_pub, reason = "what is a crate for one driver is a module for the other")]
mod targets;

#[path = "robustness/agree.rs"]
mod agree;
#[path = "robustness/bytes.rs"]
mod bytes;
#[path = "robustness/corpus.rs"]
mod corpus;
#[path = "robustness/hostile.rs"]
mod hostile;
#[path = "robustness/many.rs"]
mod many;
#[path = "robustness/memory.rs"]
mod memory;
#[path = "robustness/random.rs"]
mod random;
#[path = "robustness/run.rs"]
mod run;
#[path = "robustness/text.rs"]
mod text;

use run::{Target, run};

#[test]
fn wit_text() {
    run(&Target { name: "wit", body: targets::wit, change: text::wit, corpus: corpus::wit() });
}

#[test]
fn components() {
    run(&Target {
        name: "component",
        body: targets::component,
        change: bytes::component,
        corpus: corpus::components(),
    });
}

#[test]
fn descriptors() {
    run(&Target {
        name: "descriptor",
        body: targets::descriptor,
        change: bytes::changed,
        corpus: corpus::descriptors(),
    });
}

#[test]
fn firmwares() {
    run(&Target {
        name: "firmware",
        body: targets::firmware,
        change: bytes::changed,
        corpus: corpus::firmwares(),
    });
}

#[test]
fn manifests() {
    run(&Target {
        name: "manifest",
        body: targets::manifest,
        change: text::manifest,
        corpus: corpus::manifests(),
    });
}

#[test]
fn inventories() {
    run(&Target {
        name: "inventory",
        body: targets::inventory,
        change: text::inventory,
        corpus: corpus::inventories(),
    });
}

#[test]
fn memory_of_hostile_guests() {
    run(&Target { name: "hostile", body: hostile::body, change: hostile::change, corpus: hostile::corpus() });
    hostile::assert_reached();
}
