//! Compiled code, with the exports that calls use. Many instances share it.

use super::backtrace;
use super::trap::root_cause;
use crate::component::{Component, ExportedFunction};
use crate::deadline::TICK;
use crate::engine::Engine;
use crate::error::Error;
use crate::limits::Limits;
use crate::reset::{Memories, Resettable, resettable};
use crate::world::CoreType;
use wasmtime::ModuleExport;

/// The compiled core module of one component.
pub(crate) struct Compiled {
    pub(super) engine: Engine,
    pub(super) module: wasmtime::Module,
    pub(super) limits: Limits,
    pub(super) counts_instructions: bool,
    pub(super) enforces_deadlines: bool,
    /// The deadline in ticks, and one more since the first tick may come at once.
    pub(super) deadline_ticks: u64,
    pub(super) memories: Memories,
    pub(super) resettable: Resettable,
    pub(super) realloc: Option<ModuleExport>,
    pub(super) arena: Option<ModuleExport>,
    pub(super) panic_message: Option<ModuleExport>,
    pub(super) initializer: Option<ModuleExport>,
    pub(super) functions: Vec<Entry>,
}

/// One function that callers use.
pub(super) struct Entry {
    pub(super) export: ModuleExport,
    pub(super) post_return: Option<ModuleExport>,
    pub(super) parameters: Vec<CoreType>,
    pub(super) result: Option<CoreType>,
}

/// A guest may export `linchpin_panic_message: func() -> i64`: the address of the last panic's text in the high
/// 32 bits, its length in the low ones, zero if there was none.
const PANIC_MESSAGE: &str = "linchpin_panic_message";

/// See [`super::arena`].
const ARENA: &str = "linchpin_arena";

impl Compiled {
    /// Compiles the core module of a component that the structural check let through.
    pub(crate) fn new(
        engine: &Engine,
        component: &Component,
        functions: &[ExportedFunction],
        limits: &Limits,
    ) -> Result<Self, Error> {
        let resettable = resettable(&component.core_module)?;
        let compiler = engine.compiler(limits.stack_bytes, backtrace::has_names(&component.core_module))?;
        let module = wasmtime::Module::from_binary(&compiler.engine, &resettable.core_module)
            .map_err(|error| Error::Compile { reason: root_cause(&error) })?;
        let find = |name: &str| {
            let missing = || Error::Compile { reason: format!("core export `{name}` is missing") };
            module.get_export_index(name).ok_or_else(missing)
        };
        let functions = functions
            .iter()
            .map(|function| {
                Ok(Entry {
                    export: find(&function.core_exports.function)?,
                    post_return: function.core_exports.post_return.as_deref().map(find).transpose()?,
                    parameters: function.core_parameters.clone(),
                    result: function.core_result,
                })
            })
            .collect::<Result<_, Error>>()?;
        Ok(Self {
            engine: engine.clone(),
            memories: compiler.memories,
            initializer: component.initializer.as_deref().map(find).transpose()?,
            realloc: component.realloc.as_deref().map(find).transpose()?,
            arena: module.get_export_index(ARENA),
            panic_message: module.get_export_index(PANIC_MESSAGE),
            counts_instructions: engine.config().count_instructions,
            enforces_deadlines: engine.config().enforce_deadlines,
            deadline_ticks: ticks(limits),
            limits: limits.clone(),
            functions,
            resettable,
            module,
        })
    }
}

fn ticks(limits: &Limits) -> u64 {
    let ticks = limits.deadline.as_nanos().div_ceil(TICK.as_nanos()).saturating_add(1);
    // Far enough away for any deadline, and no overflow when it is added to the current tick.
    u64::try_from(ticks).unwrap_or(u64::MAX).min(1 << 62)
}
