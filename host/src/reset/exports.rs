//! A core module with its memory and mutable globals exported, so that the host can see and set them.

use super::unresettable::Unresettable;
use std::ops::Range;
use wasm_encoder::{Encode, Module, RawSection};
use wasmparser::{Parser, Payload};

/// What the names of all added exports start with.
pub(super) const RESERVED: &str = "linchpin:reset/";

/// The exports that are added.
#[derive(Debug)]
pub(super) struct StateExports {
    /// Name of the memory, if the module has one.
    pub(super) memory: Option<String>,
    /// Names of the mutable globals, with their indexes.
    pub(super) globals: Vec<(String, u32)>,
}

impl StateExports {
    pub(super) fn new(has_memory: bool, mutable_globals: &[u32]) -> Self {
        let name = |global: &u32| (format!("{RESERVED}global/{global}"), *global);
        Self {
            memory: has_memory.then(|| format!("{RESERVED}memory")),
            globals: mutable_globals.iter().map(name).collect(),
        }
    }

    fn count(&self) -> u32 {
        u32::from(self.memory.is_some()) + self.globals.len() as u32
    }

    fn encode(&self, section: &mut Vec<u8>) {
        if let Some(name) = &self.memory {
            entry(section, name, MEMORY, 0);
        }
        for (name, global) in &self.globals {
            entry(section, name, GLOBAL, *global);
        }
    }
}

fn entry(section: &mut Vec<u8>, name: &str, kind: u8, index: u32) {
    name.encode(section);
    section.push(kind);
    index.encode(section);
}

/// Kinds of exports in the binary format.
const MEMORY: u8 = 2;
const GLOBAL: u8 = 3;

const EXPORT_SECTION: u8 = 7;
/// The sections that come after the exports: start, elements, code, data, and the number of data segments.
const LATER_SECTIONS: Range<u8> = 8..13;

/// Adds exports to a core module, and leaves every other section as it is, byte for byte.
pub(super) fn add(core_module: &[u8], state: &StateExports) -> Result<Vec<u8>, Unresettable> {
    let mut module = Module::new();
    let mut pending = state.count() > 0;
    for payload in Parser::new(0).parse_all(core_module) {
        let payload = payload?;
        let Some((id, range)) = payload.as_section() else { continue };
        if pending && let Payload::ExportSection(exports) = &payload {
            let offset = exports.original_position();
            let own = core_module.get(offset..range.end).unwrap_or_default();
            exports_section(&mut module, exports.count(), own, state);
            pending = false;
            continue;
        }
        if pending && LATER_SECTIONS.contains(&id) {
            exports_section(&mut module, 0, &[], state);
            pending = false;
        }
        module.section(&RawSection { id, data: core_module.get(range).unwrap_or_default() });
    }
    if pending {
        exports_section(&mut module, 0, &[], state);
    }
    Ok(module.finish())
}

/// Writes an export section of the module's own entries and the added ones.
fn exports_section(module: &mut Module, own_count: u32, own: &[u8], state: &StateExports) {
    let mut data = Vec::new();
    own_count.saturating_add(state.count()).encode(&mut data);
    data.extend_from_slice(own);
    state.encode(&mut data);
    module.section(&RawSection { id: EXPORT_SECTION, data: &data });
}
