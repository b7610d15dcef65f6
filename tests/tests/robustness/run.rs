//! The driver: so many changed inputs, and what each run may cost.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::memory::peak;
use super::random::Random;

const RUNS: usize = 2_000;
const TIME_MAX: Duration = Duration::from_secs(1);
const BYTES_MAX: usize = 256 << 20;
/// Deeper recursion than a small thread can hold is a crash where the checker runs on one.
const STACK_BYTES: usize = 2 << 20;

/// One kind of input.
pub(crate) struct Target {
    pub(crate) name: &'static str,
    pub(crate) body: fn(&[u8]),
    pub(crate) change: fn(&mut Random, &[Vec<u8>]) -> Vec<u8>,
    pub(crate) corpus: Vec<Vec<u8>>,
}

/// Runs the corpus as it is, and then as many changed inputs as are asked for.
pub(crate) fn run(target: &Target) {
    let runs = number("LINCHPIN_FUZZ_RUNS").map_or(RUNS, |runs| usize::try_from(runs).unwrap());
    let seed = number("LINCHPIN_FUZZ_SEED").unwrap_or(20_260_101);
    let mut corpus = target.corpus.clone();
    corpus.extend(found_before(target.name));
    assert!(target.corpus.len() > 1, "{}: nothing to start from", target.name);
    write_corpus(target.name, &corpus);
    let (name, body, change) = (target.name, target.body, target.change);
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(move || {
        let mut random = Random(seed);
        for input in &corpus {
            one(name, body, input);
        }
        for _ in 0..runs {
            one(name, body, &change(&mut random, &corpus));
        }
    });
    if let Err(panic) = thread.unwrap().join() {
        std::panic::resume_unwind(panic);
    }
}

/// One run. Its input is in a file before it begins, for a run that takes the whole process with it.
fn one(name: &str, body: fn(&[u8]), input: &[u8]) {
    let file = kept(name);
    fs::write(&file, input).unwrap();
    let (peak, took, ended) = measured(body, input);
    let shown = file.display();
    assert!(ended, "{name} panics; the input of {} bytes is in {shown}", input.len());
    assert!(peak <= BYTES_MAX, "{name} holds {peak} bytes; the input of {} bytes is in {shown}", input.len());
    // On a busy machine a run can wait for its turn; the least of a few is what it takes.
    let least = (0..3).fold(
        took,
        |least, _| {
            if least <= TIME_MAX { least } else { least.min(measured(body, input).1) }
        },
    );
    assert!(least <= TIME_MAX, "{name} takes {least:?}; the input of {} bytes is in {shown}", input.len());
}

fn measured(body: fn(&[u8]), input: &[u8]) -> (usize, Duration, bool) {
    let started = Instant::now();
    let mut ended = false;
    let peak = peak(|| ended = catch_unwind(AssertUnwindSafe(|| body(input))).is_ok());
    (peak, started.elapsed(), ended)
}

/// Writes what the driver starts from, for another fuzzer to start from it too.
fn write_corpus(name: &str, corpus: &[Vec<u8>]) {
    let Ok(folder) = std::env::var("LINCHPIN_FUZZ_CORPUS") else { return };
    let folder = Path::new(&folder).join(name);
    fs::create_dir_all(&folder).unwrap();
    for (number, input) in corpus.iter().enumerate() {
        fs::write(folder.join(format!("{number:04}")), input).unwrap();
    }
}

/// Inputs that once did harm.
fn found_before(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/regressions").join(name);
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

/// A number from the environment.
pub(crate) fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap())
}

/// Where the input of the run in progress is.
pub(crate) fn kept(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("robustness");
    fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}
