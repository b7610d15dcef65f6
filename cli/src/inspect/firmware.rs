//! A firmware: which functions it calls, by the descriptors in its binary.

use std::path::Path;

use linchpin_contract::descriptor;
use object::{Object as _, ObjectSection as _};
use serde::Serialize;

use super::function::{self, FunctionReport};
use crate::console::{BOLD, DIM, GOOD, styled};
use crate::error::Error;
use crate::{read, text};

/// What a firmware calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FirmwareReport {
    /// The file's name, without its folder.
    pub file: String,
    /// One for each world that it was compiled for.
    pub descriptors: Vec<DescriptorReport>,
}

/// One world that a firmware was compiled for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DescriptorReport {
    /// As `acme:water-heater/heater@1.0.0`.
    pub world: String,
    /// The functions that it calls.
    pub calls: Vec<FunctionReport>,
}

/// Reads the descriptors of a native binary.
pub(super) fn inspect(path: &Path) -> Result<FirmwareReport, Error> {
    let wanted = "a native binary";
    let bytes = read::bytes(path, wanted, read::BINARY_LIMIT_BYTES)?;
    let malformed =
        |reason: object::Error| Error::Malformed { path: path.into(), wanted, reason: reason.to_string() };
    let binary = object::File::parse(&*bytes).map_err(malformed)?;
    let section = binary.section_by_name(descriptor::SECTION);
    let section = section.ok_or_else(|| Error::NoDescriptor { path: path.into() })?;
    descriptors(path, section.data().map_err(malformed)?)
}

/// Reads descriptor records.
pub(super) fn descriptors(path: &Path, records: &[u8]) -> Result<FirmwareReport, Error> {
    let broken = |source| Error::Contract { path: path.into(), source: Box::new(source) };
    let descriptors = descriptor::decode_all(records).map_err(broken)?;
    if descriptors.is_empty() {
        return Err(Error::NoDescriptor { path: path.into() });
    }
    let descriptors = descriptors.iter().map(|descriptor| {
        Ok(DescriptorReport {
            world: text::world_name(&descriptor.world),
            calls: FunctionReport::all(descriptor.world.exported_functions())?,
        })
    });
    Ok(FirmwareReport {
        file: text::file_name(path),
        descriptors: descriptors.collect::<Result<_, _>>().map_err(broken)?,
    })
}

impl FirmwareReport {
    /// The report for people.
    pub fn to_text(&self) -> String {
        let mut out = format!("{} {}\n", styled(GOOD, "firmware"), styled(BOLD, &self.file));
        for descriptor in &self.descriptors {
            out.push_str(&format!("  {} {}\n", styled(DIM, "world"), descriptor.world));
        }
        out.push('\n');
        for descriptor in &self.descriptors {
            out.push_str(&function::list("calls", &descriptor.calls));
        }
        out
    }
}
