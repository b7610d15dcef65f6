//! What a call of a slot gives: the guest's value, or the fallback's and why.

use crate::abi::CallError;

/// The result of a call. There is always a value to act on; the caller decides whether it matters whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<T> {
    /// The guest's value, accepted by every guard.
    Value(T),
    /// The fallback's value.
    Fallback {
        /// The constant, or the last good value.
        value: T,
        /// Why the guest's own was not used.
        why: CallError,
    },
}

impl<T> Outcome<T> {
    /// The value, whosever it is.
    pub fn value(&self) -> &T {
        match self {
            Self::Value(value) | Self::Fallback { value, .. } => value,
        }
    }

    /// The value, whosever it is.
    pub fn into_value(self) -> T {
        match self {
            Self::Value(value) | Self::Fallback { value, .. } => value,
        }
    }

    /// Why the fallback was used; nothing if it was not.
    pub fn why(&self) -> Option<&CallError> {
        match self {
            Self::Value(_) => None,
            Self::Fallback { why, .. } => Some(why),
        }
    }
}
