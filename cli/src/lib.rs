//! The command line of Linchpin, as a library so that programs and tests can run each command in process.
//!
//! A command is one module: its arguments, a function that does the work and returns a report, and `run`, which
//! prints the report. Nothing but [`console`] prints, nothing but `read` and `write` touches files.
//!
//! ```text
//! arguments -> command -> read -> contract, checker, trust, host -> report -> text or JSON, exit code
//! ```
#![forbid(unsafe_code)]

pub mod build;
pub mod check;
pub mod completions;
pub mod diff;
pub mod doctor;
pub mod explain;
pub mod inspect;
pub mod keygen;
pub mod locate;
pub mod new;
pub mod new_types;
pub mod release_contract;
pub mod run;
pub mod sign;
pub mod verify;

pub mod command;
pub mod console;
mod error;
mod failure;
mod fix;
mod output;
mod page;
mod progress;
mod quantity;
mod read;
mod recognise;
mod report;
mod text;
mod toolchain;
mod values;
mod verdict_cache;
mod write;

pub use error::Error;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

/// Runs the program on the process's own arguments.
pub fn main() -> ExitCode {
    main_from(std::env::args_os())
}

/// Runs the program on these arguments, the program's name first.
pub fn main_from(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = command::Cli::parse_from(arguments);
    let mut console = console::Console::new(cli.format, cli.color);
    console.width = cli.width.map(usize::from);
    let exit = command::dispatch(&cli.command, &mut console).unwrap_or_else(|error| {
        console.report(&error);
        console::Exit::CouldNotRun
    });
    ExitCode::from(exit.code())
}
