//! One module: its component's bytes, and what they say.

use linchpin_contract::{Digest, component_section, load_component};
use wasmparser::{Parser, Payload};

use super::Loader;
use crate::config::ModuleConfig;
use crate::system::Module;

const MAX_COMPONENT_BYTES: u64 = 64 << 20;
const WASM_PAGE_BYTES: u64 = 64 << 10;

impl Loader {
    pub(super) fn module(&mut self, config: ModuleConfig) -> Option<Module> {
        let bytes = self.read(&config.component, MAX_COMPONENT_BYTES)?;
        let wrong = |loader: &mut Self, error: linchpin_contract::Error| {
            let help = "name a component that `linchpin build` made";
            loader.note(config.component.named_by(), error.code(), error.to_string(), help)
        };
        let world = match load_component(&bytes) {
            Ok(world) => world,
            Err(error) => return wrong(self, error),
        };
        let stamp = match component_section::read(&bytes) {
            Ok(stamp) => stamp,
            Err(error) => return wrong(self, error),
        };
        Some(Module {
            sha256: Digest::of(&bytes),
            size_bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            memory_bytes: memory_bytes(&bytes),
            world,
            stamp,
            name: config.name,
            version: config.version,
            place: config.place,
            file: config.component.path,
            targets: config.targets,
            wit: config.wit.map(|wit| wit.path),
        })
    }
}

/// The memory that a component declares, in all of its core modules. Bytes that do not parse were refused before.
fn memory_bytes(component: &[u8]) -> u64 {
    let mut bytes = 0_u64;
    for payload in Parser::new(0).parse_all(component).flatten() {
        if let Payload::MemorySection(section) = payload {
            for memory in section.into_iter().flatten() {
                let page = memory
                    .page_size_log2
                    .map_or(WASM_PAGE_BYTES, |log2| 1_u64.checked_shl(log2).unwrap_or(u64::MAX));
                bytes = bytes.saturating_add(memory.initial.saturating_mul(page));
            }
        }
    }
    bytes
}
