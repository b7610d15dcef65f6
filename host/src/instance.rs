//! Instances of compiled guests: limits, core calls, resets, and what a trap means.
//!
//! An instance serves one call after the other and is put back in between: see [`crate::reset`]. What a reset does
//! not restore is replaced by a fresh instance, as after any trap.

mod arena;
mod backtrace;
mod compiled;
mod function;
mod trap;

pub(crate) use backtrace::CALLS_MAX;
pub use backtrace::{Backtrace, Frame};
pub(crate) use compiled::Compiled;
pub(crate) use function::{EngineParameters, EngineResult};

use crate::abi::{FlatParameters, FlatResult, Instance, Trap, ValueLimits};
use crate::component::{TABLE_ELEMENTS_MAX, TABLES_MAX};
use crate::deadline::Running;
use crate::error::Error;
use crate::limits::{CallStats, Limits};
use crate::reset::{Pristine, ResetCounters, ResetStats};
use arena::Arena;
use function::Function;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use trap::{guest, root_cause};
use wasmtime::{Store, StoreLimits, StoreLimitsBuilder, TypedFunc};

/// One instance of a guest.
///
/// What a call changes stays until [`GuestInstance::reset`], and so does what it used of its limits:
/// [`Loaded::call`](crate::Loaded::call) resets after each call.
pub struct GuestInstance {
    compiled: Arc<Compiled>,
    store: Store<StoreLimits>,
    pristine: Pristine,
    realloc: Option<TypedFunc<(u32, u32, u32, u32), u32>>,
    arena: Option<Arena>,
    functions: Vec<Function<StoreLimits>>,
    panic_message: Option<TypedFunc<(), u64>>,
    running: Option<Running>,
    allowance: Allowance,
    /// Of the call that stopped this instance.
    backtrace: Option<Backtrace>,
}

/// What the guest may still use of its instructions and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Allowance {
    /// All of it. It is set when guest code is entered, so that time begins then.
    Full,
    /// What the engine says.
    Begun,
    /// Nothing that counts: a call trapped when it had used this many instructions.
    Spent(u64),
}

impl GuestInstance {
    /// A fresh instance with a full allowance of instructions and time.
    pub(crate) fn new(compiled: &Arc<Compiled>) -> Result<Self, Error> {
        Self::counting(compiled, Arc::default())
    }

    /// A fresh instance that counts on from those before it.
    pub(crate) fn counting(compiled: &Arc<Compiled>, counters: Arc<ResetCounters>) -> Result<Self, Error> {
        let refuse = |error: wasmtime::Error| Error::Instantiate { reason: root_cause(&error) };
        let stopped = |trap: Trap| Error::Instantiate { reason: trap.to_string() };
        let mut store = Store::new(compiled.module.engine(), bounds(&compiled.limits));
        store.limiter(|bounds| bounds);
        let running = compiled.enforces_deadlines.then(|| compiled.engine.ticker().register());
        arm(&mut store, compiled, compiled.limits.instructions, compiled.deadline_ticks).map_err(refuse)?;
        let instance = wasmtime::Instance::new(&mut store, &compiled.module, &[]).map_err(refuse)?;
        if let Some(initializer) = compiled.initializer {
            let initializer = function::func(&mut store, &instance, initializer).map_err(stopped)?;
            running.iter().for_each(Running::begin);
            let result = initializer.call(&mut store, &[], &mut []);
            running.iter().for_each(Running::end);
            result.map_err(|error| Error::Instantiate { reason: trap::described(&error) })?;
        }
        let pristine =
            Pristine::capture(&mut store, instance, &compiled.resettable, &compiled.memories, counters)
                .map_err(refuse)?;
        let realloc = compiled.realloc.map(|export| function::func(&mut store, &instance, export));
        let realloc = realloc.transpose().map_err(stopped)?.map(|func| func.typed(&store));
        let panic_message =
            compiled.panic_message.and_then(|export| function::func(&mut store, &instance, export).ok());
        let functions = compiled.functions.iter();
        let functions = functions.map(|entry| Function::new(&mut store, &instance, entry));
        Ok(Self {
            functions: functions.collect::<Result<_, _>>().map_err(stopped)?,
            realloc: realloc.transpose().map_err(refuse)?,
            arena: Arena::find(&mut store, &instance, compiled),
            panic_message: panic_message.and_then(|func| func.typed(&store).ok()),
            compiled: Arc::clone(compiled),
            allowance: Allowance::Full,
            backtrace: None,
            store,
            pristine,
            running,
        })
    }

