//! A slot: the place in a firmware for one replaceable module, and everything that keeps the firmware in charge.
//!
//! A slot holds an **active** module and the **last known good** one before it. Calls go to the active one; its
//! value passes the guards or the fallback stands in. An install verifies, loads and stores a release first and
//! only then swaps one pointer: calls in flight finish on the module they began with, and no call waits.

mod breaker;
mod builder;
mod fallback;
mod install;
mod module;
mod open;
mod stats;

pub use breaker::Breaker;
pub use builder::SlotBuilder;
pub use fallback::Fallback;
pub use install::{Installed, Release};
pub use stats::SlotStats;

use crate::abi::{CallError, GuardViolation, Trap};
use crate::clock::Clock;
use crate::component::FunctionName;
use crate::engine::Engine;
use crate::error::Error;
use crate::instance::GuestInstance;
use crate::limits::Limits;
use crate::outcome::Outcome;
use crate::world::WorldContract;
use fallback::PerFunction;
use install::Ledger;
use linchpin_trust::Sha256Digest;
use module::Module;
use stats::{Counters, count};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// The place for one replaceable module. Generated wrappers put typed methods around it.
pub struct Slot {
    engine: Engine,
    world: &'static WorldContract,
    limits: Limits,
    fallback: Fallback,
    breaker: Breaker,
    clock: Clock,
    active: RwLock<Option<Arc<Module>>>,
    ledger: Mutex<Ledger>,
    functions: Vec<PerFunction>,
    counters: Counters,
    start_problems: Vec<Error>,
}

impl Slot {
    /// Begins a slot for the functions of `world`; `S` is the wrapper that the open slot goes into, or [`Slot`].
    #[must_use]
    pub fn builder<S: From<Slot>>(engine: &Engine, world: &'static WorldContract) -> SlotBuilder<S> {
        SlotBuilder::new(engine, world)
    }

