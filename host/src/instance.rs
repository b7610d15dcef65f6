//! Compiled guests and their instances: limits, core calls, and what a trap means.
//!
//! Every call gets a fresh instance. That is the plainest way to be pure: memory, globals and tables start as
//! the module says, whatever an earlier call did, and a trap leaves nothing behind. Resetting an instance, which
//! is faster, can take its place behind [`GuestInstance::new`] without a change to callers.

use crate::abi::{Instance, Trap, ValueLimits};
use crate::component::{Component, ExportedFunction, TABLE_ELEMENTS_MAX, TABLES_MAX};
use crate::deadline::TICK;
use crate::engine::Engine;
use crate::error::Error;
use crate::limits::{CallStats, Limits};
use crate::world::CoreType;
use std::fmt;
use std::sync::Arc;
use wasmtime::{Func, Memory, ModuleExport, Store, StoreLimits, StoreLimitsBuilder, TypedFunc, Val};

/// Compiled code, with the exports that calls use.
pub(crate) struct Compiled {
    engine: Engine,
    module: wasmtime::Module,
    limits: Limits,
    memory: Option<ModuleExport>,
    realloc: Option<ModuleExport>,
    panic_message: Option<ModuleExport>,
    initializer: Option<ModuleExport>,
    functions: Vec<Entry>,
}

struct Entry {
    export: ModuleExport,
    post_return: Option<ModuleExport>,
    parameters: Vec<CoreType>,
    result: Option<CoreType>,
}

impl Compiled {
    /// Compiles the core module of a component that the structural check let through.
    pub(crate) fn new(
        engine: &Engine,
        component: &Component,
        functions: &[ExportedFunction],
        limits: &Limits,
    ) -> Result<Self, Error> {
        let compiler = engine.with_stack(limits.stack_bytes)?;
        let module = wasmtime::Module::from_binary(&compiler, &component.core_module)
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
        // Functions of plain numbers name no memory; the guest's panic message and the figures still want it.
        let own = module.exports().find(|export| export.ty().memory().is_some());
        let memory = component.memory.as_deref().or_else(|| own.as_ref().map(|export| export.name()));
        Ok(Self {
            engine: engine.clone(),
            initializer: component.initializer.as_deref().map(find).transpose()?,
            memory: memory.map(find).transpose()?,
            realloc: component.realloc.as_deref().map(find).transpose()?,
            panic_message: module.get_export_index(PANIC_MESSAGE),
            limits: limits.clone(),
            functions,
            module,
        })
    }
}

/// One instance of a guest, for one call.
pub struct GuestInstance {
    compiled: Arc<Compiled>,
    store: Store<StoreLimits>,
    instance: wasmtime::Instance,
    memory: Option<Memory>,
    realloc: Option<TypedFunc<(u32, u32, u32, u32), u32>>,
    instructions: u64,
}

impl GuestInstance {
    /// A fresh instance with a full allowance of instructions and time.
    pub(crate) fn new(compiled: &Arc<Compiled>) -> Result<Self, Error> {
        let limits = &compiled.limits;
        let refuse = |error: wasmtime::Error| Error::Instantiate { reason: root_cause(&error) };
        let bounds = StoreLimitsBuilder::new()
            .memory_size(limits.memory_bytes)
            .table_elements(usize::try_from(TABLE_ELEMENTS_MAX).unwrap_or(usize::MAX))
            .tables(TABLES_MAX as usize)
            .memories(1)
            .instances(1)
            .build();
        let mut store = Store::new(compiled.module.engine(), bounds);
        store.limiter(|bounds| bounds);
        arm(&mut store, &compiled.engine, limits.instructions, ticks(limits)).map_err(refuse)?;
        let instance = wasmtime::Instance::new(&mut store, &compiled.module, &[]).map_err(refuse)?;
        let mut export = |index: Option<ModuleExport>| {
            index.and_then(|index| instance.get_module_export(&mut store, &index))
        };
        let memory = export(compiled.memory).and_then(wasmtime::Extern::into_memory);
        let realloc = export(compiled.realloc).and_then(wasmtime::Extern::into_func);
        let realloc = realloc.map(|func| func.typed(&store)).transpose().map_err(refuse)?;
        let mut guest =
            Self { compiled: Arc::clone(compiled), store, instance, memory, realloc, instructions: 0 };
        guest.initialize().map_err(|trap| Error::Instantiate { reason: trap.to_string() })?;
        Ok(guest)
    }

