//! The command line: what the user may write, and which file answers it.

use clap::{Parser, Subcommand, ValueEnum};

use crate::console::{Color, Console, Exit, Format};
use crate::error::Error;
use crate::{
    build, check, completions, diff, doctor, explain, inspect, keygen, locate, new, new_types,
    release_contract, run, sign, verify,
};

/// Build, check, sign and run device functions as small WebAssembly components.
///
/// Exit codes: 0 nothing found, 1 something found, 2 could not run.
#[derive(Debug, Parser)]
#[command(name = "linchpin", version, max_term_width = 100, arg_required_else_help = true)]
pub struct Cli {
    /// The form of the result: text or json; `check` and `explain` have more
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        hide_possible_values = true,
        display_order = 100,
        value_name = "FORMAT"
    )]
    pub format: Format,
    /// When to use colour: auto, always or never
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        hide_possible_values = true,
        display_order = 100,
        value_name = "WHEN"
    )]
    pub color: Color,
    /// Where to break sentences [default: the terminal's width]
    #[arg(long, global = true, display_order = 100, value_name = "COLUMNS", value_parser = columns)]
    pub width: Option<u16>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new guest crate with a contract, a function and its tests
    New(new::NewArgs),
    /// Print Rust types and functions to begin a guest with, from a contract
    NewTypes(new_types::NewTypesArgs),
    /// Compile a guest crate to an import-free component
    Build(build::BuildOptions),
    /// Check every module against every firmware of the system
    Check(check::CheckArgs),
    /// Compare two editions of a contract: what changed, whom it hits, which version it needs
    Diff(diff::DiffArgs),
    /// Freeze the current contract, if its version covers what changed
    ReleaseContract(release_contract::ReleaseContractArgs),
    /// Tell who uses a function, type, field, module or version, and where it runs
    Where(locate::WhereArgs),
    /// Explain a rule of `linchpin check`
    Explain(explain::ExplainArgs),
    /// Show what a component provides, or what a firmware calls
    Inspect(inspect::InspectArgs),
    /// Call one function of a component
    Run(run::RunArgs),
    /// Make a key pair to sign with
    Keygen(keygen::KeygenArgs),
    /// Attest modules whose verdict is clean, with their limits and device classes
    Sign(Box<sign::SignArgs>),
    /// Tell whether a device would take a component
    Verify(verify::VerifyArgs),
    /// Look at the toolchain, and install the WebAssembly target
    Doctor(doctor::DoctorArgs),
    /// Print the completion script of a shell
    Completions(completions::CompletionsArgs),
}

impl Command {
    /// The forms in which this command gives its result.
    pub fn formats(&self) -> &'static [Format] {
        match self {
            Self::Check(_) => Format::value_variants(),
            Self::Diff(_) => diff::FORMATS,
            Self::Explain(_) => &[Format::Text, Format::Json, Format::Markdown],
            Self::New(_)
            | Self::ReleaseContract(_)
            | Self::Where(_)
            | Self::NewTypes(_)
            | Self::Build(_)
            | Self::Inspect(_)
            | Self::Run(_)
            | Self::Keygen(_)
            | Self::Sign(_)
            | Self::Verify(_)
            | Self::Doctor(_)
            | Self::Completions(_) => &[Format::Text, Format::Json],
        }
    }
}

/// Runs one command.
pub(crate) fn dispatch(command: &Command, console: &mut Console) -> Result<Exit, Error> {
    if !command.formats().contains(&console.format) {
        let known = command.formats().iter().map(|format| format.word().to_owned()).collect();
        return Err(Error::NoSuchFormat { format: console.format.word(), known });
    }
    match command {
        Command::New(args) => new::run(args, console),
        Command::NewTypes(args) => new_types::run(args, console),
        Command::Build(args) => build::run(args, console),
        Command::Check(args) => check::run(args, console),
        Command::Diff(args) => diff::run(args, console),
        Command::ReleaseContract(args) => release_contract::run(args, console),
        Command::Where(args) => locate::run(args, console),
        Command::Explain(args) => explain::run(args, console),
        Command::Inspect(args) => inspect::run(args, console),
        Command::Run(args) => run::run(args, console),
        Command::Keygen(args) => keygen::run(args, console),
        Command::Sign(args) => sign::run(args, console),
        Command::Verify(args) => verify::run(args, console),
        Command::Doctor(args) => doctor::run(args, console),
        Command::Completions(args) => completions::run(args, console),
    }
}

/// A width as it is written on the command line.
fn columns(text: &str) -> Result<u16, String> {
    let width = text.parse().ok().filter(|width| *width >= MIN_COLUMNS);
    width.ok_or_else(|| format!("write a whole number of columns, from {MIN_COLUMNS} to {}", u16::MAX))
}

/// Narrower sentences cannot be read.
const MIN_COLUMNS: u16 = 40;

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_tree_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