    /// Calls function `function` of the world on the active module.
    ///
    /// `body` lowers the arguments, calls and lifts the result; `guard` checks the contract's ranges. The
    /// firmware's own guards come after it. A value that all accept is the outcome. Anything else counts
    /// against the module, unless the arguments are at fault, and gives the fallback's value.
    ///
    /// # Errors
    /// The [`CallError`] of the call if there is no value to fall back on; `misuse` if `function` is outside
    /// the world, or `T` is not the type that a fallback or guard of the function was set for.
    pub fn call<T: Clone + Send + 'static>(
        &self,
        function: usize,
        body: impl Fn(&mut GuestInstance) -> Result<T, CallError>,
        guard: impl Fn(&T) -> Result<(), GuardViolation>,
    ) -> Result<Outcome<T>, CallError> {
        let per_function = self.functions.get(function).filter(|it| it.is_of::<T>());
        let per_function = per_function.ok_or(CallError::Misuse { function })?;
        count(&self.counters.calls);
        let why = match self.active_module() {
            None => CallError::NoModule,
            Some(module) => match self.attempt(&module, per_function, body, guard) {
                Ok(value) => {
                    if let Fallback::HoldLast { .. } = self.fallback {
                        per_function.hold(value.clone(), self.clock.now());
                    }
                    count(&self.counters.values);
                    return Ok(Outcome::Value(value));
                }
                Err(why) => {
                    self.failed(&module, function, &why);
                    why
                }
            },
        };
        self.counters.cause(&why);
        match per_function.value(self.fallback, self.clock.now()) {
            Some(value) => {
                count(&self.counters.fallbacks);
                Ok(Outcome::Fallback { value, why })
            }
            None => {
                count(&self.counters.errors);
                Err(why)
            }
        }
    }

    fn attempt<T: 'static>(
        &self,
        module: &Module,
        per_function: &PerFunction,
        body: impl Fn(&mut GuestInstance) -> Result<T, CallError>,
        guard: impl Fn(&T) -> Result<(), GuardViolation>,
    ) -> Result<T, CallError> {
        let called = module.loaded.call(|instance| {
            let result = body(instance);
            self.counters.used(instance.stats());
            if result.is_err() {
                self.stopped(module, instance);
            }
            result
        });
        let value = called.map_err(|error| Trap::Guest { message: error.to_string() })??;
        guard(&value).and_then(|()| per_function.guard(&value)).map_err(CallError::Guard)?;
        Ok(value)
    }

    /// Keeps where a guest was, if it has names and trapped.
    #[cold]
    fn stopped(&self, module: &Module, instance: &GuestInstance) {
        if let Some(backtrace) = instance.backtrace() {
            tracing::warn!(module = %module.entry.component, %backtrace, "guest trapped");
            self.counters.trapped(backtrace);
        }
    }

    fn failed(&self, module: &Arc<Module>, function: usize, why: &CallError) {
        let digest = module.entry.component;
        let (function, code) = (self.name(function), why.code());
        tracing::warn!(%function, module = %digest, code, %why, "call failed");
        if !why.is_callers_fault() && module.failures.add(self.breaker, self.clock.now()) {
            self.revert(module);
        }
    }

    /// Sets the constant of a function, for [`Fallback::Constant`] and for [`Fallback::HoldLast`] while nothing
    /// young enough is held.
    ///
    /// # Errors
    /// `no-such-function`, or `wrong-type` if the function was used with another type.
    pub fn set_fallback_constant<T: Clone + Send + 'static>(
        &self,
        function: usize,
        value: T,
    ) -> Result<(), Error> {
        self.typed::<T>(function)?.set_constant(value);
        Ok(())
    }

    /// Adds a check of the firmware's own that a function's value must pass before it is accepted.
    ///
    /// # Errors
    /// As [`Slot::set_fallback_constant`].
    pub fn add_guard<T: 'static>(
        &self,
        function: usize,
        guard: impl Fn(&T) -> Result<(), GuardViolation> + Send + Sync + 'static,
    ) -> Result<(), Error> {
        self.typed::<T>(function)?.add_guard::<T>(Arc::new(guard));
        Ok(())
    }

    fn typed<T: 'static>(&self, function: usize) -> Result<&PerFunction, Error> {
        let functions = self.functions.len();
        let found = self.functions.get(function).ok_or(Error::NoSuchFunction { function, functions })?;
        if found.is_of::<T>() { Ok(found) } else { Err(Error::WrongType { function: self.name(function) }) }
    }

    /// The component that calls go to.
    #[must_use]
    pub fn active(&self) -> Option<Sha256Digest> {
        self.active_module().map(|module| module.entry.component)
    }

    /// The component that [`Slot::rollback`] would go back to.
    #[must_use]
    pub fn last_known_good(&self) -> Option<Sha256Digest> {
        self.ledger().previous.as_ref().map(|module| module.entry.component)
    }

    /// The counters since the slot was opened. This never waits for a call, and can be asked inside one.
    #[must_use]
    pub fn stats(&self) -> SlotStats {
        let resets = self.active_module().map(|module| module.loaded.reset_stats()).unwrap_or_default();
        SlotStats { resets, ..self.counters.snapshot() }
    }

    /// Why stored modules or records were passed over when the slot was opened; empty if all was well.
    #[must_use]
    pub fn start_problems(&self) -> &[Error] {
        &self.start_problems
    }

    fn active_module(&self) -> Option<Arc<Module>> {
        self.active.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn ledger(&self) -> std::sync::MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn name(&self, function: usize) -> FunctionName {
        match self.world.functions.get(function) {
            Some(function) => FunctionName::new(function.interface, function.name),
            None => FunctionName::new(None, &function.to_string()),
        }
    }
}

impl fmt::Debug for Slot {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Slot")
            .field("world", &self.world.name)
            .field("active", &self.active())
            .finish_non_exhaustive()
    }
}
