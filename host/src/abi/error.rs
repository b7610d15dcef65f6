//! What can go wrong in one typed call.

use super::instance::Trap;

/// Why a typed call gave no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// The guest did not return.
    #[error(transparent)]
    Trap(#[from] Trap),
    /// The guest returned bytes that are no value of the function's result type.
    #[error("the guest's result is malformed: {0}")]
    Lift(#[from] LiftError),
    /// An argument lies outside what the contract allows; the guest was not called.
    #[error("the argument is outside its contract: {0}")]
    Input(GuardViolation),
    /// The result lies outside what the contract or the firmware allows.
    #[error("the result was refused: {0}")]
    Guard(GuardViolation),
    /// The arguments are larger than the limit; the guest was not called.
    #[error("the arguments take more than the limit of {limit_bytes} bytes; raise the limit or send less")]
    InputTooLarge {
        /// The limit on input bytes.
        limit_bytes: u64,
    },
    /// The slot holds no module.
    #[error("no module is installed; install a release")]
    NoModule,
    /// The generated code does not fit the slot: there is no such function, or it returns another Rust type.
    #[error(
        "function {function} was called with another index or result type than the slot has; rebuild the firmware"
    )]
    Misuse {
        /// The index of the function.
        function: usize,
    },
}

impl CallError {
    /// A stable name for logs and counters.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Trap(trap) => trap.code(),
            Self::Lift(error) => error.code(),
            Self::Input(_) => "input-out-of-range",
            Self::Guard(violation) => violation.code(),
            Self::InputTooLarge { .. } => "input-too-large",
            Self::NoModule => "no-module",
            Self::Misuse { .. } => "misuse",
        }
    }

    /// Whether the caller's own arguments are at fault, so that the failure says nothing about the module.
    pub fn is_callers_fault(&self) -> bool {
        match self {
            Self::Input(_) | Self::InputTooLarge { .. } | Self::NoModule | Self::Misuse { .. } => true,
            Self::Trap(_) | Self::Lift(_) | Self::Guard(_) => false,
        }
    }
}

/// Why bytes that a guest gave are no value of the expected type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LiftError {
    /// A pointer with its length leaves the guest's memory.
    #[error("{bytes} bytes at address {address} lie outside the guest's memory of {memory_bytes} bytes")]
    OutOfBounds {
        /// First byte.
        address: u32,
        /// How many bytes were to be read.
        bytes: u64,
        /// How long the memory is.
        memory_bytes: u64,
    },
    /// A pointer is not a multiple of its type's alignment.
    #[error("address {address} is not a multiple of {align}")]
    Misaligned {
        /// The pointer.
        address: u32,
        /// What it must be a multiple of.
        align: u32,
    },
    /// The guest's allocator gave memory that is not its own to give.
    #[error(
        "`cabi_realloc` returned address {address} for {bytes} bytes aligned to {align}, which is not usable"
    )]
    BadAllocation {
        /// What it returned.
        address: u32,
        /// What was asked for.
        bytes: u32,
        /// What was asked for.
        align: u32,
    },
    /// A variant, enum, option or result has no such case.
    #[error("`{type_name}` has {cases} cases, and the guest chose case {value}")]
    Discriminant {
        /// The WIT type.
        type_name: &'static str,
        /// What the guest chose, from 0.
        value: u32,
        /// How many cases there are.
        cases: u32,
    },
    /// A `char` is no Unicode scalar value.
    #[error("{value} is no Unicode scalar value")]
    Char {
        /// The number.
        value: u32,
    },
    /// A `string` is not UTF-8.
    #[error("the string at address {address} is not UTF-8 from its byte {valid_bytes} on")]
    Utf8 {
        /// First byte.
        address: u32,
        /// How many bytes from the start are well formed.
        valid_bytes: u64,
    },
    /// A number is outside the range of the newtype that was to hold it.
    #[error("`{alias}` is {value}, outside its range {range}")]
    OutOfRange {
        /// The alias in the WIT, as in `control/celsius`.
        alias: &'static str,
        /// The number.
        value: String,
        /// The range as in the WIT, as in `10..=85`.
        range: &'static str,
    },
    /// The result is larger than the limit.
    #[error("the result takes more than the limit of {limit_bytes} bytes")]
    TooLarge {
        /// The limit on output bytes.
        limit_bytes: u64,
    },
}

impl LiftError {
    /// A stable name for logs and counters.
    pub fn code(&self) -> &'static str {
        match self {
            Self::OutOfBounds { .. } => "lift-out-of-bounds",
            Self::Misaligned { .. } => "lift-misaligned",
            Self::BadAllocation { .. } => "lift-bad-allocation",
            Self::Discriminant { .. } => "lift-discriminant",
            Self::Char { .. } => "lift-char",
            Self::Utf8 { .. } => "lift-utf8",
            Self::OutOfRange { .. } => "lift-out-of-range",
            Self::TooLarge { .. } => "lift-too-large",
        }
    }
}

/// Why a value was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GuardViolation {
    /// A number is outside its `@range`, or not a number at all.
    #[error("`{path}` is {value}, outside its range {range}")]
    Range {
        /// Where the number is, as in `ok.setpoint` or `inputs.prices[3]`.
        path: String,
        /// The number.
        value: String,
        /// The range as in the contract, as in `5..=80`.
        range: &'static str,
    },
    /// A number is not a whole count of its `@step` away from the least value of its range.
    #[error("`{path}` is {value}, not on its steps of {step}")]
    Step {
        /// Where the number is.
        path: String,
        /// The number.
        value: String,
        /// The step as in the contract, as in `0.5`.
        step: &'static str,
    },
    /// The firmware's own guard refused.
    #[error("{reason}")]
    Firmware {
        /// What the firmware said.
        reason: String,
    },
}

impl GuardViolation {
    /// A refusal by the firmware's own guard.
    pub fn firmware(reason: impl Into<String>) -> Self {
        Self::Firmware { reason: reason.into() }
    }

    /// The same violation, seen from the value that holds its place: a name, or an index as in `[3]`.
    #[must_use]
    pub fn within(mut self, outer: &str) -> Self {
        match &mut self {
            Self::Range { path, .. } | Self::Step { path, .. } => {
                let joint = if path.is_empty() || path.starts_with('[') { "" } else { "." };
                *path = format!("{outer}{joint}{path}");
            }
            Self::Firmware { .. } => {}
        }
        self
    }

    /// The same violation, at `whole` if it is of the value as a whole.
    #[must_use]
    pub fn or_at(self, whole: &str) -> Self {
        match &self {
            Self::Range { path, .. } | Self::Step { path, .. }
                if path.is_empty() || path.starts_with('[') =>
            {
                self.within(whole)
            }
            Self::Range { .. } | Self::Step { .. } | Self::Firmware { .. } => self,
        }
    }

    /// A stable name for logs and counters.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Range { .. } => "guard-range",
            Self::Step { .. } => "guard-step",
            Self::Firmware { .. } => "guard-firmware",
        }
    }
}
