//! Encoded WIT and components, decoded by upstream once it is known that the bytes are what it expects.

use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};

use wasmparser::{ComponentExternalKind, Parser, Payload};
use wit_parser::decoding::{self, DecodedWasm};
use wit_parser::{Resolve, WorldId};

use super::apart::{Interfaces, apart};
use super::words::wasm_reason;

/// Decodes a component or an encoded package; the error is one line.
///
/// Upstream reserves as much memory as a section says that it is long. So the sections are walked first, which costs
/// little and finds those that the bytes do not have.
pub(super) fn decode(bytes: &[u8]) -> Result<DecodedWasm, String> {
    let Some(apart) = apart(bytes, &walk(bytes)?)? else { return guarded(|| decoding::decode(bytes)) };
    let mut decoded = guarded(|| decoding::decode(&apart.bytes))?;
    if let DecodedWasm::Component(resolve, _) = &mut decoded {
        apart.restore(resolve);
    }
    Ok(decoded)
}

/// Decodes a world as `wit_component::metadata::encode` writes it.
pub(super) fn decode_world(bytes: &[u8]) -> Result<(Resolve, WorldId), String> {
    walk(bytes)?;
    guarded(|| decoding::decode_world(bytes))
}

/// Refuses what upstream would not survive, and finds the interfaces on the way.
fn walk(bytes: &[u8]) -> Result<Interfaces<'_>, String> {
    let mut interfaces = Interfaces::default();
    let mut depth = 0_usize;
    for payload in Parser::new(0).parse_all(bytes) {
        match payload.map_err(wasm_reason)? {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth = depth.saturating_sub(1),
            Payload::ComponentExportSection(section) if depth == 0 => {
                for export in section {
                    let export = export.map_err(wasm_reason)?;
                    named_as_function(export.name.name, export.kind)?;
                    if export.kind == ComponentExternalKind::Instance {
                        interfaces.exports.insert(export.name.name);
                    }
                }
            }
            Payload::ComponentImportSection(section) if depth == 0 => {
                for import in section {
                    let import = import.map_err(wasm_reason)?;
                    let name = import.name.name;
                    named_as_function(name, import.ty.kind())?;
                    if import.ty.kind() == ComponentExternalKind::Instance {
                        interfaces.imports.insert(name, name.as_ptr().addr() - bytes.as_ptr().addr());
                    }
                }
            }
            _ => {}
        }
    }
    Ok(interfaces)
}

/// A function of a world has a plain name; `a:b/c` is one of an interface.
fn named_as_function(name: &str, kind: ComponentExternalKind) -> Result<(), String> {
    if kind == ComponentExternalKind::Func && name.contains([':', '/', '=']) {
        return Err(format!("function `{name}` has the name of an interface"));
    }
    Ok(())
}

/// Upstream asserts what holds of all components that its own tools make, and valid bytes may be made by anyone.
fn guarded<T, E: Display>(decode: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(decode)) {
        Ok(decoded) => decoded.map_err(|error| wasm_reason(format!("{error:#}"))),
        Err(_) => Err("it is put together in a way that WIT has no words for".to_owned()),
    }
}
