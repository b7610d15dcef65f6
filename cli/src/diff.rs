//! `linchpin diff`: what changed between two editions of a contract, and what it does to whom.

mod form;
pub(crate) mod git;
mod side;
mod text;

use linchpin_checker::render::{Colour, Detail, TextOptions};
use linchpin_checker::verdict;
use linchpin_checker::{Diff, diff as compare};

pub(crate) use form::FORMATS;

use crate::console::{Console, Exit};
use crate::error::Error;

/// What to compare.
#[derive(Debug, Clone, clap::Args)]
pub struct DiffArgs {
    /// The older edition: a WIT folder or file, a component, a firmware or its descriptor, or `REVISION:PATH` of git
    pub before: String,
    /// The newer edition, of any of these kinds
    pub after: String,
    /// Ask of one upgrade only: host-upgrade, module-upgrade, composition or data
    #[arg(long, value_enum, hide_possible_values = true, value_name = "ROLE")]
    pub role: Option<Role>,
    /// Compare this world alone, with what it names
    #[arg(long, value_name = "NAME")]
    pub world: Option<String>,
    /// Show what is allowed as well, and lists in full
    #[arg(long, short)]
    pub verbose: bool,
}

/// One upgrade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Role {
    /// New firmware comes to devices that have old modules.
    HostUpgrade,
    /// New modules come to devices that have old firmware.
    ModuleUpgrade,
    /// A component that provides the newer edition is composed with one that consumes the older.
    Composition,
    /// Recorded values are given to newer functions.
    Data,
}

impl Role {
    fn asked(self) -> verdict::Role {
        match self {
            Self::HostUpgrade => verdict::Role::HostUpgrade,
            Self::ModuleUpgrade => verdict::Role::ModuleUpgrade,
            Self::Composition => verdict::Role::Composition,
            Self::Data => verdict::Role::Data,
        }
    }
}

/// Runs the command.
///
/// # Errors
/// As [`diff`], and if standard output cannot be written.
pub fn run(args: &DiffArgs, console: &mut Console) -> Result<Exit, Error> {
    let diff = diff(args)?;
    let colour = if console.colored() { Colour::Always } else { Colour::Never };
    let detail = if args.verbose { Detail::Full } else { Detail::Brief };
    let options = TextOptions { colour, detail, width: console.width() };
    console.print(&form::rendered(&diff, console.format, &options)?)?;
    Ok(if diff.clean { Exit::Clean } else { Exit::Findings })
}

/// Compares the two sides.
///
/// # Errors
/// If a side cannot be read or is of no kind that can be compared, or if a world must be named.
pub fn diff(args: &DiffArgs) -> Result<Diff, Error> {
    let (before, after) = std::thread::scope(|scope| {
        let other = scope.spawn(|| side::read(&args.after, args.world.as_deref()));
        let before = side::read(&args.before, args.world.as_deref());
        (before, other.join())
    });
    let after = after.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    compare(&before?, &after?, args.role.map(Role::asked))
        .map_err(|source| Error::Comparison { source: Box::new(source) })
}
