//! What a file is, from its first bytes: each wrong kind gets an error of its own before any parser runs.

use crate::error::Error;

const MAGIC: [u8; 4] = *b"\0asm";
const CORE: [u8; 4] = [1, 0, 0, 0];
const COMPONENT: [u8; 4] = [0x0d, 0, 1, 0];

/// Refuses whatever is not the start of a binary component.
pub(super) fn check(bytes: &[u8], limit: usize) -> Result<(), Error> {
    if bytes.len() > limit {
        return Err(Error::ComponentTooLarge { bytes: bytes.len(), limit });
    }
    if !bytes.is_empty() && bytes.len() < 8 && MAGIC.starts_with(bytes.get(..4).unwrap_or(bytes)) {
        return Err(Error::Truncated { bytes: bytes.len() });
    }
    match bytes.split_first_chunk::<4>() {
        Some((&MAGIC, rest)) => match rest.first_chunk::<4>() {
            Some(&COMPONENT) => Ok(()),
            Some(&CORE) => Err(Error::CoreModule),
            Some(_) | None => Err(Error::NotWebAssembly { found: "an unknown version of WebAssembly" }),
        },
        Some(_) | None => Err(other(bytes)),
    }
}

fn other(bytes: &[u8]) -> Error {
    if bytes.is_empty() {
        return Error::NotWebAssembly { found: "an empty file" };
    }
    if bytes.iter().all(|&byte| byte == 0) {
        return Error::NotWebAssembly { found: "nothing but zeros" };
    }
    let text = bytes.trim_ascii_start();
    if text.starts_with(b"(component") || text.starts_with(b"(module") || text.starts_with(b";;") {
        return Error::TextFormat;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Error::NotWebAssembly { found: "a text file" };
    }
    Error::NotWebAssembly { found: "some other kind of file" }
}
