//! Whole systems of any size, made from a few numbers: contracts of several editions, firmwares, components.
//!
//! A *line* is a product's contract (`acme:line-3`), an *edition* one of its versions. Each firmware calls every line
//! in one edition; each module provides one line. So every module meets every firmware, and the number of distinct
//! interfaces is `lines x editions`, however many modules and firmwares there are.

mod files;
pub mod measure;
mod wit;

use std::path::Path;

pub use files::Made;

/// How large a system is to be.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Modules, each a file of its own with bytes of its own.
    pub modules: usize,
    /// Firmwares of the only target.
    pub firmwares: usize,
    /// Functions of each contract.
    pub functions: usize,
    /// Contracts.
    pub lines: usize,
    /// Versions of each contract.
    pub editions: usize,
    /// Whether modules provide every edition, and not only the last one, which every firmware can use.
    pub mixed: bool,
    /// Whether the last edition of every line has one more field in a record, so that it breaks.
    pub breaking: bool,
}

impl Default for Size {
    fn default() -> Self {
        Self {
            modules: 1_000,
            firmwares: 50,
            functions: 5,
            lines: 20,
            editions: 5,
            mixed: false,
            breaking: false,
        }
    }
}

impl Size {
    /// The line and the edition of a module.
    fn provided(&self, module: usize) -> (usize, usize) {
        let edition = if self.mixed { module / self.lines % self.editions } else { self.editions - 1 };
        (module % self.lines, edition)
    }
}

/// Writes the system into a folder: `linchpin.toml`, `contracts/`, `firmware/`, `modules/`.
///
/// # Errors
/// If a file cannot be written, or the contract itself is not accepted, with the reason.
pub fn make(folder: &Path, size: Size) -> Result<Made, Box<dyn std::error::Error>> {
    files::make(folder, size)
}
