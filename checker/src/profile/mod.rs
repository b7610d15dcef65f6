//! The limits profile of a binary: what a component's bytes contain, as sizes and counts.
//!
//! ```text
//! bytes ─▶ features (the validator) ─▶ scan ─▶ Profile ─▶ rules, with the bounds of a target
//! ```
//!
//! Nothing is compiled and nothing that a manifest says is believed. What a target makes of the figures is decided
//! by rules; here they are only taken.

mod bounds;
mod component;
mod core_module;
mod engine;
mod features;
mod loader;
mod names;
mod precompiled;
mod scan;
mod segments;

use std::collections::BTreeSet;

use linchpin_contract::wasm_reason;
use serde::{Deserialize, Serialize};

pub use bounds::Bounds;
pub use engine::missing_features;
pub(crate) use loader::{kept_state, refused_shapes};
pub use precompiled::is_precompiled;

/// What a component's bytes contain. Figures are over all core modules of the component, less the one that only
/// calls `_initialize`, which `wit-component` adds and a host does without.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Length of the component.
    pub bytes: u64,
    /// Core modules.
    pub core_modules: u32,
    /// Core modules that only call `_initialize` of another one.
    pub initialisers: u32,
    /// Things that core modules import, each as `module.name`; at most the first eight.
    pub core_imports: Vec<String>,
    /// Core modules with a start function.
    pub start_functions: u32,
    /// Functions with a body.
    pub functions: u32,
    /// Length of the longest function body.
    pub largest_body_bytes: u64,
    /// Most locals of one function, without its parameters.
    pub most_locals: u64,
    /// Most targets of one `br_table`, without its default.
    pub largest_branch_table: u64,
    /// Linear memories, in order.
    pub memories: Vec<MemoryProfile>,
    /// Tables, in order.
    pub tables: Vec<TableProfile>,
    /// Globals.
    pub globals: u32,
    /// Globals that can change.
    pub mutable_globals: u32,
    /// Core types and component types.
    pub types: u32,
    /// Element segments.
    pub element_segments: u32,
    /// Data segments.
    pub data_segments: u32,
    /// Length of all data segments together.
    pub data_bytes: u64,
    /// Length of the longest name of an import, export, parameter, field, case or flag.
    pub longest_name_bytes: u64,
    /// The first name with a character outside ASCII.
    pub name_not_ascii: Option<String>,
    /// Components inside the component.
    pub nested_components: u32,
    /// How deep components are nested; 1 where there is none inside.
    pub depth: u32,
    /// Instances, those of core modules included.
    pub instances: u32,
    /// WebAssembly features without which the bytes are not valid, as `relaxed-simd`.
    pub features: BTreeSet<String>,
    /// What no component of plain functions has, in words, in order, each once.
    pub unusual: BTreeSet<String>,
    /// What an instance keeps from one call to the next besides memory and number globals, in words.
    pub kept_state: BTreeSet<String>,
    /// Active segments that do not fit what they are written to, in words: an instance is never made.
    pub segments_out_of_bounds: BTreeSet<String>,
}

/// One linear memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemoryProfile {
    /// Size of a new instance.
    pub initial_bytes: u64,
    /// The most that it may grow to; absent where only the format is a bound.
    pub maximum_bytes: Option<u64>,
}

/// One table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableProfile {
    /// Elements in a new instance.
    pub initial_elements: u64,
    /// The most that it may grow to; absent where only the format is a bound.
    pub maximum_elements: Option<u64>,
}

/// Why bytes have no profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a valid component at byte {offset}: {reason}")]
pub struct Invalid {
    /// Where in the bytes.
    pub offset: usize,
    /// What is wrong, in the validator's words, one line.
    pub reason: String,
}

impl Profile {
    /// Takes the profile of a component.
    ///
    /// # Errors
    /// [`Invalid`] where the bytes are valid under no WebAssembly feature that is known.
    ///
    /// ```
    /// let empty = b"\0asm\x0d\0\x01\0";
    /// let profile = linchpin_checker::profile::Profile::of(empty)?;
    /// assert_eq!((profile.bytes, profile.core_modules, profile.depth), (8, 0, 1));
    /// # Ok::<(), linchpin_checker::profile::Invalid>(())
    /// ```
    pub fn of(component: &[u8]) -> Result<Self, Invalid> {
        let needed = features::needed(component)?;
        let profile = scan::scan(component)?;
        Ok(Self { features: features::names(needed), ..profile })
    }
}

impl From<wasmparser::Error> for Invalid {
    fn from(error: wasmparser::Error) -> Self {
        Self { offset: error.offset(), reason: wasm_reason(error.message()) }
    }
}
