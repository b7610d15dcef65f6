//! The engine: configuration, the compiler, and the clock of deadlines. One a process is enough.

use crate::deadline::{TICK, Ticker};
use crate::error::Error;
use crate::features;
use crate::instance::CALLS_MAX;
use crate::reset::{Memories, ResetMode, configure};
use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use wasmparser::WasmFeatures;

/// How guests are compiled. A change of any field can change what a call costs; the two on determinism can also
/// change what it returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineConfig {
    /// Every NaN that a guest computes has one bit pattern on every machine. Costs time in float loops.
    pub canonical_nans: bool,
    /// Relaxed SIMD instructions give the same result on every machine.
    pub deterministic_relaxed_simd: bool,
    /// Instructions are counted and [`Limits::instructions`](crate::Limits::instructions) holds. Without it an
    /// endless loop is only stopped by its deadline.
    pub count_instructions: bool,
    /// [`Limits::deadline`](crate::Limits::deadline) holds. Without it an endless loop is only stopped by its
    /// instructions.
    ///
    /// A thread of the engine keeps the time, and a process that comes of `fork` has none of its parent's threads: there
    /// the parent's engines stop no guest by its deadline, while instructions are counted on. Such a process makes an
    /// engine of its own and loads its modules with it.
    pub enforce_deadlines: bool,
    /// How an instance is put back to what it was after each call.
    pub reset: ResetMode,
}

impl EngineConfig {
    /// The same digest and the same inputs give the same output bytes everywhere, and every limit holds.
    #[must_use]
    pub fn deterministic() -> Self {
        Self {
            canonical_nans: true,
            deterministic_relaxed_simd: true,
            count_instructions: true,
            enforce_deadlines: true,
            reset: ResetMode::default(),
        }
    }
}

impl Default for EngineConfig {
    fn default() -> Self {
        Self::deterministic()
    }
}

/// Compiles guests and keeps their deadlines. Cloning gives another handle to the same engine.
#[derive(Clone)]
pub struct Engine {
    shared: Arc<Shared>,
}

struct Shared {
    config: EngineConfig,
    /// The stack limit and backtraces belong to an engine, so there is one for each pair in use.
    compilers: Arc<Mutex<BTreeMap<(usize, bool), Compiler>>>,
    ticker: Ticker,
}

/// One of the engines, and where its memories come from.
#[derive(Clone)]
pub(crate) struct Compiler {
    pub(crate) engine: wasmtime::Engine,
    pub(crate) memories: Memories,
}

impl Engine {
    /// How exactly deadlines are kept: a guest is stopped between none and two of these after its deadline, on
    /// a machine that is not overloaded.
    pub const DEADLINE_RESOLUTION: Duration = TICK;

    /// Makes an engine.
    ///
    /// # Errors
    /// `engine` if the machine cannot run compiled guests or the configuration contradicts itself.
    pub fn new(config: EngineConfig) -> Result<Self, Error> {
        let compilers = Arc::new(Mutex::new(BTreeMap::<(usize, bool), Compiler>::new()));
        let ticked = Arc::clone(&compilers);
        let ticker = Ticker::new(move || {
            for compiler in ticked.lock().unwrap_or_else(PoisonError::into_inner).values() {
                compiler.engine.increment_epoch();
            }
        });
        let engine = Self { shared: Arc::new(Shared { config, compilers, ticker }) };
        engine.compiler(crate::Limits::default().stack_bytes, false)?;
        Ok(engine)
    }

    /// What the engine was made with.
    #[must_use]
    pub fn config(&self) -> &EngineConfig {
        &self.shared.config
    }

    pub(crate) fn ticker(&self) -> &Ticker {
        &self.shared.ticker
    }

    /// The engine whose guests have `stack_bytes` of native stack, and a backtrace when they trap if they have names;
    /// with its clock running if it needs one.
    pub(crate) fn compiler(&self, stack_bytes: usize, has_names: bool) -> Result<Compiler, Error> {
        if self.shared.config.enforce_deadlines {
            let started = self.shared.ticker.start();
            started.map_err(|error| Error::Engine { reason: format!("no thread for deadlines: {error}") })?;
        }
        let mut compilers = self.shared.compilers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(compiler) = compilers.get(&(stack_bytes, has_names)) {
            return Ok(compiler.clone());
        }
        let refuse = |error: wasmtime::Error| Error::Engine { reason: error.to_string() };
        let mut config = compiler_config(&self.shared.config, stack_bytes, has_names);
        let memories = configure(&mut config, self.shared.config.reset).map_err(refuse)?;
        let engine = wasmtime::Engine::new(&config).map_err(refuse)?;
        let compiler = Compiler { engine, memories };
        compilers.insert((stack_bytes, has_names), compiler.clone());
        Ok(compiler)
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Engine").field("config", &self.shared.config).finish_non_exhaustive()
    }
}

fn compiler_config(config: &EngineConfig, stack_bytes: usize, has_names: bool) -> wasmtime::Config {
    let mut compiler = wasmtime::Config::new();
    compiler
        .wasm_features(WasmFeatures::all(), false)
        .wasm_features(features::CORE, true)
        .cranelift_nan_canonicalization(config.canonical_nans)
        .relaxed_simd_deterministic(config.deterministic_relaxed_simd)
        .consume_fuel(config.count_instructions)
        .epoch_interruption(config.enforce_deadlines)
        .max_wasm_stack(stack_bytes)
        // Nobody else enters a guest while it runs. A program that has this feature of the engine for other uses would
        // otherwise pay for it here.
        .concurrency_support(false)
        .wasm_backtrace_max_frames(NonZeroUsize::new(if has_names { CALLS_MAX } else { 0 }));
    compiler
}
