//! What a build says of its result.

use std::path::PathBuf;

use linchpin_contract::World;
use serde::Serialize;

use super::Identity;
use super::{Profile, Sizes};
use crate::console::{BOLD, DIM, GOOD, WARN, styled};
use crate::error::Error;
use crate::text;

/// The result of one build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BuildReport {
    /// The guest's package name.
    pub package: String,
    /// The guest's package version.
    pub version: String,
    /// The world that it implements, as `acme:water-heater/heater@1.0.0`.
    pub world: String,
    /// How it was compiled.
    pub profile: Profile,
    /// The component's file.
    pub output: PathBuf,
    /// SHA-256 of the component's bytes.
    pub sha256: String,
    /// Where its bytes are, and its memory.
    pub sizes: Sizes,
    /// The sizes of the build before, where one is known.
    pub previous: Option<Sizes>,
    /// Bytes of its code that come from Rust's standard library; `core` and `alloc` are not counted.
    pub std_code_bytes: usize,
    /// What it exports.
    pub functions: Vec<ExportedFunction>,
}

/// One exported function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExportedFunction {
    /// As `acme:water-heater/control@1.0.0`; absent for a function of the world itself.
    pub interface: Option<String>,
    /// As `plan`.
    pub name: String,
    /// SHA-256 over the function's canonical text.
    pub digest: linchpin_contract::Digest,
}

/// What was written, and what was there before.
pub(super) struct Output {
    pub(super) path: PathBuf,
    pub(super) component: Vec<u8>,
    pub(super) sizes: Sizes,
    pub(super) previous: Option<Sizes>,
    pub(super) std_code_bytes: usize,
}

pub(super) fn report(
    guest: &Identity,
    world: String,
    exports: &World,
    profile: Profile,
    output: Output,
) -> Result<BuildReport, Error> {
    let functions = functions(exports)
        .map_err(|source| Error::Component { package: guest.name.clone(), source: Box::new(source) })?;
    Ok(BuildReport {
        package: guest.name.clone(),
        version: guest.version.clone(),
        world,
        profile,
        output: output.path,
        sha256: linchpin_contract::Digest::of(&output.component).to_string(),
        sizes: output.sizes,
        previous: output.previous,
        std_code_bytes: output.std_code_bytes,
        functions,
    })
}

/// The exported functions of a world with their digests.
pub(crate) fn functions(world: &World) -> Result<Vec<ExportedFunction>, linchpin_contract::Error> {
    world
        .exported_functions()
        .map(|(interface, function)| {
            Ok(ExportedFunction {
                interface: interface.map(ToString::to_string),
                name: function.name.clone(),
                digest: linchpin_contract::function_digest(function)?,
            })
        })
        .collect()
}

impl BuildReport {
    /// The report for people, at most 80 columns wide where names allow.
    pub fn to_text(&self) -> String {
        let mut out = format!(
            "{} {} {}\n      {} {}\n",
            styled(GOOD, "built"),
            styled(BOLD, &self.package),
            self.version,
            styled(DIM, "world"),
            self.world
        );
        out.push_str(&format!("       {} {}\n", styled(DIM, "file"), text::shown_path(&self.output)));
        out.push_str(&format!("     {} {}\n\n", styled(DIM, "sha256"), self.sha256));
        out.push_str(&self.size_table());
        out.push_str(&self.memory_line());
        out.push('\n');
        out.push_str(&text::function_list("exports", &self.functions));
        out.push_str(&self.remarks());
        out
    }

    fn size_table(&self) -> String {
        let mut rows = vec![["part".into(), "bytes".into(), "change".into()]];
        for size in &self.sizes.sections {
            rows.push([
                size.section.clone(),
                text::thousands(size.bytes),
                self.change(&size.section, size.bytes),
            ]);
        }
        let change = self
            .previous
            .as_ref()
            .map_or(String::new(), |last| difference(last.total_bytes, self.sizes.total_bytes));
        rows.push(["total".into(), text::thousands(self.sizes.total_bytes), change]);
        text::table(&rows)
    }

    fn change(&self, section: &str, bytes: usize) -> String {
        self.previous.as_ref().map_or(String::new(), |last| difference(last.bytes_of(section), bytes))
    }

    fn memory_line(&self) -> String {
        let memory = self.sizes.memory;
        let pages = if memory.initial_pages == 1 { "page" } else { "pages" };
        let maximum =
            memory.maximum_pages.map_or("no bound on growth".into(), |most| format!("at most {most}"));
        let kib = memory.initial_pages * 64;
        format!("  memory  {} {pages} at the start ({kib} KiB), {maximum}\n", memory.initial_pages)
    }

    fn remarks(&self) -> String {
        if self.std_code_bytes == 0 {
            return String::new();
        }
        let text = format!(
            "{} bytes of the code are Rust's `std` (allocator, panics and what they print).\n      \
             `#![no_std]` with `linchpin_guest::runtime!()` does without; in a guest `println!`\n      \
             is lost and clocks trap",
            text::thousands(self.std_code_bytes)
        );
        format!("\n{} {text}\n", styled(WARN, "note:"))
    }
}

fn difference(before: usize, now: usize) -> String {
    match now.cmp(&before) {
        std::cmp::Ordering::Equal => "=".into(),
        std::cmp::Ordering::Greater => format!("+{}", text::thousands(now - before)),
        std::cmp::Ordering::Less => format!("-{}", text::thousands(before - now)),
    }
}
