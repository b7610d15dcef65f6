//! The engine's configurations. All subjects of a table have the same, but for what they are there to show.

use wasmtime::{Config, Engine, InstanceAllocationStrategy, PoolingAllocationConfig, Store};

/// Whether guests run under limits on instructions and time, with NaNs made canonical.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limited {
    No,
    Yes,
}

const INSTRUCTIONS: u64 = 10_000_000;
const TICKS: u64 = 101;

impl Limited {
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::No => "without limits",
            Self::Yes => "with limits",
        }
    }

    pub(crate) fn is_on(self) -> bool {
        self == Self::Yes
    }

    /// Gives one call its full allowance, as the user of an engine has to before each.
    pub(crate) fn arm<T>(self, store: &mut Store<T>) {
        if self.is_on() {
            store.set_fuel(INSTRUCTIONS).expect("fuel is on");
            store.set_epoch_deadline(TICKS);
        }
    }

    fn config(self) -> Config {
        let mut config = Config::new();
        config
            .cranelift_nan_canonicalization(self.is_on())
            .consume_fuel(self.is_on())
            .epoch_interruption(self.is_on());
        config
    }

    /// As it comes.
    pub(crate) fn default_engine(self) -> Result<Engine, wasmtime::Error> {
        Engine::new(&self.config())
    }

    /// Without what only concurrent guests need.
    pub(crate) fn tuned_engine(self) -> Result<Engine, wasmtime::Error> {
        Engine::new(self.config().concurrency_support(false))
    }

    /// As tuned, with instances from a pool that keeps a page of memory resident.
    pub(crate) fn pooling_engine(self) -> Result<Engine, wasmtime::Error> {
        let mut pool = PoolingAllocationConfig::default();
        pool.linear_memory_keep_resident(128 << 10)
            .total_memories(8)
            .total_core_instances(8)
            .total_tables(8)
            .max_memory_size(4 << 20);
        let strategy = InstanceAllocationStrategy::Pooling(pool);
        Engine::new(self.config().concurrency_support(false).allocation_strategy(strategy))
    }
}
