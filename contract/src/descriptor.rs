//! Firmware descriptors: what a device binary says that it calls.
//!
//! `bindings!` leaves one record for each world in the link section [`SECTION`] of the firmware; the linker puts
//! the records of all crates one after another. A record is the magic `LPD1`, the payload's length in bytes as
//! little-endian `u32`, the payload, and zeros up to a multiple of 8.
//!
//! The payload is a core WebAssembly module without code, so that WIT tools read it too: its custom section
//! `component-type:linchpin` holds the encoded world, `linchpin:functions` the digests and tags as JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use wasm_encoder::{CustomSection, Module};
use wasmparser::{Parser, Payload};

use crate::digest::{Digest, function_digest};
use crate::error::Error;
use crate::model::World;
use crate::wit;

/// Name of the link section in ELF, PE and WebAssembly binaries; Mach-O has it in segment `__DATA`.
pub const SECTION: &str = "linchpin";

const MAGIC: &[u8] = b"LPD1";
const WORLD_SECTION: &str = "component-type:linchpin";
const FUNCTIONS_SECTION: &str = "linchpin:functions";

/// One world that a firmware calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Descriptor {
    /// The world, with the tags that its contract had when the firmware was built.
    pub world: World,
    /// Every function that the firmware may call, with the digest that it was compiled for.
    pub functions: Vec<DescribedFunction>,
}

/// One function that a firmware may call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DescribedFunction {
    /// As `acme:water-heater/control@1.0.0`; absent for a function of the world itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interface: Option<String>,
    /// As `plan`.
    pub name: String,
    /// SHA-256 over the function's canonical text.
    pub digest: Digest,
}

#[derive(Serialize, Deserialize)]
struct Functions<'a> {
    functions: Cow<'a, [DescribedFunction]>,
    tags: BTreeMap<String, String>,
}

/// The record for a world of the contract at `path`.
///
/// # Errors
/// Those of [`load_wit`](crate::load_wit) and of choosing the world.
pub fn encode(path: &Path, world: Option<&str>) -> Result<Vec<u8>, Error> {
    let source = wit::source(path)?;
    let contract = wit::contract(&source)?;
    let world = contract.select_world(world)?;
    let functions = described(world)?;
    let tags = wit::tag_lines(&source);
    let encoded = wit::encode_world(&source, &world.name)?;
    let json = serde_json::to_vec(&Functions { functions: Cow::Owned(functions), tags })
        .map_err(|error| broken(&error.to_string()))?;
    let mut module = Module::new();
    module.section(&CustomSection { name: WORLD_SECTION.into(), data: Cow::Owned(encoded) });
    module.section(&CustomSection { name: FUNCTIONS_SECTION.into(), data: Cow::Owned(json) });
    record(&module.finish())
}

/// The functions that a host of this world may call, with their digests.
///
/// # Errors
/// As [`function_digest`].
pub fn described(world: &World) -> Result<Vec<DescribedFunction>, Error> {
    let describe = |(interface, function): (Option<&crate::model::InterfaceId>, &crate::model::Function)| {
        Ok(DescribedFunction {
            interface: interface.map(ToString::to_string),
            name: function.name.clone(),
            digest: function_digest(function)?,
        })
    };
    world.exported_functions().map(describe).collect()
}

/// Every descriptor in a link section, in order, each once.
///
/// # Errors
/// [`Error::Descriptor`] where a record is cut short, is not of this format, or disagrees with itself.
pub fn decode_all(section: &[u8]) -> Result<Vec<Descriptor>, Error> {
    let mut descriptors: Vec<Descriptor> = Vec::new();
    let mut rest = section;
    loop {
        // Linkers align records, with zeros.
        let padding = rest.iter().take_while(|byte| **byte == 0).count();
        rest = rest.get(padding..).unwrap_or_default();
        if rest.is_empty() {
            return Ok(descriptors);
        }
        let (payload, after) = split_record(rest)?;
        let descriptor = decode(payload)?;
        if !descriptors.contains(&descriptor) {
            descriptors.push(descriptor);
        }
        rest = after;
    }
}

fn record(payload: &[u8]) -> Result<Vec<u8>, Error> {
    let length = u32::try_from(payload.len()).map_err(|_| broken("the world is over 4 GiB long"))?;
    let mut record = [MAGIC, &length.to_le_bytes(), payload].concat();
    record.resize(record.len().next_multiple_of(8), 0);
    Ok(record)
}

fn split_record(bytes: &[u8]) -> Result<(&[u8], &[u8]), Error> {
    let body = bytes.strip_prefix(MAGIC).ok_or_else(|| {
        broken("a record does not begin with `LPD1`: it was made by another version of Linchpin, or is not a descriptor")
    })?;
    let cut = || broken("a record is cut short: was the whole section copied?");
    let (length, body) = body.split_first_chunk::<4>().ok_or_else(cut)?;
    let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| cut())?;
    body.split_at_checked(length).ok_or_else(cut)
}

fn decode(payload: &[u8]) -> Result<Descriptor, Error> {
    let mut world = None;
    let mut functions = None;
    for part in Parser::new(0).parse_all(payload) {
        match part.map_err(|error| broken(&error.to_string()))? {
            Payload::CustomSection(section) if section.name() == WORLD_SECTION => {
                world = Some(section.data())
            }
            Payload::CustomSection(section) if section.name() == FUNCTIONS_SECTION => {
                functions = Some(section.data());
            }
            _ => {}
        }
    }
    let world = world.ok_or_else(|| broken("a record holds no world"))?;
    let functions = functions.ok_or_else(|| broken("a record holds no functions"))?;
    let functions: Functions<'_> = serde_json::from_slice(functions)
        .map_err(|error| broken(&format!("its functions are unreadable: {error}")))?;
    let world = wit::load_encoded_world_with_tags(world, &functions.tags)?;
    if in_order(&described(&world)?) != in_order(&functions.functions) {
        return Err(broken(
            "its digests are not those of its own world: it was altered, or made by another version",
        ));
    }
    Ok(Descriptor { world, functions: functions.functions.into_owned() })
}

/// Functions in an order of their own: an encoded world has those of resources first, wherever its text has them.
fn in_order(functions: &[DescribedFunction]) -> Vec<&DescribedFunction> {
    let mut ordered: Vec<_> = functions.iter().collect();
    ordered.sort_by_key(|function| (&function.interface, &function.name));
    ordered
}

fn broken(reason: &str) -> Error {
    Error::Descriptor { reason: reason.to_owned() }
}
