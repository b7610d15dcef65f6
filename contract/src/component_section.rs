//! The custom section that `linchpin build` appends to a component: which contract it was built against.
//!
//! It is a claim that helps people, and nothing more: verdicts are about the component's own types.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use wasm_encoder::{ComponentSection as _, CustomSection};
use wasmparser::{Parser, Payload};

use crate::digest::Digest;
use crate::error::Error;
use crate::wit::wasm_reason;

/// The section's name.
pub const SECTION: &str = "linchpin:contract";

/// What the section says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Name of the guest's crate.
    pub guest: String,
    /// Version of the guest's crate.
    pub guest_version: String,
    /// The world it was built for, as `acme:water-heater/heater@1.0.0`.
    pub world: String,
    /// Every exported interface with the digest that its contract had.
    pub interfaces: Vec<StampedInterface>,
}

/// One interface of a [`Stamp`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StampedInterface {
    /// As `acme:water-heater/control@1.0.0`.
    pub name: String,
    /// Its [interface digest](crate::interface_digest).
    pub digest: Digest,
}

/// Appends the section to a component's bytes.
///
/// # Errors
/// [`Error::Section`] if the stamp cannot be written as JSON.
pub fn append(component: &mut Vec<u8>, stamp: &Stamp) -> Result<(), Error> {
    let json = serde_json::to_vec(stamp).map_err(|error| Error::Section { reason: error.to_string() })?;
    CustomSection { name: SECTION.into(), data: Cow::Owned(json) }.append_to_component(component);
    Ok(())
}

/// Reads the section of a component, if it has one.
///
/// # Errors
/// [`Error::NotAComponent`] if the bytes are not WebAssembly, [`Error::Section`] if the section is unreadable.
pub fn read(component: &[u8]) -> Result<Option<Stamp>, Error> {
    let mut depth = 0_usize;
    for payload in Parser::new(0).parse_all(component) {
        match payload.map_err(|error| Error::NotAComponent { reason: wasm_reason(error) })? {
            // Nested modules and components may carry sections of their own, which say nothing of the whole.
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth = depth.saturating_sub(1),
            Payload::CustomSection(section) if depth == 0 && section.name() == SECTION => {
                let stamp = serde_json::from_slice(section.data());
                return stamp.map(Some).map_err(|error| Error::Section { reason: error.to_string() });
            }
            _ => {}
        }
    }
    Ok(None)
}