    fn initialize(&mut self) -> Result<(), Trap> {
        let Some(initializer) = self.compiled.initializer else { return Ok(()) };
        let func = self.func(initializer)?;
        self.enter(|store| func.call(store, &[], &mut []))
    }

    /// What this instance has used so far.
    #[must_use]
    pub fn stats(&self) -> CallStats {
        let memory_bytes = self.memory.map_or(0, |memory| memory.data_size(&self.store));
        CallStats { instructions: self.instructions, memory_bytes }
    }

    fn func(&mut self, index: ModuleExport) -> Result<Func, Trap> {
        self.instance
            .get_module_export(&mut self.store, &index)
            .and_then(wasmtime::Extern::into_func)
            .ok_or_else(|| guest("the export is no function"))
    }

    /// Runs guest code with the clock on, and says what became of it.
    fn enter<T>(
        &mut self,
        run: impl FnOnce(&mut Store<StoreLimits>) -> Result<T, wasmtime::Error>,
    ) -> Result<T, Trap> {
        let compiled = Arc::clone(&self.compiled);
        let running = compiled.engine.config().enforce_deadlines.then(|| compiled.engine.ticker().begin());
        let result = run(&mut self.store);
        if let Ok(left) = self.store.get_fuel() {
            self.instructions = compiled.limits.instructions.saturating_sub(left);
        }
        let result = result.map_err(|error| self.trap(&error));
        drop(running);
        result
    }

    fn trap(&mut self, error: &wasmtime::Error) -> Trap {
        match error.downcast_ref::<wasmtime::Trap>() {
            Some(wasmtime::Trap::OutOfFuel) => Trap::Instructions,
            Some(wasmtime::Trap::Interrupt) => Trap::Deadline,
            Some(wasmtime::Trap::StackOverflow) => Trap::Stack,
            Some(wasmtime::Trap::UnreachableCodeReached) => match self.panic_message() {
                Some(message) => Trap::Guest { message },
                None => guest("it reached an `unreachable` instruction, as a panic in a release build does"),
            },
            Some(trap) => guest(trap.to_string().trim_start_matches("wasm trap: ")),
            None => Trap::Guest { message: root_cause(error) },
        }
    }

    /// The message of the guest's own panic, which a debug build keeps for its host.
    fn panic_message(&mut self) -> Option<String> {
        let func = self.func(self.compiled.panic_message?).ok()?;
        let func = func.typed::<(), u64>(&self.store).ok()?;
        let compiled = Arc::clone(&self.compiled);
        arm(&mut self.store, &compiled.engine, PANIC_MESSAGE_INSTRUCTIONS, 2).ok()?;
        let packed = func.call(&mut self.store, ()).ok()?;
        let start = usize::try_from(packed >> 32).ok()?;
        let length = usize::try_from(packed & 0xffff_ffff).ok()?.min(PANIC_MESSAGE_BYTES_MAX);
        let bytes = self.memory().get(start..)?.get(..length)?;
        (!bytes.is_empty()).then(|| String::from_utf8_lossy(bytes).into_owned())
    }
}

/// A guest may export `linchpin_panic_message: func() -> i64`: the address of the last panic's text in the high
/// 32 bits, its length in the low ones, zero if there was none.
const PANIC_MESSAGE: &str = "linchpin_panic_message";
const PANIC_MESSAGE_INSTRUCTIONS: u64 = 10_000;
const PANIC_MESSAGE_BYTES_MAX: usize = 4096;

