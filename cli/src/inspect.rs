//! `linchpin inspect`: what a file provides or calls, by its own bytes.

mod component;
mod contract;
mod firmware;
mod function;
mod profile;
mod types;

use std::path::PathBuf;

use serde::Serialize;

pub use component::ComponentReport;
pub use contract::{ContractReport, InterfaceReport, WorldReport};
pub use firmware::{DescriptorReport, FirmwareReport};
pub use function::FunctionReport;

use crate::console::{Console, Exit};
use crate::error::Error;
use crate::read;
use crate::recognise::{self, Kind};

const WANTED: &str = "a component, a firmware, a descriptor or WIT";

/// What to look at.
#[derive(Debug, Clone, clap::Args)]
pub struct InspectArgs {
    /// A component, a firmware binary, a descriptor, a `.wit` file or a folder of them
    pub file: PathBuf,
    /// Keep a firmware's descriptor in this file, for `linchpin.toml` when the binary is gone
    #[arg(long, value_name = "FILE")]
    pub extract: Option<PathBuf>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum InspectReport {
    /// A component: what it exports and imports.
    Component(Box<ComponentReport>),
    /// A firmware, or a descriptor taken from one: what it calls.
    Firmware(FirmwareReport),
    /// WIT text.
    Contract(ContractReport),
}

/// Runs the command.
///
/// # Errors
/// As [`inspect`].
pub fn run(args: &InspectArgs, console: &mut Console) -> Result<Exit, Error> {
    let report = inspect(args)?;
    console.result(&report, |report| match report {
        InspectReport::Component(report) => report.to_text(),
        InspectReport::Firmware(report) => report.to_text(),
        InspectReport::Contract(report) => report.to_text(),
    })?;
    Ok(Exit::Clean)
}

/// Looks at a file or a folder of WIT.
///
/// # Errors
/// If it cannot be read, is broken, or is of no kind that has functions with types: a core module, say.
pub fn inspect(args: &InspectArgs) -> Result<InspectReport, Error> {
    let (path, extract) = (args.file.as_path(), args.extract.as_deref());
    let is_wit = path.extension().is_some_and(|extension| extension == "wit");
    if path.is_dir() || (is_wit && path.is_file()) {
        return contract::inspect(path).map(InspectReport::Contract);
    }
    let found = recognise::kind(&read::head(path, WANTED, 256)?);
    match found {
        Kind::Component => component::inspect(path).map(|report| InspectReport::Component(Box::new(report))),
        // A firmware may itself be compiled to WebAssembly; then it has a descriptor.
        Kind::CoreModule => {
            let firmware = firmware::inspect(path, extract).map(InspectReport::Firmware);
            firmware.map_err(|_| Error::CoreModule { path: path.into() })
        }
        Kind::Precompiled => Err(Error::Precompiled { path: path.into() }),
        Kind::Binary | Kind::Descriptor => firmware::inspect(path, extract).map(InspectReport::Firmware),
        Kind::Text | Kind::Zeros | Kind::Empty | Kind::Unknown => {
            Err(Error::WrongKind { path: path.into(), wanted: WANTED, found: found.words() })
        }
    }
}
