//! Why a value cannot cross.

use crate::model::Place;

/// One reason why a caller cannot call a callee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What is wrong.
    pub kind: ReasonKind,
    /// From the function down, as in `plan > param inputs > record inputs > field mode`.
    pub path: String,
    /// The nearest place in the caller's contract.
    pub caller: Option<Place>,
    /// The nearest place in the callee's contract.
    pub callee: Option<Place>,
    /// What the receiving side needs.
    pub expected: String,
    /// What the giving side has.
    pub found: String,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ReasonKind {
    /// The receiver needs a parameter that the giver does not have.
    ParamMissing,
    /// The receiver needs a field that the giver does not have.
    FieldMissing,
    /// The giver may send a case that the receiver does not know.
    CaseUnknown,
    /// The giver may set a flag that the receiver does not know.
    FlagUnknown,
    /// Only one side has a payload.
    Payload,
    /// Only one side has a result.
    Result,
    /// The types are of different kinds.
    Kind,
    /// Both are primitives, and the giver's does not fit the receiver's without loss.
    Primitive,
    /// `none` may arrive where a value is needed.
    Optional,
    /// Tuples or fixed lists of different lengths.
    Length,
    /// Handles, streams and futures cross only unchanged.
    Handle,
    /// Only one side is `async`.
    Async,
    /// A type expands beyond what is compared.
    TooLarge,
}

impl ReasonKind {
    /// A stable name, for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::ParamMissing => "param-missing",
            Self::FieldMissing => "field-missing",
            Self::CaseUnknown => "case-unknown",
            Self::FlagUnknown => "flag-unknown",
            Self::Payload => "payload",
            Self::Result => "result",
            Self::Kind => "kind",
            Self::Primitive => "primitive",
            Self::Optional => "optional",
            Self::Length => "length",
            Self::Handle => "handle",
            Self::Async => "async",
            Self::TooLarge => "too-large",
        }
    }
}
