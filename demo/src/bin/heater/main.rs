//! Device software of a simulated water heater: it verifies, limits, calls, clamps, swaps and survives its modules.
//!
//! The firmware's own part is small on purpose: a slot, a fallback, a clamp. What to heat, and when, comes from
//! modules in the depot, each with its attestation.

mod device;
mod life;
mod report;
mod trials;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

/// Live a week of a water heater on real prices, with business logic from a depot of signed modules.
#[derive(Debug, Parser)]
struct Arguments {
    /// Folder with `<module>.wasm` and `<module>.attestation.json`
    #[arg(long)]
    depot: PathBuf,
    /// Public key that this device trusts
    #[arg(long)]
    key: PathBuf,
    /// Folder that keeps what is installed; one folder below it is made for each slot
    #[arg(long)]
    store: PathBuf,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let device = device::Device::new(&arguments.depot, &arguments.key, &arguments.store)?;
    life::compare(&device)?;
    life::swap(&device)?;
    trials::run(&device)
}
