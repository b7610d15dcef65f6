//! What the rules of edges look at.

use linchpin_contract::Range;

use crate::rule::Shown;
use crate::verdict::PairLevel;

/// One thing that is wrong with a value on its way.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) kind: Kind,
    /// From the value down, as `field temp`.
    pub(crate) path: String,
    pub(crate) from: Shown,
    pub(crate) to: Shown,
}

/// What kind of thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An end leads nowhere, or nothing is known of it.
    Unknown { reason: String, help: String },
    /// No value of the one type can be taken as the other.
    Mismatch { given: String, taken: String },
    /// Some values can be taken and others cannot.
    ValueDependent { given: String, taken: String },
    /// Something that is given is not taken.
    Lossy(String),
    /// Two values go into one another's places, by their names.
    Swapped { given: String, taken: String },
    /// The units differ, or one is not stated.
    Unit { given: Option<String>, taken: Option<String> },
    /// Values may lie outside what is taken; a giver without a range gives anything.
    Range { given: Option<Range>, taken: Range },
}

impl Kind {
    /// What it makes of the edge.
    pub(crate) fn level(&self) -> PairLevel {
        match self {
            Self::Unknown { .. } => PairLevel::Unknown,
            Self::Mismatch { .. } => PairLevel::CallFail,
            Self::ValueDependent { .. } | Self::Range { .. } => PairLevel::Conditional,
            Self::Unit { .. } | Self::Swapped { .. } => PairLevel::Hazard,
            Self::Lossy(_) => PairLevel::Ok,
        }
    }
}

/// A finding of an edge, with the line that declares the edge.
pub(crate) struct EdgeFault<'a> {
    pub(crate) found: &'a Found,
    pub(crate) edge: &'a Shown,
}
