//! The embedding library for device software.
pub mod abi;
pub mod world;
