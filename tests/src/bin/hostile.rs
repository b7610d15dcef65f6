//! `cargo run --release -p linchpin-tests --bin hostile -- --executions 10000000 --seed 1`
//!
//! Lifts what hostile guests leave in their memory, by generated code and by the dynamic form, and prints how often
//! that gave a value and how often each error. Exit 0: both always agreed, soon and in bounded memory; 1: they did not.

#[path = "../../tests/robustness/memory.rs"]
mod memory;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use linchpin_tests::hostile::{Outcome, VALUE, functions, run};
use linchpin_tests::soundness::random::Random;

/// Lifts results of hostile guests.
#[derive(Debug, Parser)]
struct Options {
    /// How many inputs
    #[arg(long, default_value_t = 100_000)]
    executions: u64,
    /// Another seed, other inputs
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only this input, in hexadecimal as a finding prints it
    #[arg(long, conflicts_with_all = ["executions", "seed"], value_parser = bytes)]
    input: Option<Input>,
}

#[derive(Debug, Clone)]
struct Input(Vec<u8>);

fn bytes(hex: &str) -> Result<Input, String> {
    let pairs = hex.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap_or_default());
    let bytes = pairs.map(|pair| u8::from_str_radix(pair, 16).map_err(|error| format!("`{pair}`: {error}")));
    bytes.collect::<Result<_, _>>().map(Input)
}

/// No input may take longer.
const TIME_MAX: Duration = Duration::from_secs(1);
/// What takes longer is measured again.
const SLOW: Duration = Duration::from_millis(20);
const INPUT_BYTES_MAX: usize = 800;
const FINDINGS_MAX: usize = 10;

#[derive(Default)]
struct Report {
    codes: BTreeMap<&'static str, u64>,
    /// Of each function, how many values and how many errors.
    functions: BTreeMap<&'static str, (u64, u64)>,
    slowest: Duration,
    findings: Vec<String>,
}

fn main() -> ExitCode {
    let Options { executions, seed, input: only } = Options::parse();
    let mut report = Report::default();
    let started = Instant::now();
    if let Some(Input(bytes)) = only {
        report.execute(&bytes);
        report.print(started.elapsed());
        return ExitCode::from(u8::from(!report.findings.is_empty()));
    }
    let mut random = Random::new(seed, 0);
    for _ in 0..executions {
        report.execute(&input(&mut random));
        if report.findings.len() >= FINDINGS_MAX {
            break;
        }
    }
    report.print(started.elapsed());
    ExitCode::from(u8::from(!report.findings.is_empty()))
}

fn input(random: &mut Random) -> Vec<u8> {
    let words = random.below(INPUT_BYTES_MAX / 8 + 1);
    (0..words).flat_map(|_| random.next().to_le_bytes()).collect()
}

fn measured(input: &[u8]) -> (std::thread::Result<Outcome>, Duration) {
    let started = Instant::now();
    let outcome = catch_unwind(AssertUnwindSafe(|| run(input, |body| memory::peak(body))));
    (outcome, started.elapsed())
}

impl Report {
    fn execute(&mut self, input: &[u8]) {
        let (outcome, mut took) = measured(input);
        // On a busy machine a run can wait for its turn; the least of a few is what it takes.
        for _ in 0..3 {
            if took > SLOW {
                took = took.min(measured(input).1);
            }
        }
        self.slowest = self.slowest.max(took);
        match outcome {
            Ok(Outcome { function, code }) => {
                *self.codes.entry(code).or_default() += 1;
                let (values, errors) = self.functions.entry(function).or_default();
                *(if code == VALUE { values } else { errors }) += 1;
            }
            // The panic's own message was printed.
            Err(_) => self.found("panics", input),
        }
        if took > TIME_MAX {
            self.found(&format!("takes {took:?}"), input);
        }
    }

    fn found(&mut self, what: &str, input: &[u8]) {
        let hex: String = input.iter().map(|byte| format!("{byte:02x}")).collect();
        self.findings.push(format!("{what}; the input is {hex}"));
    }

    /// A reader that went away is no reason to fail.
    fn print(&self, took: Duration) {
        let mut out = std::io::stdout().lock();
        let executions: u64 = self.codes.values().sum();
        for (code, count) in &self.codes {
            drop(writeln!(out, "{code:<22} {count:>12}"));
        }
        let least = |of: fn(&(u64, u64)) -> u64| self.functions.values().map(of).min().unwrap_or(0);
        let (values, errors) = (least(|counts| counts.0), least(|counts| counts.1));
        let (reached, all) = (self.functions.len(), functions());
        drop(writeln!(
            out,
            "{reached} of {all} functions, each at least {values} values and {errors} errors"
        ));
        drop(writeln!(out, "{executions} executions in {took:.1?}, the slowest {:.1?}", self.slowest));
        for finding in &self.findings {
            drop(writeln!(out, "{finding}"));
        }
        drop(writeln!(out, "{} findings", self.findings.len()));
    }
}
