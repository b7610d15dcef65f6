//! What a firmware was generated for: the functions it calls, with the digests that a module must have.
//!
//! `bindings!` writes one static [`WorldContract`] for each world; loading compares the actual bytes with it.

/// One world as this firmware was compiled against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorldContract {
    /// The world's name, as in `acme:water-heater/heater@1.0.0`.
    pub name: &'static str,
    /// Every function that this firmware calls. Generated code names a function by its index here.
    pub functions: &'static [FunctionContract],
}

/// One function that this firmware calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionContract {
    /// The interface with its package and version, as in `acme:water-heater/control@1.0.0`;
    /// absent for a function exported by the world itself.
    pub interface: Option<&'static str>,
    /// The function's name, as in `plan`.
    pub name: &'static str,
    /// SHA-256 over the function's canonical text.
    pub digest: [u8; 32],
    /// The flat core parameters, in order (at most 16; one `I32` pointer where they were more).
    pub parameters: &'static [CoreType],
    /// The flat core result, absent where the function returns nothing.
    pub result: Option<CoreType>,
}

/// A core WebAssembly value type that the canonical ABI uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoreType {
    /// A 32-bit integer, also every pointer and length.
    I32,
    /// A 64-bit integer.
    I64,
    /// A 32-bit float.
    F32,
    /// A 64-bit float.
    F64,
}
