//! Why a core module cannot be reset.

/// What a core module has that a reset could not put back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unresettable {
    /// The bytes do not parse.
    #[error("core module is not valid at byte {offset}: {reason}; rebuild it with the pinned tools")]
    Invalid {
        /// Where in the core module.
        offset: usize,
        /// The parser's words.
        reason: String,
    },
    /// State that is somebody else's.
    #[error(
        "core module imports `{import}`, whose state is not the guest's to put back: remove what needs it"
    )]
    Import {
        /// Its module and name.
        import: String,
    },
    /// A memory of a kind that is not reset.
    #[error(
        "core module has {found}, which is not reset between calls: build the guest with one plain memory"
    )]
    Memory {
        /// The kind.
        found: &'static str,
    },
    /// A mutable global that holds a reference.
    #[error(
        "global number {global} is mutable and holds a reference, which is not reset between calls: keep an index into a constant table instead"
    )]
    ReferenceGlobal {
        /// Its index.
        global: u32,
    },
    /// More mutable globals than it is sensible to set after every call.
    #[error(
        "core module has more than {limit} mutable globals, all to be set back after every call: keep such state in memory"
    )]
    TooManyGlobals {
        /// The most that are allowed.
        limit: usize,
    },
    /// An export with one of the names that the reset uses itself.
    #[error("core module exports `{export}`, a name that is reserved for resetting: rename the export")]
    ReservedExport {
        /// The export.
        export: String,
    },
    /// An instruction that changes a table.
    #[error(
        "function {function} changes a table with `{instruction}` at byte {offset}, and tables are not reset between calls: use a constant table of functions"
    )]
    TableWrite {
        /// The function's name, or its number.
        function: String,
        /// The instruction.
        instruction: &'static str,
        /// Where in the core module.
        offset: usize,
    },
    /// An instruction that uses up or reads a passive segment.
    #[error(
        "function {function} uses a passive segment with `{instruction}` at byte {offset}, and dropped segments are not reset between calls: link the guest without shared memory"
    )]
    PassiveSegment {
        /// The function's name, or its number.
        function: String,
        /// The instruction.
        instruction: &'static str,
        /// Where in the core module.
        offset: usize,
    },
}

impl Unresettable {
    /// The stable name of this kind of refusal, in kebab-case.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Invalid { .. } => "unresettable-invalid",
            Self::Import { .. } => "unresettable-import",
            Self::Memory { .. } => "unresettable-memory",
            Self::ReferenceGlobal { .. } => "unresettable-reference-global",
            Self::TooManyGlobals { .. } => "unresettable-too-many-globals",
            Self::ReservedExport { .. } => "unresettable-reserved-export",
            Self::TableWrite { .. } => "unresettable-table-write",
            Self::PassiveSegment { .. } => "unresettable-passive-segment",
        }
    }
}

impl From<wasmparser::BinaryReaderError> for Unresettable {
    fn from(error: wasmparser::BinaryReaderError) -> Self {
        Self::Invalid { offset: error.offset(), reason: error.message().to_owned() }
    }
}
