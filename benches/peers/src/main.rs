//! What a call costs in other run-times: wasmi, an interpreter, behind our generated calls, and Extism with JSON.
//!
//! `cargo bench -p linchpin-benches` builds the components; then `cargo run --release` here prints one table for each
//! function. All subjects of a table are sampled in turn, as there.

mod extism;
mod functions;
#[path = "../../src/measure.rs"]
mod measure;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use linchpin_host::{Engine, EngineConfig, Limits};
use measure::{Median, Subject};

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Failure> {
    let setup = Setup::new()?;
    table("add", functions::add(&setup)?);
    table("setpoint, 2 x 24", functions::setpoint(&setup)?);
    table("MLP 48-32-16-1", functions::infer(&setup)?);
    Ok(())
}

/// What all functions are called with: no limits anywhere.
struct Setup {
    engine: Engine,
    limits: Limits,
    plugin: Vec<u8>,
}

impl Setup {
    fn new() -> Result<Self, Failure> {
        let engine = Engine::new(EngineConfig {
            canonical_nans: false,
            count_instructions: false,
            enforce_deadlines: false,
            ..EngineConfig::deterministic()
        })?;
        Ok(Self { engine, limits: Limits::default(), plugin: extism::build()? })
    }

    /// A component that the main workspace's benchmarks left behind.
    fn component(&self, name: &str) -> Result<Vec<u8>, Failure> {
        let path = workspace().join("target/linchpin").join(name).with_extension("wasm");
        let missing = |error| {
            format!("`{}`: {error}; run `cargo bench -p linchpin-benches -- add` first", path.display())
        };
        Ok(std::fs::read(&path).map_err(missing)?)
    }
}

/// The main workspace.
fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn table(function: &str, subjects: Vec<Subject>) {
    let medians = measure::medians(subjects);
    let of = |name: &str| medians.iter().find(|it| it.name == name).map_or(f64::NAN, |it| it.nanoseconds);
    let (ours, reset) = (of(functions::OURS), of(functions::RESET));
    println!("\n{function}\n  {:<44} {:>10} {:>9} {:>13}", "", "ns", "of ours", "of with reset");
    for Median { name, nanoseconds } in &medians {
        println!(
            "  {name:<44} {nanoseconds:>10.1} {:>9.2} {:>13.2}",
            nanoseconds / ours,
            nanoseconds / reset
        );
    }
}
