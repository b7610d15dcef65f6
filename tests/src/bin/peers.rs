//! `cargo run -p linchpin-tests --bin peers -- --pairs 1000 --seed 1`
//!
//! Asks other tools of the pairs that the checker and wasmtime were asked of, and prints why they differ. Exit 0: each
//! difference has a class; 1: one has none; 2: it could not run.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use linchpin_tests::peers::run::{Report, examples, families};
use linchpin_tests::soundness::pair::Engines;

/// Asks other tools of the checker's pairs, and prints why they differ
#[derive(Parser)]
struct Options {
    /// Random pairs beside the examples, at least
    #[arg(long, default_value_t = 1_000)]
    pairs: u64,
    /// What everything random follows from
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let mut report = Report::default();
    let ran = Engines::new().and_then(|engines| {
        examples(&engines, &mut report)?;
        families(&engines, options.seed, options.pairs, &mut report)
    });
    if let Err(error) = ran {
        drop(writeln!(std::io::stderr(), "{error}"));
        return ExitCode::from(2);
    }
    drop(write!(std::io::stdout(), "{}", report.table()));
    ExitCode::from(u8::from(!report.unlisted.is_empty()))
}
