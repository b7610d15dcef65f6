//! A component, read from its bytes alone: its one core module, and its exported functions with their types.
//!
//! The order is that of trust: length, kind of file, validation, structure, and only then types. Nothing is
//! compiled here, and nothing that a manifest says is believed.

mod canonical;
mod core_instances;
mod core_module;
mod exports;
mod header;
mod imports;
mod lift;
mod name;
mod resolve;
mod scan;
mod size;
mod types;
mod value_type;
mod wiring;

pub(crate) use core_module::{TABLE_ELEMENTS_MAX, TABLES_MAX};
pub use lift::CoreExports;
pub use name::FunctionName;
pub use value_type::ValueType;

use crate::error::Error;
use crate::features;
use crate::limits::Limits;
use crate::world::CoreType;
use linchpin_trust::Sha256Digest;
use wasmparser::Validator;

/// A component that has the structure of a pure function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// SHA-256 of the component's bytes.
    pub digest: Sha256Digest,
    /// The bytes of its core module.
    pub core_module: Vec<u8>,
    /// What it exports, in the component's order; at least one.
    pub functions: Vec<ExportedFunction>,
    /// The interfaces that it exports, those without functions included, in the component's order.
    pub(crate) interfaces: Vec<String>,
    /// The core export that is the allocator of all functions.
    pub realloc: Option<String>,
    /// The core export to call once in each instance, before any other.
    pub initializer: Option<String>,
}

/// One exported function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedFunction {
    /// Its name.
    pub name: FunctionName,
    /// Its parameters, in order.
    pub parameters: Vec<(String, ValueType)>,
    /// What it returns.
    pub result: Option<ValueType>,
    /// The canonical text of its type.
    pub text: String,
    /// SHA-256 of the canonical text.
    pub digest: Sha256Digest,
    /// The core function's parameters. Validation has shown that they are what the types flatten to.
    pub core_parameters: Vec<CoreType>,
    /// The core function's result.
    pub core_result: Option<CoreType>,
    /// The core exports that a call uses.
    pub core_exports: CoreExports,
}

impl Component {
    /// Reads a component and checks that it is a pure function's.
    ///
    /// # Errors
    /// One [`Error`] for each kind of file that is no component, and for each thing that a pure function cannot
    /// have; see the codes of [`Error::code`].
    pub fn read(bytes: &[u8], limits: &Limits) -> Result<Self, Error> {
        header::check(bytes, limits.component_bytes)?;
        let types = Validator::new_with_features(features::COMPONENT).validate_all(bytes)?;
        let scan::Scanned { wiring, core_module } = scan::scan(bytes, types.as_ref(), limits)?;
        let exports::Exports { functions, interfaces } = exports::exports(&wiring, types.as_ref())?;
        // The core module has at most one memory, but a component could name it twice.
        lift::shared(&functions, "memory", |exports| exports.memory.as_deref())?;
        Ok(Self {
            digest: Sha256Digest::of(bytes),
            core_module: core_module.to_vec(),
            realloc: lift::shared(&functions, "allocator", |exports| exports.realloc.as_deref())?,
            functions,
            interfaces,
            initializer: wiring.core_instances.initializer().map(str::to_owned),
        })
    }

    /// The function with this very name.
    #[must_use]
    pub fn function(&self, name: &FunctionName) -> Option<&ExportedFunction> {
        self.functions.iter().find(|function| function.name == *name)
    }
}

impl From<wasmparser::Error> for Error {
    fn from(error: wasmparser::Error) -> Self {
        if error.message().contains("unexpected end") {
            return Self::Truncated { bytes: error.offset() };
        }
        Self::InvalidComponent { offset: error.offset(), reason: error.message().to_owned() }
    }
}