impl Instance for GuestInstance {
    fn memory(&mut self) -> &mut [u8] {
        match self.memory {
            Some(memory) => memory.data_mut(&mut self.store),
            None => &mut [],
        }
    }

    fn allocate(&mut self, align: u32, size: u32) -> Result<u32, Trap> {
        let realloc = self.realloc.clone().ok_or(Trap::NoAllocator)?;
        self.enter(|store| realloc.call(store, (0, 0, align, size)))
    }

    fn call(&mut self, function: usize, slots: &mut [u64]) -> Result<(), Trap> {
        let compiled = Arc::clone(&self.compiled);
        let entry = compiled.functions.get(function).ok_or_else(|| guest("it has no such function"))?;
        let parameters: Vec<Val> =
            entry.parameters.iter().zip(slots.iter()).map(|(ty, slot)| to_val(*ty, *slot)).collect();
        let func = self.func(entry.export)?;
        let mut result = [Val::I32(0)];
        let results = if entry.result.is_some() { &mut result[..] } else { &mut [] };
        self.enter(|store| func.call(store, &parameters, results))?;
        if let (Some(_), Some(slot), [value]) = (entry.result, slots.first_mut(), &result) {
            *slot = from_val(value);
        }
        Ok(())
    }

    fn post_return(&mut self, function: usize, result: u64) -> Result<(), Trap> {
        let compiled = Arc::clone(&self.compiled);
        let Some(entry) = compiled.functions.get(function) else { return Ok(()) };
        let Some(post_return) = entry.post_return else { return Ok(()) };
        let func = self.func(post_return)?;
        let parameter = entry.result.map(|ty| to_val(ty, result));
        self.enter(|store| func.call(store, parameter.as_slice(), &mut []))
    }

    fn value_limits(&self) -> ValueLimits {
        let limits = &self.compiled.limits;
        ValueLimits { input_bytes: limits.input_bytes as u64, output_bytes: limits.output_bytes as u64 }
    }
}

impl fmt::Debug for GuestInstance {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("GuestInstance").field("stats", &self.stats()).finish_non_exhaustive()
    }
}

fn arm(
    store: &mut Store<StoreLimits>,
    engine: &Engine,
    instructions: u64,
    ticks: u64,
) -> Result<(), wasmtime::Error> {
    if engine.config().count_instructions {
        store.set_fuel(instructions)?;
    }
    if engine.config().enforce_deadlines {
        store.set_epoch_deadline(ticks);
    }
    Ok(())
}

/// The deadline in ticks, and one more since the first tick may come at once.
fn ticks(limits: &Limits) -> u64 {
    let ticks = limits.deadline.as_nanos().div_ceil(TICK.as_nanos()).saturating_add(1);
    // Far enough away for any deadline, and no overflow when it is added to the current tick.
    u64::try_from(ticks).unwrap_or(u64::MAX).min(1 << 62)
}

fn to_val(ty: CoreType, slot: u64) -> Val {
    let low = slot as u32;
    match ty {
        CoreType::I32 => Val::I32(low.cast_signed()),
        CoreType::I64 => Val::I64(slot.cast_signed()),
        CoreType::F32 => Val::F32(low),
        CoreType::F64 => Val::F64(slot),
    }
}

fn from_val(value: &Val) -> u64 {
    match value {
        Val::I32(value) => u64::from(value.cast_unsigned()),
        Val::I64(value) => value.cast_unsigned(),
        Val::F32(bits) => u64::from(*bits),
        Val::F64(bits) => *bits,
        // No exported function has another result: the structural check refuses it.
        _ => 0,
    }
}

fn guest(message: &str) -> Trap {
    Trap::Guest { message: message.to_owned() }
}

fn root_cause(error: &wasmtime::Error) -> String {
    format!("{error:#}")
}
