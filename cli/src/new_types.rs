//! `linchpin new-types`: the Rust source of a guest, written from its contract.

use std::path::PathBuf;

use linchpin_codegen::skeleton;
use linchpin_contract::load_wit;
use serde::Serialize;

use crate::console::{Console, Exit};
use crate::error::Error;

/// Which contract, and which world of it.
#[derive(Debug, Clone, clap::Args)]
pub struct NewTypesArgs {
    /// The contract: a folder of WIT, or one file
    #[arg(default_value = "wit")]
    pub wit: PathBuf,
    /// The world, where the contract has several
    #[arg(long, value_name = "NAME")]
    pub world: Option<String>,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewTypesReport {
    /// As `heater`.
    pub world: String,
    /// The whole `lib.rs`: types, functions to fill in, and the guest's runtime.
    pub source: String,
}

/// Runs the command.
///
/// # Errors
/// As [`new_types`], and if standard output cannot be written.
pub fn run(args: &NewTypesArgs, console: &mut Console) -> Result<Exit, Error> {
    let report = new_types(args)?;
    console.result(&report, |report| report.source.clone())?;
    Ok(Exit::Clean)
}

/// Writes the source.
///
/// # Errors
/// If the contract cannot be read or has no such world, and [`Error::NoGuest`] where no guest can have the world.
pub fn new_types(args: &NewTypesArgs) -> Result<NewTypesReport, Error> {
    let broken = |source| Error::Contract { path: args.wit.clone(), source: Box::new(source) };
    let contract = load_wit(&args.wit).map_err(broken)?;
    let world = contract.select_world(args.world.as_deref()).map_err(broken)?;
    let source = skeleton::guest(&contract, world).map_err(|reasons| Error::NoGuest {
        world: world.name.clone(),
        reasons: reasons.iter().map(ToString::to_string).collect(),
    })?;
    Ok(NewTypesReport { world: world.name.clone(), source })
}
