//! The WebAssembly that a pure function may use, said once for the structural check and for the compiler.

use wasmparser::WasmFeatures;

/// What the core module of a guest may use: what compilers emit today, less everything that can block, share
/// state, allocate outside linear memory or differ between machines.
///
/// Reference types are on because compilers write table indexes in the form that came with them; without
/// garbage-collected types only `funcref` is left.
pub(crate) const CORE: WasmFeatures = WasmFeatures::FLOATS
    .union(WasmFeatures::MUTABLE_GLOBAL)
    .union(WasmFeatures::SATURATING_FLOAT_TO_INT)
    .union(WasmFeatures::SIGN_EXTENSION)
    .union(WasmFeatures::MULTI_VALUE)
    .union(WasmFeatures::BULK_MEMORY)
    .union(WasmFeatures::REFERENCE_TYPES)
    .union(WasmFeatures::EXTENDED_CONST)
    .union(WasmFeatures::SIMD)
    .union(WasmFeatures::RELAXED_SIMD);

/// What the component around it may use. Asynchronous and error types are read so that they can be refused by
/// name; see `component::types`.
pub(crate) const COMPONENT: WasmFeatures = CORE
    .union(WasmFeatures::COMPONENT_MODEL)
    .union(WasmFeatures::CM_ASYNC)
    .union(WasmFeatures::CM_ERROR_CONTEXT)
    .union(WasmFeatures::CM_FIXED_LENGTH_LISTS)
    .union(WasmFeatures::CM_MAP);
