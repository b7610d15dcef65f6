//! That a function is lifted from the core export of its own name, with plain options.
//!
//! The host calls core exports by their standard names, while types and other run-times follow the component.
//! Both must lead to the same code.

use super::name::FunctionName;
use super::wiring::{Lift, Wiring};
use crate::error::Error;
use wasmparser::CanonicalOption;

/// The core exports that a call of one function uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CoreExports {
    /// The function itself.
    pub(crate) function: String,
    /// Its `cabi_post_` function.
    pub(crate) post_return: Option<String>,
}

/// The name of the allocator's core export.
pub(crate) const REALLOC: &str = "cabi_realloc";
/// The name of the memory's core export.
pub(crate) const MEMORY: &str = "memory";

/// Checks one lift.
pub(super) fn check(name: &FunctionName, lift: &Lift, wiring: &Wiring<'_>) -> Result<CoreExports, Error> {
    let function = name.to_string();
    let of = |index: u32| wiring.core_functions.get(index as usize).copied().unwrap_or("nothing");
    let same = |found: &str, expected: &str| {
        if found == expected {
            return Ok(());
        }
        let (found, expected) = (format!("`{found}`"), format!("`{expected}`"));
        Err(Error::Lift { function: name.clone(), found, expected })
    };
    let option = |found: &str| Error::Lift {
        function: name.clone(),
        found: format!("a core function {found}"),
        expected: "one that is called synchronously with 32-bit memory and UTF-8 text".to_owned(),
    };
    same(of(lift.core_function), &function)?;
    let mut post_return = None;
    for item in &lift.options {
        match *item {
            CanonicalOption::UTF8 => {}
            CanonicalOption::UTF16 => return Err(option("with UTF-16 text")),
            CanonicalOption::CompactUTF16 => return Err(option("with Latin-1 or UTF-16 text")),
            CanonicalOption::Memory(index) => {
                same(wiring.core_memories.get(index as usize).copied().unwrap_or("nothing"), MEMORY)?;
            }
            CanonicalOption::Realloc(index) => same(of(index), REALLOC)?,
            CanonicalOption::PostReturn(index) => {
                let expected = format!("cabi_post_{function}");
                same(of(index), &expected)?;
                post_return = Some(expected);
            }
            CanonicalOption::Async | CanonicalOption::Callback(_) => {
                return Err(option("that is asynchronous"));
            }
            CanonicalOption::CoreType(_) | CanonicalOption::Gc => {
                return Err(option("with garbage-collected values"));
            }
        }
    }
    Ok(CoreExports { function, post_return })
}
