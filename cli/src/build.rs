//! `linchpin build`: a guest crate to a small, import-free, validated component.
//!
//! ```text
//! cargo metadata -> guest -> cargo rustc ─┐
//! guest.toml -> C bindings -> clang ──────┴-> core module -> componentise -> stamp -> file, sizes, digests
//! ```

mod c;
mod claim;
mod compile;
mod componentise;
mod guest;
mod imports;
mod inner_names;
mod memory;
mod profile;
mod record;
mod report;
mod sections;
mod shrink;
mod sizes;

use std::path::PathBuf;

use linchpin_contract::World;
use linchpin_contract::component_section::{self, Stamp, StampedInterface};

pub use imports::Import;
pub use report::{BuildReport, ExportedFunction};
pub use sizes::{Memory, SectionSize, Sizes};

use crate::console::{Color, Console, Exit};
use crate::error::Error;
use crate::{toolchain, write};

/// How to compile.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// Small: whole-program optimisation for size, trap-only panics, no names.
    #[default]
    Release,
    /// Checked arithmetic, debug assertions, panic messages and names.
    Debug,
}

/// What a guest is written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Language {
    /// A crate.
    #[default]
    Rust,
    /// A folder with a `guest.toml`.
    C,
}

/// Who a guest is, whatever it is written in.
#[derive(Debug, Clone)]
pub(crate) struct Identity {
    pub(crate) name: String,
    pub(crate) version: String,
    /// The build's own folder.
    pub(crate) target_folder: PathBuf,
}

/// What to build and how.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct BuildOptions {
    /// The guest's package name; without it the crate of the current folder. With `--lang c` the folder of `guest.toml`
    pub package: Option<String>,
    /// What the guest is written in: rust or c
    #[arg(long, value_enum, default_value_t, hide_possible_values = true, value_name = "LANGUAGE")]
    pub lang: Language,
    /// Path of the guest's or its workspace's `Cargo.toml`; with `--lang c` of its `guest.toml`
    #[arg(long, value_name = "PATH")]
    pub manifest_path: Option<PathBuf>,
    /// How to compile: release or debug
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    pub profile: Profile,
    /// Folder for the component; `target/linchpin` of the guest's workspace without it
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Refuse a guest that implements another world than this
    #[arg(long, value_name = "WORLD")]
    pub world: Option<String>,
    /// Hide cargo's progress
    #[arg(long, short)]
    pub quiet: bool,
    /// Colour of cargo's own messages.
    #[arg(skip)]
    pub color: Color,
}

/// Runs the command.
///
/// # Errors
/// As [`build()`].
pub fn run(options: &BuildOptions, console: &mut Console) -> Result<Exit, Error> {
    let options = BuildOptions { color: console.color, ..options.clone() };
    let report = build(&options)?;
    console.result(&report, BuildReport::to_text)?;
    Ok(Exit::Clean)
}

/// Builds one guest to a component file. The compiler's progress goes to standard error; nothing else is printed.
///
/// # Errors
/// If there is no such guest, the WebAssembly target cannot be installed, the guest does not compile, imports
/// anything, implements another world than asked for, or the result cannot be written.
pub fn build(options: &BuildOptions) -> Result<BuildReport, Error> {
    let (guest, module) = match options.lang {
        Language::Rust => {
            let guest = guest::find(options)?;
            toolchain::ensure_target(guest.folder())?;
            let module = compile::compile(&guest, options)?;
            (guest.identity, module)
        }
        Language::C => c::compile(options)?,
    };
    let made = componentise::componentise(&module, &guest, options)?;
    require_world(&made.world, &guest, options)?;

    let mut component = made.component;
    let exports = linchpin_contract::load_component(&component)
        .map_err(|source| Error::Component { package: guest.name.clone(), source: Box::new(source) })?;
    let stamped = stamp(&guest, &made.world, &exports)
        .and_then(|stamp| component_section::append(&mut component, &stamp));
    stamped.map_err(|source| Error::Component { package: guest.name.clone(), source: Box::new(source) })?;

    let folder = options.out.clone().unwrap_or_else(|| guest.target_folder.join("linchpin"));
    let output = folder.join(format!("{}.wasm", guest.name));
    write::replace(&output, &component)?;
    let sizes = Sizes::measure(&component)
        .map_err(|reason| Error::Componentise { package: guest.name.clone(), reason })?;
    let previous = record::exchange(&output, options.profile, &sizes)?;
    let output =
        report::Output { path: output, component, sizes, previous, std_code_bytes: made.std_code_bytes };
    report::report(&guest, made.world, &exports, options.profile, output)
}

fn require_world(world: &str, guest: &Identity, options: &BuildOptions) -> Result<(), Error> {
    let Some(wanted) = &options.world else { return Ok(()) };
    // `heater`, `acme:water-heater/heater` and `acme:water-heater/heater@1.0.0` all name it.
    let unversioned = world.split('@').next().unwrap_or(world);
    let short = unversioned.rsplit('/').next().unwrap_or(unversioned);
    if [world, unversioned, short].contains(&wanted.as_str()) {
        return Ok(());
    }
    Err(Error::OtherWorld { package: guest.name.clone(), wanted: wanted.clone(), found: world.into() })
}

fn stamp(guest: &Identity, world: &str, exports: &World) -> Result<Stamp, linchpin_contract::Error> {
    let interfaces = exports
        .exported_interfaces()
        .map(|interface| {
            let digest = linchpin_contract::interface_digest(interface)?;
            Ok(StampedInterface { name: interface.id.to_string(), digest })
        })
        .collect::<Result<_, linchpin_contract::Error>>()?;
    Ok(Stamp {
        guest: guest.name.clone(),
        guest_version: guest.version.clone(),
        world: world.into(),
        interfaces,
    })
}
