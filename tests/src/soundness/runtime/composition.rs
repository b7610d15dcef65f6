//! Composition: wasmparser validates a component that instantiates the guest where the host's world is wanted.

use wit_parser::{Resolve, WorldId};

/// Whether the guest has the type of the world, and why not.
///
/// # Errors
/// What wasmparser says.
pub fn meet(resolve: &Resolve, world: WorldId, component: &[u8]) -> Result<(), String> {
    wit_component::targets(resolve, world, component).map_err(|error| format!("{error:#}"))
}
