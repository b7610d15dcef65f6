//! How much linear memory a guest is linked with: `stack-bytes` and `max-memory-bytes` of
//! `[package.metadata.linchpin]`.
//!
//! A memory without an upper bound could grow to 4 GiB, so every guest declares one: 2 MiB if the crate does not say
//! otherwise, or 1 MiB beside its stack where that is more.

use std::path::Path;

use crate::error::Error;

/// Keys of `[package.metadata.linchpin]`; the first is for the macros.
const KEYS: [&str; 3] = ["wit", "stack-bytes", "max-memory-bytes"];

const PAGE_BYTES: u32 = 64 << 10;
const DEFAULT_MAX_BYTES: u32 = 2 << 20;
/// What is left beside the stack, at the least, where a crate does not say how much.
const BESIDE_STACK_BYTES: u32 = 1 << 20;

/// What the linker is told of a guest's memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct GuestMemory {
    /// The shadow stack.
    pub(super) stack_bytes: u32,
    /// The most that the memory may grow to; whole pages.
    pub(super) max_bytes: u32,
}

/// Reads `[package.metadata.linchpin]`; `stack_bytes` is the profile's own, and `wanted` what `manifest` should be.
pub(super) fn of(
    metadata: &serde_json::Value,
    stack_bytes: u32,
    manifest: &Path,
    wanted: &'static str,
) -> Result<GuestMemory, Error> {
    let wrong = |reason: String| Error::Malformed { path: manifest.into(), wanted, reason };
    let empty = serde_json::Map::new();
    let table = metadata.as_object().unwrap_or(&empty);
    if let Some(unknown) = table.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(wrong(format!(
            "`package.metadata.linchpin` has no key `{unknown}`; it knows `{}`",
            KEYS.join("`, `")
        )));
    }
    let number = |key: &str, step: u32, least: u32, most: u32| {
        let Some(value) = table.get(key) else { return Ok(None) };
        let bytes = value.as_u64().and_then(|bytes| u32::try_from(bytes).ok());
        match bytes.filter(|bytes| (least..=most).contains(bytes) && bytes.is_multiple_of(step)) {
            Some(bytes) => Ok(Some(bytes)),
            None => {
                Err(wrong(format!("`{key} = {value}` is not a multiple of {step} from {least} to {most}")))
            }
        }
    };
    let stack_bytes = number("stack-bytes", 16, 1024, 16 << 20)?.unwrap_or(stack_bytes);
    let usual = (stack_bytes + BESIDE_STACK_BYTES).next_multiple_of(PAGE_BYTES).max(DEFAULT_MAX_BYTES);
    let max_bytes = number("max-memory-bytes", PAGE_BYTES, PAGE_BYTES, 1 << 30)?.unwrap_or(usual);
    Ok(GuestMemory { stack_bytes, max_bytes })
}

impl GuestMemory {
    /// Arguments for the linker, through the compiler.
    pub(super) fn linker_arguments(self) -> [String; 2] {
        [
            format!("-Clink-arg=-zstack-size={}", self.stack_bytes),
            format!("-Clink-arg=--max-memory={}", self.max_bytes),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::{GuestMemory, of};

    fn read(toml: &str) -> Result<GuestMemory, String> {
        let table: toml::Table = toml::from_str(toml).unwrap();
        let metadata = serde_json::to_value(table).unwrap();
        of(&metadata, 16 << 10, "Cargo.toml".as_ref(), "a `Cargo.toml`").map_err(|error| error.to_string())
    }

    #[test]
    fn every_guest_has_an_upper_bound_that_leaves_room_beside_its_stack() {
        let usual = GuestMemory { stack_bytes: 16 << 10, max_bytes: 2 << 20 };
        assert_eq!(read(""), Ok(usual));
        assert_eq!(read("wit = \"x\""), Ok(usual));
        assert_eq!(read("stack-bytes = 4194304").map(|memory| memory.max_bytes), Ok(5 << 20));
        assert_eq!(read("stack-bytes = 4194320").map(|memory| memory.max_bytes), Ok((5 << 20) + (64 << 10)));
        assert_eq!(read("max-memory-bytes = 65536").map(|memory| memory.max_bytes), Ok(64 << 10));
    }

    #[test]
    fn what_no_linker_could_do_is_refused() {
        for (toml, says) in [
            ("max-memory-bytes = 65537", "`max-memory-bytes = 65537` is not a multiple of 65536"),
            ("max-memory-bytes = 0", "from 65536 to 1073741824"),
            ("max-memory-bytes = \"2MiB\"", "`max-memory-bytes = \"2MiB\"`"),
            ("stack-bytes = 17", "`stack-bytes = 17` is not a multiple of 16 from 1024 to 16777216"),
            ("memory = 1", "no key `memory`; it knows `wit`, `stack-bytes`, `max-memory-bytes`"),
        ] {
            let reason = read(toml).unwrap_err();
            assert!(reason.contains(says), "{reason}");
        }
    }
}
