//! The real runtimes, asked what they do. Nothing here knows what the checker says.

pub mod composition;
pub mod expected;
pub mod functions;
pub mod host;
pub mod loader;
pub mod wasmtime;
