//! The embedding library for device software.
pub mod abi;
mod component;
mod error;
mod features;
mod limits;
pub mod world;

pub use component::{Component, ExportedFunction, FunctionName, ValueType};
pub use error::{DigestMismatch, Error};
pub use limits::{CallStats, Limits};
