//! Core module in, component out: refused if it imports anything, validated, stripped.

use wasmparser::{KnownCustom, Name, Parser, Payload, Validator, WasmFeatures};
use wit_component::ComponentEncoder;

use super::guest::Guest;
use super::{BuildOptions, Profile, imports, sections};
use crate::error::Error;

/// A component, still without its stamp, and what its core module told before it was stripped.
pub(super) struct Made {
    pub(super) component: Vec<u8>,
    /// As `acme:water-heater/heater@1.0.0`.
    pub(super) world: String,
    /// Whether code of Rust's standard library is in it.
    pub(super) uses_std: bool,
}

/// Turns the module that cargo made for `guest` into an import-free component.
pub(super) fn componentise(module: &[u8], guest: &Guest, options: &BuildOptions) -> Result<Made, Error> {
    let malformed = |reason: String| Error::Componentise { package: guest.name.clone(), reason };
    let Facts { world, uses_std } = facts(module).map_err(malformed)?;
    let Some(world) = world else { return Err(Error::NoWorld { package: guest.name.clone() }) };
    let imports = imports::of_module(module).map_err(malformed)?;
    if !imports.is_empty() {
        return Err(Error::Imports { package: guest.name.clone(), imports });
    }
    let component = ComponentEncoder::default()
        .validate(true)
        .module(module)
        .and_then(|mut encoder| encoder.encode())
        .map_err(|reason| malformed(format!("{reason:#}")))?;
    let component = match options.profile {
        Profile::Release => sections::strip(&component).map_err(malformed)?,
        Profile::Debug => component,
    };
    Validator::new_with_features(WasmFeatures::all())
        .validate_all(&component)
        .map_err(|reason| malformed(reason.to_string()))?;
    Ok(Made { component, world, uses_std })
}

/// What a core module tells about itself in custom sections.
#[derive(Default)]
struct Facts {
    world: Option<String>,
    uses_std: bool,
}

fn facts(module: &[u8]) -> Result<Facts, String> {
    let mut facts = Facts::default();
    for payload in Parser::new(0).parse_all(module) {
        let Payload::CustomSection(section) = payload.map_err(|reason| reason.to_string())? else { continue };
        if section.name().starts_with("component-type") {
            let world =
                linchpin_contract::load_encoded_world(section.data()).map_err(|reason| reason.to_string())?;
            facts.world.get_or_insert_with(|| crate::text::world_name(&world));
        }
        if let KnownCustom::Name(names) = section.as_known() {
            facts.uses_std |= names.into_iter().flatten().any(|name| names_std(&name));
        }
    }
    Ok(facts)
}

/// Symbols of `std` in either of Rust's manglings; those of `core` and `alloc` alone do not count.
fn names_std(name: &Name<'_>) -> bool {
    let Name::Function(functions) = name else { return false };
    functions.clone().into_iter().flatten().any(|function| {
        let symbol = function.name;
        symbol.starts_with("_ZN3std") || symbol.starts_with("std::") || is_v0_of_std(symbol)
    })
}

/// In the v0 mangling a crate's root is `C`, its disambiguator `s..._`, and its name with its length.
fn is_v0_of_std(symbol: &str) -> bool {
    symbol.starts_with("_R")
        && symbol
            .match_indices("3std")
            .any(|(at, _)| symbol.get(..at).is_some_and(|head| head.ends_with('_')))
}
