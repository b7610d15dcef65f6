//! `linchpin completions`: what a shell needs to complete commands and options.

use clap::CommandFactory;

use crate::command::Cli;
use crate::console::{Console, Exit};
use crate::error::Error;

/// Which shell.
#[derive(Debug, Clone, clap::Args)]
pub struct CompletionsArgs {
    /// The shell to complete in
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// Prints the completion script of a shell.
///
/// # Errors
/// If standard output cannot be written.
pub fn run(args: &CompletionsArgs, console: &mut Console) -> Result<Exit, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "linchpin", &mut script);
    console.print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Clean)
}
