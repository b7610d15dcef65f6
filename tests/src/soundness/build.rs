//! Both sides of a pair, built from WIT text: what the checker sees, and what the runtimes see.

use linchpin_contract::World;
use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata};
use wit_parser::{LiftLowerAbi, ManglingAndAbi, Resolve, WorldId};

/// A world in upstream's form.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// Everything that the text declares.
    pub resolve: Resolve,
    /// The world.
    pub world: WorldId,
}

/// Reads WIT text as upstream does.
///
/// # Errors
/// What upstream says of the text.
pub fn parse(text: &str) -> Result<Parsed, String> {
    let mut resolve = Resolve { all_features: true, ..Resolve::default() };
    let package = resolve.push_str("world.wit", text).map_err(|error| format!("{error:#}"))?;
    let world = resolve.select_world(&[package], None).map_err(|error| format!("{error:#}"))?;
    Ok(Parsed { resolve, world })
}

/// A component of the world, whose functions trap. It imports all that the world lists.
///
/// # Errors
/// What upstream says of a world that no component can have.
pub fn component(parsed: &Parsed) -> Result<Vec<u8>, String> {
    // The standard mangling has no `async` yet, and one name for all versions of a track.
    if needs_async(parsed) {
        return mangled(parsed, ManglingAndAbi::Legacy(LiftLowerAbi::AsyncCallback));
    }
    mangled(parsed, ManglingAndAbi::Standard32)
        .or_else(|_| mangled(parsed, ManglingAndAbi::Legacy(LiftLowerAbi::Sync)))
}

fn mangled(parsed: &Parsed, abi: ManglingAndAbi) -> Result<Vec<u8>, String> {
    let mut module = dummy_module(&parsed.resolve, parsed.world, abi);
    let wrong = |error: &dyn std::fmt::Display| format!("{error:#}");
    embed_component_metadata(&mut module, &parsed.resolve, parsed.world, StringEncoding::UTF8)
        .map_err(|error| wrong(&error))?;
    // Several versions of one interface stay apart, so that each meets the host on its own.
    let mut encoder = ComponentEncoder::default()
        .merge_imports_based_on_semver(false)
        .module(&module)
        .map_err(|error| wrong(&error))?;
    encoder.encode().map_err(|error| wrong(&error))
}

fn needs_async(parsed: &Parsed) -> bool {
    let world = &parsed.resolve.worlds[parsed.world];
    world.imports.values().chain(world.exports.values()).any(|item| match item {
        wit_parser::WorldItem::Function(function) => function.kind.is_async(),
        wit_parser::WorldItem::Interface { id, .. } => {
            parsed.resolve.interfaces[*id].functions.values().any(|function| function.kind.is_async())
        }
        wit_parser::WorldItem::Type { .. } => false,
    })
}

/// The world as the checker reads it.
///
/// # Errors
/// What the contract crate says of the text.
pub fn host_world(text: &str) -> Result<World, String> {
    let contract = linchpin_contract::load_text("world.wit", text).map_err(|error| error.to_string())?;
    contract.select_world(None).cloned().map_err(|error| error.to_string())
}
