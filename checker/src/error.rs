//! Why a system could not be read, so that there is no verdict.

use linchpin_contract::Place;

/// Why there is no verdict. Every message says where, why and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The system's own file could not be read.
    #[error("cannot read `{path}`: {reason}; {help}")]
    Read {
        /// As the caller named it.
        path: String,
        /// Why.
        reason: String,
        /// What to do.
        help: String,
    },
    /// The file is not TOML.
    #[error("{}{message}", at(place))]
    Syntax {
        /// Where.
        place: Box<Place>,
        /// What is wrong, in the parser's words.
        message: String,
    },
    /// A key that this table does not have.
    #[error("{}unknown key `{key}`; {help}", at(place))]
    UnknownKey {
        /// Where.
        place: Box<Place>,
        /// The key in full, as in `targets.heater-3.firmwares`.
        key: String,
        /// What was probably meant, or which keys there are.
        help: String,
    },
    /// A key that this table must have.
    #[error("{}`{table}` lacks the key `{key}`; {help}", at(place))]
    MissingKey {
        /// Where the table is.
        place: Box<Place>,
        /// The table in full, as in `targets.heater-3`.
        table: String,
        /// The key.
        key: String,
        /// What belongs there.
        help: String,
    },
    /// A value that cannot be used.
    #[error("{}`{key}` {reason}; {help}", at(place))]
    BadValue {
        /// Where.
        place: Box<Place>,
        /// The key in full.
        key: String,
        /// What is wrong with it.
        reason: String,
        /// What to write instead.
        help: String,
    },
    /// A file that the system names cannot be used.
    #[error("{named}{reason}; {help}")]
    Artefact {
        /// Which key names it.
        named: NamedBy,
        /// A stable name of the kind of trouble.
        code: &'static str,
        /// Why it cannot be used.
        reason: String,
        /// What to do.
        help: String,
    },
    /// Several of the above. Never empty, never nested.
    #[error("{}", listed(.0))]
    Many(Vec<Error>),
}

impl Error {
    /// A stable name of the kind of error, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Read { .. } => "system-file",
            Self::Syntax { .. } => "syntax",
            Self::UnknownKey { .. } => "unknown-key",
            Self::MissingKey { .. } => "missing-key",
            Self::BadValue { .. } => "bad-value",
            Self::Artefact { code, .. } => code,
            Self::Many(_) => "several",
        }
    }

    /// Where in the system's file the error is, if it is there.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Syntax { place, .. }
            | Self::UnknownKey { place, .. }
            | Self::MissingKey { place, .. }
            | Self::BadValue { place, .. } => Some(place),
            Self::Artefact { named, .. } => named.0.as_ref().map(|naming| &naming.place),
            Self::Read { .. } | Self::Many(_) => None,
        }
    }

    /// Each error by itself: the parts of [`Error::Many`], or this one.
    pub fn each(&self) -> &[Error] {
        match self {
            Self::Many(errors) => errors,
            Self::Read { .. }
            | Self::Syntax { .. }
            | Self::UnknownKey { .. }
            | Self::MissingKey { .. }
            | Self::BadValue { .. }
            | Self::Artefact { .. } => std::slice::from_ref(self),
        }
    }

    /// One error of all these; absent where there are none.
    pub(crate) fn all_of(mut errors: Vec<Self>) -> Option<Self> {
        if errors.len() > 1 { Some(Self::Many(errors)) } else { errors.pop() }
    }
}

/// Which key of the system's file names an artefact; empty where bytes came without a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NamedBy(pub Option<Box<Naming>>);

/// A key and the path that it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// Where the path is written.
    pub place: Place,
    /// The key in full, as in `modules.setpoint.component`.
    pub key: String,
    /// The path, as written.
    pub path: String,
}

impl std::fmt::Display for NamedBy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Some(naming) => write!(f, "{}`{}` names `{}`: ", at(&naming.place), naming.key, naming.path),
            None => Ok(()),
        }
    }
}

fn at(place: &Place) -> String {
    format!("{}:{}:{}: ", place.file, place.line, place.column)
}

fn listed(errors: &[Error]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