    /// Puts memory, globals and tables back to what they were before the first call, whatever the guest did, and
    /// gives the next call its full allowance.
    ///
    /// # Errors
    /// `instantiate` if a fresh instance is needed, as after a trap, and the machine has no memory left for it.
    #[inline]
    pub fn reset(&mut self) -> Result<(), Error> {
        self.allowance = Allowance::Full;
        if self.pristine.reset(&mut self.store).is_err() {
            *self = Self::counting(&self.compiled, self.pristine.retire())?;
        }
        Ok(())
    }

    /// Gives the next call its full allowance and keeps what earlier calls left behind. Only for measuring what a
    /// reset costs: a guest that is not reset is not pure.
    pub fn renew_allowance(&mut self) {
        if self.allowance == Allowance::Begun {
            self.allowance = Allowance::Full;
        }
    }

    /// What this instance has used since its last reset.
    #[must_use]
    pub fn stats(&self) -> CallStats {
        let instructions = match self.allowance {
            Allowance::Full => 0,
            Allowance::Begun => self.instructions(),
            Allowance::Spent(instructions) => instructions,
        };
        CallStats { instructions, memory_bytes: self.memory().len() }
    }

    /// Where the guest was when it trapped, if it did since its last reset and has names, as a guest from
    /// `linchpin build --profile debug` does.
    #[must_use]
    pub fn backtrace(&self) -> Option<&Backtrace> {
        match self.allowance {
            Allowance::Full | Allowance::Begun => None,
            Allowance::Spent(_) => self.backtrace.as_ref(),
        }
    }

    /// What resets have cost since the first instance that this one replaces.
    #[must_use]
    pub fn reset_stats(&self) -> ResetStats {
        self.pristine.stats()
    }

    /// Instructions since the guest was entered; zero where the engine does not count.
    fn instructions(&self) -> u64 {
        self.store.get_fuel().map_or(0, |left| self.compiled.limits.instructions.saturating_sub(left))
    }

    /// Before guest code runs: the allowance is set when the call begins, and the clock runs.
    #[inline]
    fn enter(&mut self) -> Result<(), Trap> {
        begin(&mut self.allowance, &mut self.store, &self.compiled)?;
        self.running.iter().for_each(Running::begin);
        Ok(())
    }

    /// Calls what frees a result. Apart, since guests whose allocator is ours have none.
    #[inline(never)]
    fn free_result(&mut self, function: usize, result: u64) -> Result<(), Trap> {
        self.enter()?;
        let Some(function) = self.functions.get(function) else { return Ok(()) };
        let result = function.post_return(&mut self.store, result);
        self.leave(result)
    }

    /// After guest code has run, or not.
    #[inline]
    fn leave<T>(&mut self, result: Result<T, wasmtime::Error>) -> Result<T, Trap> {
        self.running.iter().for_each(Running::end);
        result.map_err(|error| self.trapped(&error))
    }

    #[cold]
    fn trapped(&mut self, error: &wasmtime::Error) -> Trap {
        self.pristine.trapped();
        self.allowance = Allowance::Spent(self.instructions());
        self.backtrace = Backtrace::of(error);
        trap::trap(error, || self.message())
    }

    /// The message of the guest's own panic, which a debug build keeps for its host.
    fn message(&mut self) -> Option<String> {
        let func = self.panic_message.as_ref()?;
        arm(&mut self.store, &self.compiled, PANIC_MESSAGE_INSTRUCTIONS, PANIC_MESSAGE_TICKS).ok()?;
        self.running.iter().for_each(Running::begin);
        let packed = func.call(&mut self.store, ());
        self.running.iter().for_each(Running::end);
        let packed = packed.ok()?;
        let start = usize::try_from(packed >> 32).ok()?;
        let length = usize::try_from(packed & 0xffff_ffff).ok()?.min(PANIC_MESSAGE_BYTES_MAX);
        let bytes = self.memory().get(start..)?.get(..length)?;
        (!bytes.is_empty()).then(|| String::from_utf8_lossy(bytes).into_owned())
    }

    /// A block that the guest's own allocator gives. Apart, since a guest whose allocator is ours is not asked.
    #[inline(never)]
    fn ask(&mut self, align: u32, size: u32) -> Result<u32, Trap> {
        if self.realloc.is_none() {
            return Err(Trap::NoAllocator);
        }
        self.enter()?;
        let Some(realloc) = &self.realloc else { return Err(Trap::NoAllocator) };
        let result = realloc.call(&mut self.store, (0, 0, align, size));
        self.leave(result)
    }

