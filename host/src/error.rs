//! Why a module was not loaded, installed or kept: one error with stable codes.

use crate::component::FunctionName;
use crate::reset::Unresettable;
use linchpin_trust::{Refusal, Sha256Digest};
use std::path::PathBuf;

/// What can go wrong between bytes and a running module. Calls have [`CallError`](crate::CallError).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The component is larger than the limit.
    #[error(
        "component is {bytes} bytes long and `component_bytes` allows {limit}: build the guest in \
         release, or raise the limit"
    )]
    ComponentTooLarge {
        /// Its size.
        bytes: usize,
        /// [`Limits::component_bytes`](crate::Limits::component_bytes).
        limit: usize,
    },
    /// The bytes are something else altogether.
    #[error("expected a WebAssembly component and found {found}: pass the output of `linchpin build`")]
    NotWebAssembly {
        /// What they look like.
        found: &'static str,
    },
    /// The text format of WebAssembly.
    #[error(
        "expected a binary WebAssembly component and found the text format: translate it first, as with \
         `wasm-tools parse`"
    )]
    TextFormat,
    /// A core module that was not made into a component.
    #[error(
        "expected a WebAssembly component and found a core module, which has no types to check: build \
         it with `linchpin build`, or `wasm-tools component new`"
    )]
    CoreModule,
    /// The file ends too early.
    #[error("component ends in the middle, after {bytes} bytes: copy the file again")]
    Truncated {
        /// How many bytes there are.
        bytes: usize,
    },
    /// The bytes do not validate.
    #[error("component is not valid at byte {offset}: {reason}; rebuild it with the pinned tools")]
    InvalidComponent {
        /// Where.
        offset: usize,
        /// The parser's words.
        reason: String,
    },
    /// The component, or its core module, imports something.
    #[error(
        "component imports `{import}`, and a pure function imports nothing: remove what needs it (a \
         clock, randomness, printing, or a wasi target)"
    )]
    ImportPresent {
        /// The import's name.
        import: String,
    },
    /// The component is put together in a way that this host does not take apart.
    #[error(
        "component has {found}: a pure function is one core module and its lifted exports, as `linchpin \
         build` makes"
    )]
    UnsupportedStructure {
        /// What was found.
        found: String,
    },
    /// The core module runs code at instantiation.
    #[error(
        "core module has a start function, which would run before any limit is agreed: link the guest \
         as a library (`cdylib`)"
    )]
    StartFunction,
    /// The memory starts out larger than allowed.
    #[error(
        "guest starts with {bytes} bytes of memory and `memory_bytes` allows {limit}: give the guest a \
         smaller stack, or raise the limit"
    )]
    MemoryTooLarge {
        /// The initial size.
        bytes: u64,
        /// [`Limits::memory_bytes`](crate::Limits::memory_bytes).
        limit: usize,
    },
    /// A table starts out larger than allowed.
    #[error(
        "guest has a table of {elements} elements and {limit} are allowed: no compiler needs as many, \
         so rebuild the guest"
    )]
    TableTooLarge {
        /// The initial size.
        elements: u64,
        /// The most that is allowed.
        limit: u64,
    },
    /// An exported function is not lifted from the core export that carries its name, or not in the plain way.
    #[error(
        "function `{function}` is lifted from {found} instead of {expected}: rebuild the component with \
         `linchpin build`"
    )]
    Lift {
        /// The function.
        function: FunctionName,
        /// What it refers to.
        found: String,
        /// What it must refer to.
        expected: String,
    },
    /// A function uses what a pure function cannot.
    #[error(
        "function `{function}` uses {found}, which only means something between calls: pass plain values"
    )]
    ImpureFunction {
        /// The function.
        function: FunctionName,
        /// The type or property.
        found: &'static str,
    },
    /// A function's types are too large when expanded.
    #[error("types of function `{function}` are {reason}: split the function, or name fewer nested types")]
    TypeTooLarge {
        /// The function.
        function: FunctionName,
        /// Which bound they are over.
        reason: &'static str,
    },
    /// A function that the firmware calls is not there.
    #[error(
        "component does not export `{function}`, which this firmware calls{near}: build the guest for \
         the firmware's world"
    )]
    FunctionMissing {
        /// What the firmware calls.
        function: FunctionName,
        /// What comes near, as a clause of the message; may be empty.
        near: String,
    },
    /// A function's types are not those that the firmware was compiled for.
    #[error("{0}")]
    DigestMismatch(Box<DigestMismatch>),
    /// The generated code and the component agree on the digest and not on the core signature.
    #[error(
        "function `{function}` has core signature {found} and the firmware was generated for \
         {expected}: rebuild the firmware with this version of `linchpin-macros`"
    )]
    SignatureMismatch {
        /// The function.
        function: FunctionName,
        /// In the component.
        found: String,
        /// In the world contract.
        expected: String,
    },
    /// The engine cannot be made with this configuration.
    #[error("engine cannot start: {reason}")]
    Engine {
        /// The engine's words.
        reason: String,
    },
    /// The core module has state that could not be put back after a call.
    #[error(transparent)]
    Unresettable(#[from] Unresettable),
    /// The compiler refused the core module.
    #[error("core module does not compile: {reason}")]
    Compile {
        /// The compiler's words.
        reason: String,
    },
    /// The module compiled and a first instance could not be made.
    #[error("module cannot be instantiated: {reason}")]
    Instantiate {
        /// Why.
        reason: String,
    },
    /// The attestation does not allow this component here.
    #[error("{0}")]
    Refused(Refusal),
    /// The slot was opened without anything to trust.
    #[error("slot has no trusted keys and cannot install: give its builder a trusted state")]
    NoTrust,
    /// The component failed too often before.
    #[error("component {digest} is quarantined since it failed too often: install another build")]
    Quarantined {
        /// The component.
        digest: Sha256Digest,
    },
    /// There is nothing to go back to.
    #[error("slot has no last known good module to go back to: install a release")]
    NoPrevious,
    /// The generated code named a function that its world does not have.
    #[error("function number {function} is outside the slot's world, which has {functions}")]
    NoSuchFunction {
        /// The index.
        function: usize,
        /// How many there are.
        functions: usize,
    },
    /// A fallback or guard was set for another Rust type than before.
    #[error(
        "function `{function}` was given a fallback or guard for another Rust type: use one type for \
         each function"
    )]
    WrongType {
        /// The function.
        function: FunctionName,
    },
    /// The store could not be read or written.
    #[error("store cannot {action} `{path}`: {reason}", path = path.display())]
    Store {
        /// What was tried.
        action: &'static str,
        /// On which file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// A stored file is not what was written.
    #[error("stored file `{path}` is damaged: {reason}", path = path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// How it shows.
        reason: String,
    },
}

