//! Where the bytes of a component are, and how much memory it starts with.

use serde::{Deserialize, Serialize};
use wasmparser::{BinaryReader, MemorySectionReader};

use super::sections::{self, COMPONENT, CORE_MODULE, CUSTOM, HEADER_BYTES, Section};

/// Bytes of one part of a component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionSize {
    /// As `code`; `component types` is all that wraps the core module.
    pub section: String,
    /// With the section's header.
    pub bytes: usize,
}

/// The linear memory of a component.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// Pages of 64 KiB at the start.
    pub initial_pages: u64,
    /// The most it may grow to, if it says so.
    pub maximum_pages: Option<u64>,
}

/// The parts of a component or core module, largest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sizes {
    /// All of it.
    pub total_bytes: usize,
    /// Its parts, which sum to the total.
    pub sections: Vec<SectionSize>,
    /// Its first linear memory.
    pub memory: Memory,
}

impl Sizes {
    /// Measures a component or core module.
    ///
    /// # Errors
    /// The reason if the bytes are not well formed.
    pub fn measure(binary: &[u8]) -> Result<Self, String> {
        let mut sizes = Self { total_bytes: binary.len(), ..Self::default() };
        sizes.level(binary)?;
        sizes.sections.sort_by(|a, b| b.bytes.cmp(&a.bytes).then(a.section.cmp(&b.section)));
        Ok(sizes)
    }

    /// The bytes of one part; zero if there is none of that name.
    pub fn bytes_of(&self, section: &str) -> usize {
        self.sections.iter().find(|size| size.section == section).map_or(0, |size| size.bytes)
    }

    fn level(&mut self, binary: &[u8]) -> Result<(), String> {
        self.add("headers", HEADER_BYTES);
        let nests = sections::is_component(binary);
        for section in sections::sections(binary)? {
            match section.id {
                CORE_MODULE | COMPONENT if nests => {
                    self.add("headers", section.bytes - section.body.len());
                    self.level(section.body)?;
                }
                CUSTOM => self.add(custom(section.body), section.bytes),
                _ if nests => self.add("component types", section.bytes),
                _ => self.core(section)?,
            }
        }
        Ok(())
    }

    fn core(&mut self, section: Section<'_>) -> Result<(), String> {
        const MEMORY: u8 = 5;
        if section.id == MEMORY && self.memory == Memory::default() {
            self.memory = first_memory(section.body).map_err(|reason| reason.to_string())?;
        }
        self.add(core(section.id), section.bytes);
        Ok(())
    }

    fn add(&mut self, section: &str, bytes: usize) {
        match self.sections.iter_mut().find(|size| size.section == section) {
            Some(size) => size.bytes += bytes,
            None => self.sections.push(SectionSize { section: section.into(), bytes }),
        }
    }
}

fn first_memory(body: &[u8]) -> wasmparser::Result<Memory> {
    let reader = MemorySectionReader::new(BinaryReader::new(body, 0))?;
    let first = reader.into_iter().next().transpose()?;
    Ok(first
        .map_or_else(Memory::default, |ty| Memory { initial_pages: ty.initial, maximum_pages: ty.maximum }))
}

fn custom(body: &[u8]) -> &'static str {
    match BinaryReader::new(body, 0).read_string() {
        Ok(linchpin_contract::component_section::SECTION) => "stamp",
        Ok("name" | "component-name") => "names",
        Ok(_) | Err(_) => "custom",
    }
}

/// Sections of a core module that matter to a reader; the small ones are one group.
fn core(id: u8) -> &'static str {
    match id {
        10 => "code",
        11 => "data",
        1 | 3 | 7 => "core types and exports",
        _ => "memory and tables",
    }
}
