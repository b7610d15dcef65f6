//! What a call costs in other run-times: wasmi, an interpreter, behind our generated calls, and Extism with JSON.
//!
//! `linchpin build` of the three guests leaves the components in the main workspace's `target/linchpin`; then
//! `cargo run --release` here prints one table for each function. All subjects of a table are sampled in turn, as in
//! the main workspace's benchmarks.

mod functions;
#[path = "../../src/measure.rs"]
mod measure;
mod plugin;

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
        Ok(Self { engine, limits: Limits::default(), plugin: plugin::build()? })
    }

    /// A component that `linchpin build` left behind.
    fn component(&self, name: &str) -> Result<Vec<u8>, Failure> {
        let path = workspace().join("target/linchpin").join(name).with_extension("wasm");
        let missing = |error| {
            format!("`{}`: {error}; run `linchpin build {name}` in the main workspace first", path.display())
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
    let (ours, native) = (of(functions::OURS), of(functions::NATIVE));
    println!("\n{function}\n  {:<24} {:>10} {:>9} {:>10}", "", "ns", "of ours", "of native");
    for Median { name, nanoseconds } in &medians {
        println!(
            "  {name:<24} {nanoseconds:>10.1} {:>9.2} {:>10.1}",
            nanoseconds / ours,
            nanoseconds / native
        );
    }
}