/// Both sides of a function whose types differ.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "function `{expected}` of this firmware and `{found}` of the component have different types: \
     the firmware was compiled for {expected_digest}, the component has {found_digest}, `{found_text}`; \
     run `linchpin check` to see what differs"
)]
pub struct DigestMismatch {
    /// The function and interface as the firmware names them.
    pub expected: FunctionName,
    /// The function and interface as the component exports them.
    pub found: FunctionName,
    /// The digest that the firmware was generated for.
    pub expected_digest: Sha256Digest,
    /// The digest of the component's bytes.
    pub found_digest: Sha256Digest,
    /// The canonical text in the component.
    pub found_text: String,
}

impl Error {
    /// The stable name of this kind of error, in kebab-case. A refusal keeps the code it has in `linchpin-trust`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::ComponentTooLarge { .. } => "component-too-large",
            Self::NotWebAssembly { .. } => "not-webassembly",
            Self::TextFormat => "text-format",
            Self::CoreModule => "core-module",
            Self::Truncated { .. } => "truncated",
            Self::InvalidComponent { .. } => "invalid-component",
            Self::ImportPresent { .. } => "import-present",
            Self::UnsupportedStructure { .. } => "unsupported-structure",
            Self::StartFunction => "start-function",
            Self::MemoryTooLarge { .. } => "memory-too-large",
            Self::TableTooLarge { .. } => "table-too-large",
            Self::Lift { .. } => "lift-mismatch",
            Self::ImpureFunction { .. } => "impure-function",
            Self::TypeTooLarge { .. } => "type-too-large",
            Self::FunctionMissing { .. } => "function-missing",
            Self::DigestMismatch(_) => "digest-mismatch",
            Self::SignatureMismatch { .. } => "signature-mismatch",
            Self::Engine { .. } => "engine",
            Self::Unresettable(reason) => reason.code(),
            Self::Compile { .. } => "compile",
            Self::Instantiate { .. } => "instantiate",
            Self::Refused(refusal) => refusal.code(),
            Self::NoTrust => "no-trust",
            Self::Quarantined { .. } => "quarantined",
            Self::NoPrevious => "no-previous",
            Self::NoSuchFunction { .. } => "no-such-function",
            Self::WrongType { .. } => "wrong-type",
            Self::Store { .. } => "store",
            Self::Damaged { .. } => "damaged",
        }
    }
}
