//! The files of a made system.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use linchpin_contract::descriptor;
use wasm_encoder::{CustomSection, Encode};
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

use super::{Size, wit};
use crate::component::bounded_module;

/// What was made.
#[derive(Debug, Clone, Copy)]
pub struct Made {
    /// Modules times firmwares.
    pub pairs: usize,
    /// Different interfaces among them.
    pub distinct_interfaces: usize,
}

type Failure = Box<dyn std::error::Error>;

pub(super) fn make(folder: &Path, size: Size) -> Result<Made, Failure> {
    for name in ["modules", "firmware", "contracts/released"] {
        fs::create_dir_all(folder.join(name))?;
    }
    let mut descriptors = Vec::new();
    let mut components = Vec::new();
    for line in 0..size.lines {
        for edition in 0..size.editions {
            let path = contract(folder, line, edition, size)?;
            descriptors.push(descriptor::encode(&path, None)?);
            components.push(component(&path)?);
        }
    }
    let mut manifest = String::from(HEAD);
    manifest.push_str("\n[targets.device]\nruntime = \"linchpin\"\nfirmware = [\n");
    for firmware in 0..size.firmwares {
        let edition = firmware % size.editions;
        let worlds = descriptors.iter().skip(edition).step_by(size.editions);
        let name = format!("firmware/{firmware:03}.bin");
        fs::write(folder.join(&name), worlds.cloned().collect::<Vec<_>>().concat())?;
        writeln!(manifest, "    {{ version = \"3.{firmware}.0\", descriptor = \"{name}\" }},")?;
    }
    manifest.push_str("]\n");
    for module in 0..size.modules {
        let (line, edition) = size.provided(module);
        let component =
            components.get(line * size.editions + edition).ok_or("a system needs a line and an edition")?;
        let name = format!("modules/{module:05}.wasm");
        fs::write(folder.join(&name), own_bytes(component, module))?;
        write!(
            manifest,
            "\n[modules.module-{module:05}]\ncomponent = \"{name}\"\nversion = \"1.0.{module}\"\ntargets = [\"device\"]\n"
        )?;
    }
    fs::write(folder.join("linchpin.toml"), manifest)?;
    Ok(Made { pairs: size.modules * size.firmwares, distinct_interfaces: size.lines * size.editions })
}

const HEAD: &str = "[system]\nname = \"made\"\ncontracts = \"contracts\"\n";

/// Writes the released contract, and the last one as the current one too; returns the released file.
fn contract(folder: &Path, line: usize, edition: usize, size: Size) -> Result<std::path::PathBuf, Failure> {
    let text = wit::text(line, edition, size);
    if edition + 1 == size.editions {
        let current = folder.join(format!("contracts/line-{line}"));
        fs::create_dir_all(&current)?;
        fs::write(current.join("line.wit"), &text)?;
    }
    let released = folder.join(format!("contracts/released/line-{line}"));
    fs::create_dir_all(&released)?;
    let path = released.join(format!("{}.wit", wit::version(edition)));
    fs::write(&path, text)?;
    Ok(path)
}

/// A component of the right types, which traps when it is called.
fn component(wit: &Path) -> Result<Vec<u8>, Failure> {
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_path(wit)?;
    let world = resolve.select_world(&[package], None)?;
    let mut module = bounded_module(&resolve, world, 0)?;
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8)?;
    Ok(ComponentEncoder::default().module(&module)?.encode()?)
}

/// The component with a custom section, so that no two modules have the same bytes.
fn own_bytes(component: &[u8], module: usize) -> Vec<u8> {
    let mut bytes = component.to_vec();
    let section = CustomSection { name: "made".into(), data: module.to_string().into_bytes().into() };
    bytes.push(0);
    section.encode(&mut bytes);
    bytes
}
