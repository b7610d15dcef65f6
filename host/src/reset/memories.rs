//! Where an engine's memories come from, which is set once for each engine.

use super::mode::ResetMode;
use super::pages::Regions;
use std::sync::Arc;

/// How the memories of one engine are made and put back.
#[derive(Debug, Clone)]
pub(crate) enum Memories {
    /// Memory is ours, with its pages protected.
    Learned(Arc<Regions>),
    /// Memory is the engine's own.
    Whole,
}

/// Sets up an engine for `mode`; its instances are captured with the [`Memories`] that come back.
///
/// # Errors
/// When this machine does not support `mode`.
pub(crate) fn configure(config: &mut wasmtime::Config, mode: ResetMode) -> Result<Memories, wasmtime::Error> {
    match mode {
        ResetMode::LearnedPages => Ok(Memories::Learned(Regions::install(config)?)),
        ResetMode::WholeImage => Ok(Memories::Whole),
    }
}
