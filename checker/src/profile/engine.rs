//! Which WebAssembly features the engines behind the runtimes have.

use std::collections::BTreeSet;

use wasmparser::WasmFeatures;

use super::features::names;
use crate::system::Runtime;

/// An engine, as its runtime configures it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    /// What `linchpin-host` enables; its own tests hold its list to what a reset can undo.
    Linchpin,
    /// The default of wasmtime 48 with its default crate features.
    Wasmtime48,
}

impl Engine {
    /// As a person calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Linchpin => "`linchpin-host`",
            Self::Wasmtime48 => "wasmtime 48 with its default configuration",
        }
    }

    fn features(self) -> WasmFeatures {
        match self {
            Self::Linchpin => LINCHPIN,
            Self::Wasmtime48 => WASMTIME_48,
        }
    }
}

/// Those of `needed` that the engine of a runtime lacks. A runtime without an engine lacks none.
pub fn missing_features(needed: &BTreeSet<String>, runtime: Runtime) -> Vec<String> {
    let Some(engine) = runtime.engine() else { return Vec::new() };
    let enabled = names(engine.features());
    // Two names for parts of a proposal that an engine has as a whole.
    let whole = |name: &str| match name {
        "call-indirect-overlong" => "reference-types".to_owned(),
        "bulk-memory-opt" => "bulk-memory".to_owned(),
        other => other.to_owned(),
    };
    needed.iter().filter(|name| !enabled.contains(&whole(name))).cloned().collect()
}

const LINCHPIN: WasmFeatures = WasmFeatures::MUTABLE_GLOBAL
    .union(WasmFeatures::SATURATING_FLOAT_TO_INT)
    .union(WasmFeatures::SIGN_EXTENSION)
    .union(WasmFeatures::MULTI_VALUE)
    .union(WasmFeatures::BULK_MEMORY)
    .union(WasmFeatures::REFERENCE_TYPES)
    .union(WasmFeatures::EXTENDED_CONST)
    .union(WasmFeatures::SIMD)
    .union(WasmFeatures::RELAXED_SIMD)
    .union(WasmFeatures::COMPONENT_MODEL)
    // Read so that they can be refused by name, where a function uses them.
    .union(WasmFeatures::CM_ASYNC)
    .union(WasmFeatures::CM_ERROR_CONTEXT)
    .union(WasmFeatures::CM_FIXED_LENGTH_LISTS)
    .union(WasmFeatures::CM_MAP);

const WASMTIME_48: WasmFeatures =
    WasmFeatures::WASM3.union(WasmFeatures::COMPONENT_MODEL).union(WasmFeatures::CM_ASYNC);

impl Runtime {
    /// The engine that compiles modules; none where none takes part.
    pub(crate) fn engine(self) -> Option<Engine> {
        match self {
            Self::Linchpin => Some(Engine::Linchpin),
            Self::Wasmtime48 | Self::Wasmtime48Dynamic => Some(Engine::Wasmtime48),
            Self::Composition => None,
        }
    }

    /// Whether modules must be pure functions within bounds, whatever else the target says.
    pub(crate) fn asks_for_purity(self) -> bool {
        match self {
            Self::Linchpin => true,
            Self::Wasmtime48 | Self::Wasmtime48Dynamic | Self::Composition => false,
        }
    }
}
