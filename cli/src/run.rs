//! `linchpin run`: one call of one function, with the limits of a device.

mod function;
mod input;
mod report;

use std::path::PathBuf;
use std::time::Duration;

use linchpin_host::dynamic::{DynamicError, DynamicFunction, Value};
use linchpin_host::{Backtrace, Engine, EngineConfig, Limits, Loaded};

pub use report::RunReport;

use crate::console::{Console, Exit};
use crate::error::Error;
use crate::{quantity, recognise};

/// What to call, with what, within which limits.
#[derive(Debug, Clone, clap::Args)]
pub struct RunArgs {
    /// The component
    pub component: PathBuf,
    /// The function: `plan`, or in full `acme:water-heater/control@1.0.0#plan`
    pub function: String,
    /// One value for each parameter, in JSON or WAVE
    #[arg(value_name = "INPUT", allow_negative_numbers = true)]
    pub inputs: Vec<String>,
    /// File with the only parameter's value, or with all parameters as an array or object; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "inputs")]
    pub input_file: Option<PathBuf>,
    /// Print values as WAVE instead of JSON
    #[arg(long)]
    pub wave: bool,
    /// Instructions that the call may execute
    #[arg(long, value_name = "N", default_value_t = 10_000_000)]
    pub instructions: u64,
    /// Memory that the guest may have, as `128KiB` or `2MiB`
    #[arg(long, value_name = "SIZE", default_value = "2MiB", value_parser = quantity::bytes)]
    pub memory: usize,
    /// Time that the call may take, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 1000)]
    pub deadline_ms: u64,
}

/// Runs the command.
///
/// # Errors
/// As [`call`].
pub fn run(args: &RunArgs, console: &mut Console) -> Result<Exit, Error> {
    let report = call(args)?;
    console.result(&report, RunReport::to_text)?;
    Ok(if report.failure.is_none() { Exit::Clean } else { Exit::Findings })
}

/// Loads the component and calls the function once. A trap or a limit is a result and no error.
///
/// # Errors
/// If the component or the input cannot be read, there is no such function, or the input is not of its types.
pub fn call(args: &RunArgs) -> Result<RunReport, Error> {
    let component = recognise::component(&args.component)?;
    let failed = |source| Error::Load { path: args.component.clone(), source: Box::new(source) };
    let limits = Limits {
        memory_bytes: args.memory,
        instructions: args.instructions,
        deadline: Duration::from_millis(args.deadline_ms),
        component_bytes: component.len(),
        ..Limits::default()
    };
    let engine = Engine::new(EngineConfig::deterministic()).map_err(failed)?;
    let loaded = Loaded::standalone(&engine, &component, &limits).map_err(failed)?;
    let index = function::find(loaded.functions(), &args.function, &args.component)?;
    let Some(function) = loaded.functions().get(index) else {
        return Err(function::unknown(loaded.functions(), &args.function, &args.component));
    };
    let arguments = input::arguments(function, args)?;
    let types = function.parameters.iter().map(|(_, ty)| ty);
    let layout = DynamicFunction::new(types, function.result.as_ref())
        .map_err(|reason| Error::Input { reason: reason.to_string() })?;
    let called = loaded.call(|instance| {
        let outcome = layout.call(instance, index, &arguments);
        (outcome, instance.stats(), instance.backtrace().cloned())
    });
    let (outcome, stats, backtrace) = called.map_err(failed)?;
    report::report(args, function, outcome.map_err(|error| (error, backtrace)), stats)
}

/// What a call gave, or why it gave nothing and where the guest was.
type Outcome = Result<Option<Value>, (DynamicError, Option<Backtrace>)>;
