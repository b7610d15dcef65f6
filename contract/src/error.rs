//! Why a contract could not be read.

use std::path::PathBuf;

use crate::model::Place;

/// Why a contract could not be read. Every message says where, why and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read.
    #[error("cannot read `{}`: {reason}", path.display())]
    Read {
        /// What was to be read.
        path: PathBuf,
        /// The operating system's reason.
        reason: String,
    },
    /// A folder holds no WIT.
    #[error("no `.wit` file in `{}`: write the contract there, or name another folder", path.display())]
    NoWitFiles {
        /// The folder.
        path: PathBuf,
    },
    /// A file is too large to be WIT or a component.
    #[error("`{}` is {bytes} bytes long, more than the {limit} that are read: is it the right file?", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size in bytes.
        bytes: u64,
        /// The most that is read, in bytes.
        limit: u64,
    },
    /// WIT text that is not well formed.
    #[error("{}{message}", at(place.as_ref()))]
    Syntax {
        /// Where, if upstream says it.
        place: Option<Place>,
        /// What is wrong, in the WIT parser's words.
        message: String,
    },
    /// A binary that should be a component is not.
    #[error("not a component: {reason}")]
    NotAComponent {
        /// What it is instead, and what to do.
        reason: String,
    },
    /// A binary WIT world or package is broken.
    #[error("not an encoded WIT {what}: {reason}")]
    NotEncodedWit {
        /// `world` or `package`.
        what: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// The asked-for world does not exist.
    #[error("no world `{wanted}` in package `{package}`{}", listed(known))]
    NoSuchWorld {
        /// The name that was asked for.
        wanted: String,
        /// The package that was searched.
        package: String,
        /// Worlds that it has.
        known: Vec<String>,
    },
    /// No world was asked for and the package does not have exactly one.
    #[error("package `{package}` has {} worlds, so one must be named{}", known.len(), listed(known))]
    WorldNotNamed {
        /// The package that was searched.
        package: String,
        /// Worlds that it has.
        known: Vec<String>,
    },
    /// A type whose expanded text is beyond all use.
    #[error("{}`{name}` expands to more than {limit} bytes of text: split the type", at(place.as_ref()))]
    TypeTooLarge {
        /// The function or type.
        name: String,
        /// The most that is allowed, in bytes.
        limit: usize,
        /// Where it is declared.
        place: Option<Place>,
    },
    /// A type nested deeper than any engine accepts.
    #[error("{}types are nested more than {limit} deep: flatten them", at(place.as_ref()))]
    TypeTooDeep {
        /// The most that is allowed.
        limit: usize,
        /// Where the depth is passed.
        place: Option<Place>,
    },
    /// A firmware descriptor is broken.
    #[error("bad descriptor: {reason}")]
    Descriptor {
        /// What is wrong, and what to do.
        reason: String,
    },
    /// The `linchpin:contract` section of a component is broken.
    #[error("bad `linchpin:contract` section: {reason}")]
    Section {
        /// What is wrong, and what to do.
        reason: String,
    },
}

impl Error {
    /// A stable name of the kind of error, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Read { .. } => "read",
            Self::NoWitFiles { .. } => "no-wit-files",
            Self::TooLarge { .. } => "too-large",
            Self::Syntax { .. } => "wit-syntax",
            Self::NotAComponent { .. } => "not-a-component",
            Self::NotEncodedWit { .. } => "not-encoded-wit",
            Self::NoSuchWorld { .. } => "no-such-world",
            Self::WorldNotNamed { .. } => "world-not-named",
            Self::TypeTooLarge { .. } => "type-too-large",
            Self::TypeTooDeep { .. } => "type-too-deep",
            Self::Descriptor { .. } => "descriptor",
            Self::Section { .. } => "contract-section",
        }
    }

    /// What is wrong and what to do, without the place that the message begins with: for those who show its line.
    pub fn reason(&self) -> String {
        let message = self.to_string();
        let place = at(self.place());
        message.strip_prefix(&place).map(ToOwned::to_owned).unwrap_or(message)
    }

    /// Where in WIT text the error is, if it is in WIT text.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Syntax { place, .. }
            | Self::TypeTooLarge { place, .. }
            | Self::TypeTooDeep { place, .. } => place.as_ref(),
            Self::Read { .. }
            | Self::NoWitFiles { .. }
            | Self::TooLarge { .. }
            | Self::NotAComponent { .. }
            | Self::NotEncodedWit { .. }
            | Self::NoSuchWorld { .. }
            | Self::WorldNotNamed { .. }
            | Self::Descriptor { .. }
            | Self::Section { .. } => None,
        }
    }
}

fn at(place: Option<&Place>) -> String {
    place.map_or_else(String::new, |place| format!("{}:{}:{}: ", place.file, place.line, place.column))
}

fn listed(known: &[String]) -> String {
    if known.is_empty() {
        "; it declares none".to_owned()
    } else {
        format!("; it declares `{}`", known.join("`, `"))
    }
}
