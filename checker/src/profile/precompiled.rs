//! Artefacts that wasmtime compiled ahead of time: machine code in an ELF file that no WebAssembly tool can read.

/// Wasmtime's own value for the operating system in an ELF header.
const WASMTIME_OS: u8 = 200;

/// Whether bytes are what `wasmtime compile` or `Engine::precompile_component` writes.
pub fn is_precompiled(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x7fELF") && bytes.get(7) == Some(&WASMTIME_OS)
}