    /// A block from the guest's own arena, if it has one and the block fits.
    #[inline]
    fn take(&mut self, align: u32, size: u32) -> Option<u32> {
        let words = self.arena.as_ref()?.words();
        let memory_bytes = self.memory().len();
        arena::take(self.pristine.write(&mut self.store, words)?, memory_bytes, align, size)
    }
}

const PANIC_MESSAGE_INSTRUCTIONS: u64 = 10_000;
const PANIC_MESSAGE_TICKS: u64 = 2;
const PANIC_MESSAGE_BYTES_MAX: usize = 4096;

impl Instance for GuestInstance {
    #[inline]
    fn memory(&self) -> &[u8] {
        self.pristine.read(&self.store)
    }

    #[inline]
    fn memory_mut(&mut self, range: Range<usize>) -> Option<&mut [u8]> {
        self.pristine.write(&mut self.store, range)
    }

    #[inline]
    fn allocate(&mut self, align: u32, size: u32) -> Result<u32, Trap> {
        match self.take(align, size) {
            Some(address) => Ok(address),
            None => self.ask(align, size),
        }
    }

    fn call(&mut self, function: usize, slots: &mut [u64]) -> Result<(), Trap> {
        if function >= self.functions.len() {
            return Err(no_such_function());
        }
        self.enter()?;
        let Some(function) = self.functions.get(function) else { return Err(no_such_function()) };
        let result = function.call(&mut self.store, slots);
        self.leave(result)
    }

    // Into the generated call, which is the only one with these types: the layers in between cost more than all checks.
    #[inline(always)]
    fn call_typed<P: FlatParameters, R: FlatResult>(
        &mut self,
        function: usize,
        parameters: P,
    ) -> Result<R, Trap> {
        let Some(function) = self.functions.get_mut(function) else { return Err(no_such_function()) };
        if let Err(error) = function.prepare::<P, R>(&self.store) {
            return Err(self.trapped(&error));
        }
        begin(&mut self.allowance, &mut self.store, &self.compiled)?;
        self.running.iter().for_each(Running::begin);
        let result = parameters.with_slots(|slots| {
            function.call_prepared(&mut self.store, slots)?;
            Ok(slots.first().copied().unwrap_or_default())
        });
        self.leave(result).map(R::from_slot)
    }

    #[inline]
    fn post_return(&mut self, function: usize, result: u64) -> Result<(), Trap> {
        match self.functions.get(function) {
            Some(entry) if entry.has_post_return() => self.free_result(function, result),
            Some(_) | None => Ok(()),
        }
    }

    #[inline]
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

#[cold]
fn no_such_function() -> Trap {
    guest("it has no such function")
}

fn bounds(limits: &Limits) -> StoreLimits {
    StoreLimitsBuilder::new()
        .memory_size(limits.memory_bytes)
        .table_elements(usize::try_from(TABLE_ELEMENTS_MAX).unwrap_or(usize::MAX))
        .tables(TABLES_MAX as usize)
        .memories(1)
        .instances(1)
        .build()
}

/// Gives a call that begins its allowance.
#[inline(always)]
fn begin(allowance: &mut Allowance, store: &mut Store<StoreLimits>, compiled: &Compiled) -> Result<(), Trap> {
    match allowance {
        Allowance::Full => {
            let (instructions, ticks) = (compiled.limits.instructions, compiled.deadline_ticks);
            if let Err(error) = arm(store, compiled, instructions, ticks) {
                return Err(unarmed(&error));
            }
            *allowance = Allowance::Begun;
            Ok(())
        }
        Allowance::Begun => Ok(()),
        Allowance::Spent(_) => Err(spent()),
    }
}

#[cold]
fn unarmed(error: &wasmtime::Error) -> Trap {
    guest(&root_cause(error))
}

#[cold]
fn spent() -> Trap {
    guest("an earlier call stopped it, and it was not reset")
}

/// Allows as much from now on.
#[inline(always)]
fn arm(
    store: &mut Store<StoreLimits>,
    compiled: &Compiled,
    instructions: u64,
    ticks: u64,
) -> Result<(), wasmtime::Error> {
    if compiled.counts_instructions {
        store.set_fuel(instructions)?;
    }
    if compiled.enforces_deadlines {
        store.set_epoch_deadline(ticks);
    }
    Ok(())
}
