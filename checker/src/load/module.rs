//! One module: its component's bytes, and what they say.

use linchpin_contract::{Digest, component_section, load_component, section_digests};
use wasmparser::Parser;

use super::Loader;
use crate::config::ModuleConfig;
use crate::profile::{Profile, is_precompiled};
use crate::system::Module;

const MAX_COMPONENT_BYTES: u64 = 64 << 20;

impl Loader {
    pub(super) fn module(&mut self, config: ModuleConfig) -> Option<Module> {
        let bytes = self.read(&config.component, MAX_COMPONENT_BYTES)?;
        if let Some((code, reason, help)) = not_a_component(&bytes) {
            return self.note(config.component.named_by(), code, reason.to_owned(), help);
        }
        let wrong = |loader: &mut Self, error: linchpin_contract::Error| {
            let help = "build it again with `linchpin build`";
            loader.note(config.component.named_by(), error.code(), error.to_string(), help)
        };
        let sections = section_digests(&bytes);
        let profile = self.memo.profiles.get_or(sections.map(|it| it.code), || Profile::of(&bytes));
        // Only what is valid is told by its sections alone.
        let key = sections.filter(|_| profile.is_ok()).map(|it| it.world);
        let world = match self.memo.worlds.get_or(key, || load_component(&bytes)) {
            Ok(world) => world,
            Err(error) => return wrong(self, error),
        };
        let size_bytes = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let profile = match profile {
            Ok(profile) => Profile { bytes: size_bytes, ..profile.as_ref().clone() },
            Err(invalid) => {
                let help = "build it again with `linchpin build`";
                return self.note(
                    config.component.named_by(),
                    "invalid-component",
                    invalid.to_string(),
                    help,
                );
            }
        };
        let stamp = match component_section::read(&bytes) {
            Ok(stamp) => stamp,
            Err(error) => return wrong(self, error),
        };
        Some(Module {
            sha256: Digest::of(&bytes),
            size_bytes,
            memory_bytes: memory_bytes(&profile),
            profile,
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

/// What bytes are instead of a component: a code, the reason and what to do.
fn not_a_component(bytes: &[u8]) -> Option<(&'static str, &'static str, &'static str)> {
    let code = "not-a-component";
    if bytes.is_empty() {
        Some((code, "the file is empty", "build it again with `linchpin build`"))
    } else if is_precompiled(bytes) {
        Some((
            "cwasm-incompatible",
            "it is an artefact that wasmtime compiled ahead of time: its types cannot be read, and it runs only on \
             the very engine that made it",
            "name the component that it was compiled from",
        ))
    } else if Parser::is_core_wasm(bytes) {
        let reason = "it is a core WebAssembly module, not a component";
        Some((code, reason, "make a component of it with `linchpin build`"))
    } else if !Parser::is_component(bytes) {
        Some((code, "it is not WebAssembly", "name the `.wasm` component that `linchpin build` made"))
    } else {
        None
    }
}

/// The memory that a component declares, in all of its core modules.
fn memory_bytes(profile: &Profile) -> u64 {
    profile.memories.iter().fold(0, |bytes, memory| bytes.saturating_add(memory.initial_bytes))
}
