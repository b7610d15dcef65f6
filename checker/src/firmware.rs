//! Descriptors out of a firmware: an ELF, Mach-O, PE or WebAssembly binary, or a descriptor kept from one.

use std::borrow::Cow;

use linchpin_contract::descriptor::{Descriptor, SECTION, decode_all};
use object::{Object, ObjectSection};
use wasmparser::{Parser, Payload};

use crate::error::{Error, NamedBy};
use crate::system::Runtime;

/// Every world that a firmware calls, each once, read from its bytes: those of an executable, or those of a
/// descriptor that was taken from one.
///
/// # Errors
/// [`Error::Artefact`] with `code` `not-a-binary`, `damaged-binary`, `no-descriptor` or `descriptor`.
pub fn descriptors(bytes: &[u8]) -> Result<Vec<Descriptor>, Error> {
    let section = if bytes.starts_with(b"LPD1") { Cow::Borrowed(bytes) } else { section(bytes)? };
    of_section(&section)
}

/// The bytes of the section, as the linker left them.
///
/// # Errors
/// As [`descriptors`].
pub fn section(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Error> {
    let section = if Parser::is_core_wasm(bytes) || Parser::is_component(bytes) {
        of_wasm(bytes)
    } else {
        of_object(bytes)
    }?;
    match section {
        Some(section) if section.iter().any(|byte| *byte != 0) => Ok(section),
        Some(_) | None => Err(error(
            "no-descriptor",
            format!("the binary has no `{SECTION}` section, so nobody can tell what it calls"),
            "build it with `linchpin_host::bindings!`, and keep that section when stripping",
        )),
    }
}

/// The descriptors of a section's bytes.
pub(crate) fn of_section(section: &[u8]) -> Result<Vec<Descriptor>, Error> {
    let descriptors = decode_all(section).map_err(|cause| error("descriptor", cause.to_string(), AGAIN))?;
    let offers = |descriptor: &Descriptor| descriptor.world.imported_functions().next().is_some();
    if !descriptors.iter().any(|descriptor| calls(descriptor) || offers(descriptor)) {
        return Err(nothing());
    }
    Ok(descriptors)
}

/// Refuses a firmware that a runtime of this kind can hold no module to: a device calls its modules, while a plug-in
/// host may offer functions and call none.
pub(crate) fn of_runtime(descriptors: &[Descriptor], runtime: Runtime) -> Result<(), Error> {
    match runtime {
        Runtime::Linchpin if !descriptors.iter().any(calls) => Err(nothing()),
        Runtime::Linchpin | Runtime::Wasmtime48 | Runtime::Wasmtime48Dynamic | Runtime::Composition => Ok(()),
    }
}

const AGAIN: &str = "extract it again with `linchpin inspect`, or build the firmware again";

fn calls(descriptor: &Descriptor) -> bool {
    !descriptor.functions.is_empty()
}

fn nothing() -> Error {
    let reason = "its descriptor lists no function, so there is nothing to hold a module to";
    error("no-descriptor", reason.to_owned(), AGAIN)
}

fn of_wasm(bytes: &[u8]) -> Result<Option<Cow<'_, [u8]>>, Error> {
    let mut found: Vec<&[u8]> = Vec::new();
    for payload in Parser::new(0).parse_all(bytes) {
        match payload {
            Ok(Payload::CustomSection(section)) if section.name() == SECTION => found.push(section.data()),
            Ok(_) => {}
            Err(cause) => return Err(damaged(&cause.to_string())),
        }
    }
    Ok((!found.is_empty()).then(|| Cow::Owned(found.concat())))
}

fn of_object(bytes: &[u8]) -> Result<Option<Cow<'_, [u8]>>, Error> {
    let kind = object::FileKind::parse(bytes).map_err(|_| {
        let reason = "it is neither an executable (ELF, Mach-O, PE, WebAssembly) nor a descriptor";
        error(
            "not-a-binary",
            reason.to_owned(),
            "name the firmware's executable, or a descriptor taken from it",
        )
    })?;
    if matches!(kind, object::FileKind::MachOFat32 | object::FileKind::MachOFat64) {
        let reason = "it is a universal binary, which holds several executables".to_owned();
        return Err(error("not-a-binary", reason, "take one out with `lipo -thin`"));
    }
    let file = object::File::parse(bytes).map_err(|cause| damaged(&cause.to_string()))?;
    let Some(section) = file.section_by_name(SECTION) else { return Ok(None) };
    section.uncompressed_data().map(Some).map_err(|cause| damaged(&cause.to_string()))
}

fn damaged(cause: &str) -> Error {
    error("damaged-binary", format!("the binary is damaged: {cause}"), "copy or build it again")
}

fn error(code: &'static str, reason: String, help: &str) -> Error {
    Error::Artefact { named: NamedBy::default(), code, reason, help: help.to_owned() }
}
