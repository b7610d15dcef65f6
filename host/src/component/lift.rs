//! The core exports that a lifted function is made of: the component's own wiring, followed and not guessed by name.

use super::ExportedFunction;
use super::name::FunctionName;
use super::wiring::{Lift, Wiring};
use crate::error::Error;
use wasmparser::CanonicalOption;

/// The core exports that a call of one function uses, by name.
///
/// They are what the component says of its own wiring, which need not follow the names of its functions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoreExports {
    /// The function itself.
    pub function: String,
    /// What is called with its result, when that was read.
    pub post_return: Option<String>,
    /// The memory that its arguments and its result lie in.
    pub memory: Option<String>,
    /// The allocator of that memory.
    pub realloc: Option<String>,
}

/// Reads one lift, and refuses options that a pure function has no use for.
pub(super) fn core_exports(
    name: &FunctionName,
    lift: &Lift,
    wiring: &Wiring<'_>,
) -> Result<CoreExports, Error> {
    let refuse = |found: &str| Error::Lift {
        function: name.clone(),
        found: format!("a core function {found}"),
        expected: "one that is called synchronously with 32-bit memory and UTF-8 text".to_owned(),
    };
    let named = |names: &[&str], index: u32| {
        let name = names.get(index as usize).map(|name| (*name).to_owned());
        name.ok_or_else(|| refuse("that no core instance exports"))
    };
    let mut exports = CoreExports {
        function: named(&wiring.core_functions, lift.core_function)?,
        post_return: None,
        memory: None,
        realloc: None,
    };
    for option in &lift.options {
        match *option {
            CanonicalOption::UTF8 => {}
            CanonicalOption::UTF16 => return Err(refuse("with UTF-16 text")),
            CanonicalOption::CompactUTF16 => return Err(refuse("with Latin-1 or UTF-16 text")),
            CanonicalOption::Memory(index) => exports.memory = Some(named(&wiring.core_memories, index)?),
            CanonicalOption::Realloc(index) => exports.realloc = Some(named(&wiring.core_functions, index)?),
            CanonicalOption::PostReturn(index) => {
                exports.post_return = Some(named(&wiring.core_functions, index)?);
            }
            CanonicalOption::Async | CanonicalOption::Callback(_) => {
                return Err(refuse("that is asynchronous"));
            }
            CanonicalOption::CoreType(_) | CanonicalOption::Gc => {
                return Err(refuse("with garbage-collected values"));
            }
        }
    }
    Ok(exports)
}

/// The one core export that all functions which have one use as their `what`.
pub(super) fn shared(
    functions: &[ExportedFunction],
    what: &str,
    part: impl Fn(&CoreExports) -> Option<&str>,
) -> Result<Option<String>, Error> {
    let mut common = None;
    for function in functions {
        let own = part(&function.core_exports);
        if let (Some(own), Some(common)) = (own, common)
            && own != common
        {
            return Err(Error::Lift {
                function: function.name.clone(),
                found: format!("a core function with the {what} `{own}`"),
                expected: format!("one with the {what} `{common}` of the other functions"),
            });
        }
        common = common.or(own);
    }
    Ok(common.map(str::to_owned))
}
