//! Core module in, component out: refused if it imports anything, validated, stripped.

use wasmparser::{KnownCustom, Name, Parser, Payload, Validator, WasmFeatures};
use wit_component::ComponentEncoder;

use super::{BuildOptions, Identity, Profile, imports, inner_names, sections, shrink};
use crate::error::Error;

/// A component, still without its stamp, and what its core module told before it was stripped.
pub(super) struct Made {
    pub(super) component: Vec<u8>,
    /// As `acme:water-heater/heater@1.0.0`.
    pub(super) world: String,
    /// Bytes of its code that come from Rust's standard library.
    pub(super) std_code_bytes: usize,
}

/// Turns the module that cargo made for `guest` into an import-free component.
pub(super) fn componentise(module: &[u8], guest: &Identity, options: &BuildOptions) -> Result<Made, Error> {
    let malformed = |reason: String| Error::Componentise { package: guest.name.clone(), reason };
    let facts = facts(module).map_err(malformed)?;
    let Some(world) = facts.world.clone() else { return Err(Error::NoWorld { package: guest.name.clone() }) };
    let imports = imports::of_module(module).map_err(malformed)?;
    if !imports.is_empty() {
        return Err(Error::Imports { package: guest.name.clone(), imports });
    }
    let component = encode(module).map_err(malformed)?;
    let (component, std_code_bytes) = match options.profile {
        Profile::Release => {
            let (module, kept) = shrink::shrink(module, &component).map_err(malformed)?;
            let component = encode(&module)
                .and_then(|component| sections::strip(&component))
                .and_then(|component| inner_names::shorten(&component));
            (component.map_err(malformed)?, facts.std_code_bytes(|function| kept.contains(function)))
        }
        Profile::Debug => (component, facts.std_code_bytes(|_| true)),
    };
    Validator::new_with_features(WasmFeatures::all())
        .validate_all(&component)
        .map_err(|reason| malformed(reason.to_string()))?;
    Ok(Made { component, world, std_code_bytes })
}

fn encode(module: &[u8]) -> Result<Vec<u8>, String> {
    let encoder = ComponentEncoder::default().validate(true).module(module);
    encoder.and_then(|mut encoder| encoder.encode()).map_err(|reason| format!("{reason:#}"))
}

/// What a core module tells about itself in custom sections.
struct Facts {
    world: Option<String>,
    /// Those that come from `std`, with the bytes of their bodies.
    std_functions: Vec<(u32, usize)>,
}

impl Facts {
    /// Bytes of `std` in those functions that are kept.
    fn std_code_bytes(&self, is_kept: impl Fn(&u32) -> bool) -> usize {
        self.std_functions.iter().filter(|(index, _)| is_kept(index)).map(|(_, bytes)| bytes).sum()
    }
}

fn facts(module: &[u8]) -> Result<Facts, String> {
    let (mut world, mut functions) = (None, Vec::new());
    let (mut imported, mut bodies) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload.map_err(|reason| reason.to_string())? {
            Payload::ImportSection(section) => imported = section.count(),
            Payload::CodeSectionEntry(body) => bodies.push(body.range().len()),
            Payload::CustomSection(section) if section.name().starts_with("component-type") => {
                let encoded = linchpin_contract::load_encoded_world(section.data());
                let encoded = encoded.map_err(|reason| reason.to_string())?;
                world.get_or_insert_with(|| crate::text::world_name(&encoded));
            }
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    functions.extend(names.into_iter().flatten().flat_map(functions_of_std));
                }
            }
            _ => {}
        }
    }
    // Names count imports first; a guest with any is refused, so that the two need not be told apart.
    let body = |index: u32| Some((index, *bodies.get(index.checked_sub(imported)? as usize)?));
    Ok(Facts { world, std_functions: functions.into_iter().filter_map(body).collect() })
}

/// The indexes of functions that come from `std`, or from the allocator that only `std` brings along; those of
/// `core` and `alloc` do not count, since every guest has some.
fn functions_of_std(name: Name<'_>) -> Vec<u32> {
    let Name::Function(functions) = name else { return Vec::new() };
    let named = functions.into_iter().flatten();
    named.filter(|function| is_of_std(function.name)).map(|function| function.index).collect()
}

/// In either of Rust's manglings: `_ZN3std..`, or `_RNv..Cs1a2b_3std..`, where the crate's name ends its path.
fn is_of_std(symbol: &str) -> bool {
    ["3std", "8dlmalloc"].iter().any(|root| {
        let v0 = symbol
            .match_indices(root)
            .any(|(at, _)| symbol.get(..at).is_some_and(|head| head.ends_with('_')));
        symbol.strip_prefix("_ZN").is_some_and(|path| path.starts_with(root))
            || (symbol.starts_with("_R") && v0)
    })
}

#[cfg(test)]
mod tests {
    use super::is_of_std;

    #[test]
    fn symbols_of_std_are_known_in_both_manglings() {
        assert!(is_of_std("_ZN3std9panicking11begin_panic17h0123456789abcdefE"));
        assert!(is_of_std("_ZN8dlmalloc17Dlmalloc$LT$A$GT$6malloc17h0123456789abcdefE"));
        assert!(is_of_std("_RNvNtCs1a2b3c_3std9panicking11begin_panic"));
        assert!(!is_of_std("_ZN4core9panicking5panic17h0123456789abcdefE"));
        assert!(!is_of_std("_RNvCs1a2b3c_6heater4plan"));
        assert!(!is_of_std("3std"));
    }
}
