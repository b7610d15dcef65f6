//! `linchpin new-types`: Rust source to begin a guest with, from a contract.

use std::path::{Path, PathBuf};

use linchpin_codegen::{locate, starter};
use serde::Serialize;

use crate::console::{Console, Exit};
use crate::error::Error;

/// For which world.
#[derive(Debug, Clone, clap::Args)]
pub struct NewTypesArgs {
    /// The world; may be left out where the contract has one
    #[arg(long, value_name = "WORLD")]
    pub world: Option<String>,
    /// The contract, a folder or one file; without it the one of the crate in the current folder
    #[arg(long, value_name = "PATH")]
    pub wit: Option<PathBuf>,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewTypesReport {
    /// The world's name within its package.
    pub world: String,
    /// Types, functions and the runtime, as one Rust file.
    pub source: String,
}

/// Runs the command.
///
/// # Errors
/// As [`new_types`].
pub fn run(args: &NewTypesArgs, console: &mut Console) -> Result<Exit, Error> {
    let report = new_types(args)?;
    console.result(&report, |report| report.source.clone())?;
    Ok(Exit::Clean)
}

/// The source for a world.
///
/// # Errors
/// If there is no contract or it cannot be read, it has no such world, or the world is none for guests.
pub fn new_types(args: &NewTypesArgs) -> Result<NewTypesReport, Error> {
    let path = match &args.wit {
        Some(path) => path.clone(),
        None => {
            let here = std::path::absolute("").unwrap_or_default();
            let found = locate::locate(Path::new(""), &here);
            found.map_err(|error| Error::NoContract { reason: error.to_string() })?.wit
        }
    };
    let unreadable = |source| Error::Contract { path: path.clone(), source: Box::new(source) };
    let contract = linchpin_contract::load_wit(&path).map_err(unreadable)?;
    let world = contract.select_world(args.world.as_deref()).map_err(unreadable)?;
    let source = starter::starter(&contract, world).map_err(|reasons| Error::NotForGuests {
        world: world.name.clone(),
        reasons: reasons.iter().map(ToString::to_string).collect(),
    })?;
    Ok(NewTypesReport { world: world.name.clone(), source })
}
