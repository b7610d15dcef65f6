//! A firmware: which functions it calls, by the descriptors in its binary.

use std::path::Path;

use linchpin_checker::firmware;
use serde::Serialize;

use super::function::{self, FunctionReport};
use crate::console::{BOLD, DIM, GOOD, styled};
use crate::error::Error;
use crate::recognise::{self, Kind};
use crate::{read, text, write};

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

/// Reads the descriptors of a native or WebAssembly binary, or of a file of descriptor records; keeps the records
/// in a file of their own where one is asked for.
pub(super) fn inspect(path: &Path, extract: Option<&Path>) -> Result<FirmwareReport, Error> {
    let bytes = read::bytes(path, "a firmware", read::BINARY_LIMIT_BYTES)?;
    let unusable = |source| Error::Firmware { path: path.into(), source: Box::new(source) };
    let descriptors = firmware::descriptors(&bytes).map_err(unusable)?;
    if let Some(extract) = extract {
        let is_extracted = recognise::kind(&bytes) == Kind::Descriptor;
        let records = if is_extracted {
            bytes.as_slice().into()
        } else {
            firmware::section(&bytes).map_err(unusable)?
        };
        write::replace(extract, &records)?;
    }
    let broken = |source| Error::Contract { path: path.into(), source: Box::new(source) };
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
