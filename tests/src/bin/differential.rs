//! `cargo run --release -p linchpin-tests --bin differential -- --values 100000 --seed 1`
//!
//! Sends random values of random types through our path and through wasmtime's component model, with honest guests and
//! with guests that spoil a byte. Exit 0: they agree; 1: they do not; 2: it could not run.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser;
use linchpin_tests::differential::{Plan, Report, run, run_generated};

/// Compares our path with wasmtime's component model.
#[derive(Debug, Parser)]
struct Options {
    /// Compare generated code, over types of every kind, instead of the dynamic form over random types
    #[arg(long)]
    generated: bool,
    /// How many values
    #[arg(long, default_value_t = 2_000)]
    values: u64,
    /// How many values of one type
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u64).range(1..))]
    of_one_type: u64,
    /// Another seed, other types and values
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> ExitCode {
    let Options { generated, values, of_one_type, seed } = Options::parse();
    let run = if generated { run_generated } else { run };
    match run(Plan { values, of_one_type, seed }) {
        Ok(report) => {
            print(&report);
            ExitCode::from(u8::from(!report.differences.is_empty()))
        }
        Err(error) => {
            drop(writeln!(std::io::stderr(), "{error}"));
            ExitCode::from(2)
        }
    }
}

/// A reader that went away is no reason to fail.
fn print(report: &Report) {
    let mut out = std::io::stdout().lock();
    for difference in report.differences.iter().take(10) {
        drop(writeln!(out, "{difference}\n"));
    }
    let Report { same, same_though_spoiled, refused, over_limit, differences } = report;
    drop(writeln!(out, "{same} values alike, {same_though_spoiled} of them though a byte was spoiled"));
    drop(writeln!(out, "{refused} refused by both, {over_limit} over our own limit"));
    drop(writeln!(out, "{} differences", differences.len()));
}
