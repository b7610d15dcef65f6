//! `cargo run --release -p linchpin-tests --bin soundness -- --pairs 1000000 --seed 1`
//!
//! Builds random pairs of a host and a guest, and holds what the checker says of them against the runtimes. Exit 0:
//! they agree; 1: they do not; 2: it could not run.

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};

use linchpin_tests::soundness::pair::Engines;
use linchpin_tests::soundness::run::{Plan, Report, run};
use linchpin_tests::soundness::table;

const USAGE: &str = "usage: soundness [--pairs N] [--seed N] [--threads N] [--json]
       soundness --table FILE";

fn main() -> ExitCode {
    if let [option, file] = std::env::args().skip(1).collect::<Vec<_>>().as_slice()
        && option == "--table"
    {
        let written = Engines::new().and_then(|engines| table::page(&engines)).and_then(|page| {
            std::fs::write(file, page).map_err(|error| format!("`{file}` cannot be written: {error}"))
        });
        return written.map_or_else(|error| fails(&error), |()| ExitCode::SUCCESS);
    }
    let (plan, json) = match options(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(error) => return fails(&format!("{error}\n{USAGE}")),
    };
    let shown = AtomicU64::new(0);
    let progress = |pairs: u64| {
        let step = pairs / 10_000;
        if step > shown.fetch_max(step, Ordering::Relaxed) {
            say(&mut std::io::stderr(), &format!("{pairs} pairs"));
        }
    };
    match run(plan, &progress) {
        Ok(report) => {
            print(plan, &report, json);
            ExitCode::from(u8::from(!report.disagreements.is_empty()))
        }
        Err(error) => fails(&error),
    }
}

fn fails(error: &str) -> ExitCode {
    say(&mut std::io::stderr(), error);
    ExitCode::from(2)
}

/// A reader that went away is no reason to fail.
fn say(to: &mut dyn std::io::Write, text: &str) {
    drop(writeln!(to, "{text}"));
}

fn options(mut arguments: impl Iterator<Item = String>) -> Result<(Plan, bool), String> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut plan = Plan { pairs: 1_000, seed: 1, threads };
    let mut json = false;
    while let Some(argument) = arguments.next() {
        let mut number = || {
            let value = arguments.next().ok_or_else(|| format!("`{argument}` needs a number"))?;
            value.parse::<u64>().map_err(|_| format!("`{argument} {value}` is no number"))
        };
        match argument.as_str() {
            "--pairs" => plan.pairs = number()?,
            "--seed" => plan.seed = number()?,
            "--threads" => plan.threads = usize::try_from(number()?).map_err(|error| error.to_string())?,
            "--json" => json = true,
            other => return Err(format!("`{other}` is no option")),
        }
    }
    Ok((plan, json))
}

fn print(plan: Plan, report: &Report, json: bool) {
    let mut out = std::io::stdout().lock();
    let (cells, both) = report.coverage.cells();
    let summary = serde_json::json!({
        "cells": cells,
        "cells-with-and-without-effect": both,
        "cells-seen-one-way-only": report.coverage.holes().len(),
        "pairs": report.pairs,
        "seed": plan.seed,
        "families": report.families,
        "rejected": report.rejected,
        "disagreements": report.disagreements.len(),
        "never-made": report.coverage.never_made(),
        "seconds": report.elapsed.as_secs_f64(),
    });
    if json {
        for line in report.coverage.lines() {
            say(&mut out, &line.to_string());
        }
        for disagreement in &report.disagreements {
            say(&mut out, &serde_json::json!({ "disagreement": disagreement }).to_string());
        }
        return say(&mut out, &summary.to_string());
    }
    say(&mut out, &report.coverage.table());
    for disagreement in &report.disagreements {
        say(&mut out, disagreement);
    }
    say(&mut out, &summary.to_string());
}
