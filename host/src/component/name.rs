//! How functions and interfaces are named, in binaries and in messages.

use std::fmt;

/// A function, with the interface that it is in. Its text, as in `acme:water-heater/control@1.0.0#plan`, is also
/// the name of its core export.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FunctionName {
    /// The interface with its package and version; absent for a function of the world itself.
    pub interface: Option<String>,
    /// The function's own name.
    pub name: String,
}

impl FunctionName {
    /// A function by its parts.
    #[must_use]
    pub fn new(interface: Option<&str>, name: &str) -> Self {
        Self { interface: interface.map(str::to_owned), name: name.to_owned() }
    }
}

impl fmt::Display for FunctionName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.interface {
            Some(interface) => write!(out, "{interface}#{}", self.name),
            None => out.write_str(&self.name),
        }
    }
}
