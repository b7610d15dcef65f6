//! What the core module may have: no import, no start function, one bounded memory, bounded tables.

use super::wiring::unsupported;
use crate::error::Error;
use crate::limits::Limits;
use wasmparser::Payload;

/// The most elements of a table: one for each function that is called through a pointer.
pub(crate) const TABLE_ELEMENTS_MAX: u64 = 1 << 16;
/// The most tables.
pub(crate) const TABLES_MAX: u32 = 4;

const PAGE_BYTES: u64 = 1 << 16;

/// Refuses one section of the core module by what it defines.
pub(super) fn check(payload: Payload<'_>, limits: &Limits) -> Result<(), Error> {
    match payload {
        Payload::ImportSection(section) => match section.into_imports().next().transpose()? {
            Some(import) => {
                Err(Error::ImportPresent { import: format!("{}.{}", import.module, import.name) })
            }
            None => Ok(()),
        },
        Payload::StartSection { .. } => Err(Error::StartFunction),
        Payload::MemorySection(section) => {
            if section.count() > 1 {
                return Err(unsupported("more than one memory"));
            }
            for memory in section {
                let bytes = memory?.initial.saturating_mul(PAGE_BYTES);
                if usize::try_from(bytes).map_or(true, |bytes| bytes > limits.memory_bytes) {
                    return Err(Error::MemoryTooLarge { bytes, limit: limits.memory_bytes });
                }
            }
            Ok(())
        }
        Payload::TableSection(section) => {
            if section.count() > TABLES_MAX {
                return Err(unsupported("more than four tables"));
            }
            for table in section {
                let elements = table?.ty.initial;
                if elements > TABLE_ELEMENTS_MAX {
                    return Err(Error::TableTooLarge { elements, limit: TABLE_ELEMENTS_MAX });
                }
            }
            Ok(())
        }
        // What is left neither reaches outside nor takes memory before the first call.
        _ => Ok(()),
    }
}
