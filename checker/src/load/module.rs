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
        if let Some((reason, help)) = not_a_component(&bytes) {
            return self.note(config.component.named_by(), "not-a-component", reason.to_owned(), help);
        }
        let wrong = |loader: &mut Self, error: linchpin_contract::Error| {
            let help = "build it again with `linchpin build`";
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

/// What bytes are instead of a component, and what to do.
fn not_a_component(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    if bytes.is_empty() {
        Some(("the file is empty", "build it again with `linchpin build`"))
    } else if Parser::is_core_wasm(bytes) {
        Some((
            "it is a core WebAssembly module, not a component",
            "make a component of it with `linchpin build`",
        ))
    } else if !Parser::is_component(bytes) {
        Some(("it is not WebAssembly", "name the `.wasm` component that `linchpin build` made"))
    } else {
        None
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
