//! Values as text: JSON and WAVE, in and out, by the types of the component.
//!
//! | WIT | JSON |
//! |---|---|
//! | `record` | object, every field present unless it is an `option` |
//! | `variant` | `"case"`, or `{"case": payload}` |
//! | `enum` | its name |
//! | `flags` | array of names |
//! | `option<T>` | `null` or the value; where `T` is an option itself, `null` or `{"some": value}` |
//! | `result<T, E>` | `{"ok": value}` or `{"err": value}`, with `null` where there is no payload |
//! | `list`, `tuple` | array |
//! | `map<K, V>` | array of `[key, value]` |
//! | `u64`, `s64` | number, or a string of digits for writers that round |
//! | `f32`, `f64` | number, or `"NaN"`, `"inf"`, `"-inf"` |
//! | `char` | string of one character |

mod json_in;
mod json_out;
#[cfg(test)]
mod tests;
mod wave;

pub(crate) use json_in::from_json;
pub(crate) use json_out::TypedValue;
pub(crate) use wave::{from_wave, to_wave};

use std::fmt;

/// Text that is no value of its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ValueError {
    /// As `inputs.prices[3]`.
    pub(crate) path: String,
    pub(crate) reason: String,
}

impl ValueError {
    pub(crate) fn new(path: &str, reason: impl Into<String>) -> Self {
        Self { path: path.into(), reason: reason.into() }
    }
}

impl fmt::Display for ValueError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "`{}`: {}", self.path, self.reason)
    }
}
