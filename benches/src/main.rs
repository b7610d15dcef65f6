//! What a call costs: ours beside native Rust, bare core calls and the engine's own component bindings.
//!
//! ```text
//! guests ─▶ linchpin build ─▶ cases ─▶ measure (interleaved samples, medians) ─▶ report (ratios, targets)
//! ```
//!
//! `cargo bench -p linchpin-benches` prints one table for each function, with and without limits, then the targets
//! and the guests' sizes. All subjects of a table are sampled in turn, so that what else the machine does meets all
//! of them alike: read the ratios, not the nanoseconds. An argument keeps the functions whose name contains it.

mod bindings;
mod by_hand;
mod cases;
mod component;
mod engines;
mod guests;
mod measure;
mod ours;
mod report;
mod targets;

use engines::Limited;
use guests::Guests;
use std::process::ExitCode;

fn main() -> ExitCode {
    // Cargo itself passes `--bench`.
    let only = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    match run(only.as_deref()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report::failure(&*error);
            ExitCode::FAILURE
        }
    }
}

type Failure = Box<dyn std::error::Error>;

fn run(only: Option<&str>) -> Result<(), Failure> {
    let guests = Guests::build()?;
    let mut tables = Vec::new();
    for (name, case) in cases::ALL {
        for limited in [Limited::No, Limited::Yes] {
            if only.is_none_or(|only| name.contains(only)) {
                let medians = measure::medians(case(&guests, limited)?);
                report::table(name, limited, &medians)?;
                tables.push((*name, limited, medians));
            }
        }
    }
    targets::report(&tables)?;
    report::sizes(&guests)
}
