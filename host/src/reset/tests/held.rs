//! One guest that is held and reset, and a fresh instance of the same guest to compare it with.

use crate::reset::{Memories, Pristine, ResetCounters, ResetMode, Resettable, configure, resettable};
use std::ops::Range;
use std::sync::Arc;
use wasmtime::{Engine, Func, Instance, Module, Ref, Store, StoreLimits, StoreLimitsBuilder, Val};

/// No guest may let its memory grow past four pages.
const MEMORY_BYTES_MAX: usize = 4 << 16;
const FUEL: u64 = 20_000;

/// A guest compiled for one mode.
pub(super) struct Guest {
    module: Module,
    memories: Memories,
    resettable: Resettable,
}

impl Guest {
    pub(super) fn new(text: &str, mode: ResetMode) -> Arc<Self> {
        let mut config = wasmtime::Config::new();
        config.consume_fuel(true);
        let memories = configure(&mut config, mode).unwrap();
        let resettable = resettable(&wat::parse_str(text).unwrap()).unwrap();
        let module = Module::new(&Engine::new(&config).unwrap(), &resettable.core_module).unwrap();
        Arc::new(Self { module, memories, resettable })
    }

    /// The same guest in an engine that knows nothing of resets.
    pub(super) fn plain(text: &str) -> Module {
        let mut config = wasmtime::Config::new();
        config.consume_fuel(true);
        let resettable = resettable(&wat::parse_str(text).unwrap()).unwrap();
        Module::new(&Engine::new(&config).unwrap(), &resettable.core_module).unwrap()
    }
}

/// An instance that is used again and again.
pub(super) struct Held {
    guest: Arc<Guest>,
    pub(super) running: Running,
    pub(super) pristine: Pristine,
    tables: Vec<(String, Vec<usize>)>,
}

impl Held {
    pub(super) fn new(guest: &Arc<Guest>, counters: Arc<ResetCounters>) -> Self {
        Self::after(guest, &[], counters)
    }

    /// An instance whose state is taken when `initialiser` has run.
    pub(super) fn after(guest: &Arc<Guest>, initialiser: &[Step], counters: Arc<ResetCounters>) -> Self {
        let mut running = Running::new(&guest.module);
        running.run(initialiser);
        let (store, instance) = (&mut running.store, running.instance);
        let pristine =
            Pristine::capture(store, instance, &guest.resettable, &guest.memories, counters).unwrap();
        let tables = running.tables();
        Self { guest: Arc::clone(guest), running, pristine, tables }
    }

    pub(super) fn run(&mut self, script: &[Step]) -> Vec<Result<i64, String>> {
        let mut results = Vec::new();
        for step in script {
            let result = match step {
                Step::Write { range, byte } => {
                    if let Some(bytes) = self.pristine.write(&mut self.running.store, range.clone()) {
                        bytes.fill(*byte);
                    }
                    continue;
                }
                Step::Call(first, second, third) => self.running.call(*first, *second, *third),
            };
            let trapped = result.is_err();
            results.push(result);
            if trapped {
                self.pristine.trapped();
                break;
            }
        }
        results
    }

    /// Resets, or takes a fresh instance where that is needed.
    pub(super) fn reset(&mut self) {
        if self.pristine.reset(&mut self.running.store).is_err() {
            *self = Self::new(&self.guest, self.pristine.retire());
        }
    }

    /// Every byte of state; tables as what has become of them since the instance was made.
    pub(super) fn state(&mut self) -> State {
        assert_eq!(self.running.tables(), self.tables);
        self.running.state()
    }
}

/// What to do between two resets.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// A write of the host, left out if memory does not reach that far.
    Write { range: Range<usize>, byte: u8 },
    /// A call of `run`.
    Call(i32, i32, i64),
}

/// All that calls can change, less tables, whose references only mean something inside one instance.
#[derive(PartialEq, Eq)]
pub(super) struct State {
    pub(super) memory: Vec<u8>,
    globals: Vec<(String, String)>,
    table_lengths: Vec<(String, usize)>,
}

/// An instance in a store.
pub(super) struct Running {
    pub(super) store: Store<StoreLimits>,
    instance: Instance,
    run: Func,
}

impl Running {
    pub(super) fn new(module: &Module) -> Self {
        let limits = StoreLimitsBuilder::new().memory_size(MEMORY_BYTES_MAX).build();
        let mut store = Store::new(module.engine(), limits);
        store.limiter(|limits| limits);
        store.set_fuel(FUEL).unwrap();
        let instance = Instance::new(&mut store, module, &[]).unwrap();
        let run = instance.get_func(&mut store, "run").unwrap();
        Self { store, instance, run }
    }

    /// As [`Held::run`], without anything to protect.
    pub(super) fn run(&mut self, script: &[Step]) -> Vec<Result<i64, String>> {
        let mut results = Vec::new();
        for step in script {
            match step {
                Step::Write { range, byte } => {
                    let Some(memory) = self.instance.get_memory(&mut self.store, MEMORY) else { continue };
                    if let Some(bytes) = memory.data_mut(&mut self.store).get_mut(range.clone()) {
                        bytes.fill(*byte);
                    }
                }
                Step::Call(first, second, third) => {
                    results.push(self.call(*first, *second, *third));
                    if results.last().is_some_and(Result::is_err) {
                        break;
                    }
                }
            }
        }
        results
    }

    fn call(&mut self, first: i32, second: i32, third: i64) -> Result<i64, String> {
        self.store.set_fuel(FUEL).unwrap();
        let mut results = [Val::I64(0)];
        let parameters = [Val::I32(first), Val::I32(second), Val::I64(third)];
        let outcome = self.run.call(&mut self.store, &parameters, &mut results);
        outcome.map_err(|error| error.downcast_ref::<wasmtime::Trap>().unwrap().to_string())?;
        Ok(results[0].unwrap_i64())
    }

    pub(super) fn state(&mut self) -> State {
        let mut state = State { memory: Vec::new(), globals: Vec::new(), table_lengths: Vec::new() };
        let names: Vec<_> = self.instance.exports(&mut self.store).map(|it| it.name().to_owned()).collect();
        for name in names {
            match self.instance.get_export(&mut self.store, &name).unwrap() {
                wasmtime::Extern::Global(global) => {
                    let value = global.get(&mut self.store);
                    state.globals.push((name, format!("{value:?}")));
                }
                wasmtime::Extern::Memory(memory) => state.memory = memory.data(&self.store).to_vec(),
                wasmtime::Extern::Table(table) => {
                    state.table_lengths.push((name, table.size(&self.store) as usize));
                }
                _ => {}
            }
        }
        state
    }

    /// Which function each element of each exported table is.
    fn tables(&mut self) -> Vec<(String, Vec<usize>)> {
        let names: Vec<_> = self.instance.exports(&mut self.store).map(|it| it.name().to_owned()).collect();
        let mut tables = Vec::new();
        for name in names {
            let Some(table) = self.instance.get_table(&mut self.store, &name) else { continue };
            let elements =
                (0..table.size(&self.store)).map(|index| match table.get(&mut self.store, index).unwrap() {
                    Ref::Func(Some(function)) => function.to_raw(&mut self.store).addr(),
                    _ => 0,
                });
            tables.push((name.clone(), elements.collect()));
        }
        tables
    }
}

/// The name under which the reset exports a memory.
const MEMORY: &str = "linchpin:reset/memory";
