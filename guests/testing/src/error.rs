//! Why a guest could not be compared, or that it differs.

use std::path::PathBuf;

/// Why there is no agreement.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The tool that builds components cannot be started.
    #[error(
        "cannot start `{}` to build the component: {source}\nhelp: install `linchpin`, or say where it is in the environment variable `LINCHPIN`, or name a component in `Options::component`", program.display()
    )]
    Tool {
        /// What was to be started.
        program: PathBuf,
        /// Why it did not.
        source: std::io::Error,
    },
    /// The guest does not build as a component.
    #[error("`{package}` does not build as a component:\n{output}")]
    Build {
        /// The guest's crate.
        package: String,
        /// What `linchpin build` said.
        output: String,
    },
    /// A file cannot be read.
    #[error("cannot read `{}`: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The contract cannot be read, or has no such world any more.
    #[error("cannot read the contract of the guest: {0}")]
    Contract(#[from] linchpin_contract::Error),
    /// The component cannot be loaded, or an instance not be had.
    #[error("cannot load the component: {0}")]
    Component(#[from] linchpin_host::Error),
    /// The component has no such function, or one of other types.
    #[error(
        "the function `{function}` is {found}\nhelp: name one of the world's, and build the component from the same contract"
    )]
    OtherFunction {
        /// As `acme:water-heater/control@1.1.0#plan`.
        function: String,
        /// What the component has.
        found: &'static str,
    },
    /// A type of the contract that no value can be made of.
    #[error("no value of `{ty}` can be made, in `{function}`")]
    Unsupported {
        /// The function.
        function: String,
        /// The type in WIT.
        ty: String,
    },
    /// Inputs could not be made.
    #[error("cannot make inputs for `{function}`: {reason}")]
    Inputs {
        /// The function.
        function: String,
        /// Why not.
        reason: String,
    },
    /// A function gives one result natively and another as a component.
    #[error(transparent)]
    Different(Box<Difference>),
}

impl Error {
    /// A stable name of the kind of error, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Tool { .. } => "tool-missing",
            Self::Build { .. } => "build-failed",
            Self::Read { .. } => "unreadable",
            Self::Contract(error) => error.code(),
            Self::Component(error) => error.code(),
            Self::OtherFunction { .. } => "other-function",
            Self::Unsupported { .. } => "unsupported-type",
            Self::Inputs { .. } => "no-inputs",
            Self::Different(_) => "different",
        }
    }
}

/// The smallest input found for which a function differs. Values are WAVE, as `linchpin run` takes and prints them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{function}` does not give natively what it gives as a component\n    input: {}\n   native: {native}\ncomponent: {component}\nhelp: look for `cfg(target_family)`, `usize` arithmetic, overflow (native tests check for it, components do not), and float functions that each platform has its own of",
    input.join(", ")
)]
#[non_exhaustive]
pub struct Difference {
    /// As `acme:water-heater/control@1.1.0#plan`.
    pub function: String,
    /// The arguments, in order.
    pub input: Vec<String>,
    /// The native result, or that it panicked, with the message.
    pub native: String,
    /// The component's result, or why there is none.
    pub component: String,
}
