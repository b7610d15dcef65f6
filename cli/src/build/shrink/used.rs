//! Which exports of its core module a component uses.

use std::collections::BTreeSet;

use wasmparser::{
    CanonicalFunction, CanonicalOption, ComponentAlias, ExternalKind, Instance, Parser, Payload,
};

/// Exports that the host looks for by name: kept with what they belong to.
const PANIC_MESSAGE: &str = "linchpin_panic_message";
const ARENA: &str = "linchpin_arena";

/// The names.
pub(super) fn exports(component: &[u8]) -> Result<BTreeSet<String>, String> {
    let mut uses = Uses::default();
    let mut depth = 0;
    for payload in Parser::new(0).parse_all(component) {
        match payload.map_err(|error| error.to_string())? {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth -= 1,
            // What is nested only passes on what the outermost component took from the core module.
            payload if depth == 0 => uses.payload(payload).map_err(|error| error.to_string())?,
            _ => {}
        }
    }
    let mut used = uses.used;
    used.insert(PANIC_MESSAGE.to_owned());
    if uses.allocates {
        used.insert(ARENA.to_owned());
    }
    Ok(used)
}

#[derive(Default)]
struct Uses<'c> {
    functions: Vec<&'c str>,
    memories: Vec<&'c str>,
    used: BTreeSet<String>,
    /// Whether any function needs the guest's allocator.
    allocates: bool,
}

impl<'c> Uses<'c> {
    fn payload(&mut self, payload: Payload<'c>) -> wasmparser::Result<()> {
        match payload {
            Payload::ComponentAliasSection(section) => section.into_iter().try_for_each(|alias| {
                if let ComponentAlias::CoreInstanceExport { kind, name, .. } = alias? {
                    self.alias(kind, name);
                }
                Ok(())
            }),
            Payload::ComponentCanonicalSection(section) => section.into_iter().try_for_each(|function| {
                if let CanonicalFunction::Lift { core_func_index, options, .. } = function? {
                    self.function(core_func_index);
                    options.iter().for_each(|option| self.option(*option));
                }
                Ok(())
            }),
            Payload::InstanceSection(section) => section.into_iter().try_for_each(|instance| {
                if let Instance::FromExports(exports) = instance? {
                    exports.iter().for_each(|export| self.function(export.index));
                }
                Ok(())
            }),
            // The others define nothing that comes from the core module.
            _ => Ok(()),
        }
    }

    fn alias(&mut self, kind: ExternalKind, name: &'c str) {
        match kind {
            ExternalKind::Func | ExternalKind::FuncExact => self.functions.push(name),
            ExternalKind::Memory => self.memories.push(name),
            ExternalKind::Table | ExternalKind::Global | ExternalKind::Tag => {}
        }
    }

    fn function(&mut self, index: u32) {
        self.used.extend(self.functions.get(index as usize).map(|name| (*name).to_owned()));
    }

    fn option(&mut self, option: CanonicalOption) {
        match option {
            CanonicalOption::Memory(index) => {
                self.used.extend(self.memories.get(index as usize).map(|name| (*name).to_owned()));
            }
            CanonicalOption::Realloc(index) => {
                self.allocates = true;
                self.function(index);
            }
            CanonicalOption::PostReturn(index) | CanonicalOption::Callback(index) => self.function(index),
            CanonicalOption::UTF8
            | CanonicalOption::UTF16
            | CanonicalOption::CompactUTF16
            | CanonicalOption::Async
            | CanonicalOption::CoreType(_)
            | CanonicalOption::Gc => {}
        }
    }
}
