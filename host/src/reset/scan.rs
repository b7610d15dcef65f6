//! Whether a core module can be reset, and the same module with all its state exported.

use super::exports::{self, StateExports};
use super::stateful::{Kept, kept};
use super::unresettable::Unresettable;
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};
use wasmparser::{
    ExportSectionReader, FunctionBody, GlobalType, KnownCustom, MemoryType, Name, NameSectionReader,
    Operator, Parser, Payload, ValType,
};

/// The most mutable globals. Compilers use one to three.
const MUTABLE_GLOBALS_MAX: usize = 64;

/// A core module whose instances can be reset.
#[derive(Debug)]
pub(crate) struct Resettable {
    /// The module to compile: the same, with its state exported under reserved names.
    pub(crate) core_module: Vec<u8>,
    pub(super) state: StateExports,
    /// Memory as instantiated. Every instance starts with the same bytes, so they share one copy.
    pub(super) image: OnceLock<Arc<[u8]>>,
}

/// Looks for state in a core module that a reset could not put back, and exports all other state.
///
/// The module must be valid under the host's features: the structural check and the compiler see to that.
///
/// # Errors
/// The first thing in the module that cannot be reset.
pub(crate) fn resettable(core_module: &[u8]) -> Result<Resettable, Unresettable> {
    let mut scan = Scan::default();
    for payload in Parser::new(0).parse_all(core_module) {
        scan.payload(payload?)?;
    }
    if let Some((kept, function, offset)) = scan.first_kept {
        return Err(kept.refuse(function_name(&scan.names, function), offset));
    }
    // Nothing else writes to a global: the host does not, and a pure guest imports none.
    scan.mutable_globals.retain(|global| scan.written_globals.contains(global));
    let state = StateExports::new(scan.has_memory, &scan.mutable_globals);
    let core_module = exports::add(core_module, &state)?;
    Ok(Resettable { core_module, state, image: OnceLock::new() })
}

#[derive(Default)]
struct Scan<'m> {
    has_memory: bool,
    globals: u32,
    mutable_globals: Vec<u32>,
    /// Those that an instruction writes to.
    written_globals: BTreeSet<u32>,
    functions: u32,
    /// Reported last, when the names have been read, which come after the code.
    first_kept: Option<(Kept, u32, usize)>,
    names: Vec<(u32, &'m str)>,
}

impl<'m> Scan<'m> {
    fn payload(&mut self, payload: Payload<'m>) -> Result<(), Unresettable> {
        match payload {
            Payload::ImportSection(section) => match section.into_imports().next().transpose()? {
                Some(import) => {
                    Err(Unresettable::Import { import: format!("{}.{}", import.module, import.name) })
                }
                None => Ok(()),
            },
            Payload::MemorySection(section) => {
                section.into_iter().try_for_each(|memory| self.memory(memory?))
            }
            Payload::GlobalSection(section) => {
                section.into_iter().try_for_each(|global| self.global(global?.ty))
            }
            Payload::ExportSection(section) => reserved(section),
            Payload::CodeSectionEntry(body) => self.function(&body),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    self.names = function_names(names);
                }
                Ok(())
            }
            // What is left declares types, functions, tables and segments, which do not change by themselves.
            _ => Ok(()),
        }
    }

    fn memory(&mut self, memory: MemoryType) -> Result<(), Unresettable> {
        let found = match memory {
            _ if self.has_memory => "more than one memory",
            MemoryType { shared: true, .. } => "shared memory",
            MemoryType { memory64: true, .. } => "a 64-bit memory",
            MemoryType { page_size_log2: Some(_), .. } => "a memory with pages of its own size",
            MemoryType { .. } => {
                self.has_memory = true;
                return Ok(());
            }
        };
        Err(Unresettable::Memory { found })
    }

    fn global(&mut self, ty: GlobalType) -> Result<(), Unresettable> {
        let global = self.globals;
        self.globals += 1;
        if !ty.mutable {
            return Ok(());
        }
        match ty.content_type {
            ValType::I32 | ValType::I64 | ValType::F32 | ValType::F64 | ValType::V128 => {}
            ValType::Ref(_) => return Err(Unresettable::ReferenceGlobal { global }),
        }
        if self.mutable_globals.len() == MUTABLE_GLOBALS_MAX {
            return Err(Unresettable::TooManyGlobals { limit: MUTABLE_GLOBALS_MAX });
        }
        self.mutable_globals.push(global);
        Ok(())
    }

    fn function(&mut self, body: &FunctionBody<'_>) -> Result<(), Unresettable> {
        // Without imports, the first body is function number zero.
        let function = self.functions;
        self.functions += 1;
        for operator in body.get_operators_reader()?.into_iter_with_offsets() {
            let (operator, offset) = operator?;
            if let Operator::GlobalSet { global_index } = operator {
                self.written_globals.insert(global_index);
            }
            if let (Some(kept), None) = (kept(&operator), self.first_kept) {
                self.first_kept = Some((kept, function, offset));
            }
        }
        Ok(())
    }
}

fn reserved(section: ExportSectionReader<'_>) -> Result<(), Unresettable> {
    for export in section {
        let export = export?.name;
        if export.starts_with(exports::RESERVED) {
            return Err(Unresettable::ReservedExport { export: export.to_owned() });
        }
    }
    Ok(())
}

/// The names of functions, as far as they can be read: a broken name section is no reason to refuse a module.
fn function_names<'m>(section: NameSectionReader<'m>) -> Vec<(u32, &'m str)> {
    let maps = section.into_iter().filter_map(|name| match name {
        Ok(Name::Function(map)) => Some(map),
        Ok(_) | Err(_) => None,
    });
    maps.flatten().filter_map(Result::ok).map(|naming| (naming.index, naming.name)).collect()
}

fn function_name(names: &[(u32, &str)], function: u32) -> String {
    match names.iter().find(|(index, _)| *index == function) {
        Some((_, name)) => format!("`{name}`"),
        None => format!("number {function}"),
    }
}
