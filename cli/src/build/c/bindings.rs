//! Upstream's C bindings of a world, and the runtime that they call.

use std::path::{Path, PathBuf};

use linchpin_contract::load_wit;
use wit_bindgen_core::Files;
use wit_bindgen_core::wit_parser::Resolve;

use super::manifest::CGuest;
use crate::error::Error;
use crate::write;

/// What was written.
pub(super) struct Generated {
    /// The folder of `<world>.h`, and of the headers that there are instead of a standard library's.
    pub(super) headers: PathBuf,
    /// Files to compile and to link beside the guest's own.
    pub(super) sources: Vec<PathBuf>,
}

const RUNTIME: [(&str, &str); 3] = [
    ("stdlib.h", include_str!("../../../templates/c/stdlib.h")),
    ("string.h", include_str!("../../../templates/c/string.h")),
    ("linchpin_runtime.c", include_str!("../../../templates/c/runtime.c")),
];

/// Writes bindings and runtime into a folder of the build's own.
pub(super) fn write(guest: &CGuest, folder: &Path) -> Result<Generated, Error> {
    let broken = |source| Error::Contract { path: guest.wit.clone(), source: Box::new(source) };
    // Mistakes in the contract are told as everywhere else, with their lines.
    let contract = load_wit(&guest.wit).map_err(broken)?;
    let world = contract.select_world(guest.world.as_deref()).map_err(broken)?;
    let files = generate(&guest.wit, &world.name)
        .map_err(|reason| Error::Componentise { package: guest.name.clone(), reason })?;
    let own = RUNTIME.map(|(name, text)| (name, text.as_bytes()));
    let mut sources = Vec::new();
    for (name, bytes) in files.iter().chain(own) {
        let path = folder.join(name);
        write::replace(&path, bytes)?;
        if matches!(path.extension().and_then(|it| it.to_str()), Some("c" | "o")) {
            sources.push(path);
        }
    }
    Ok(Generated { headers: folder.to_path_buf(), sources })
}

fn generate(wit: &Path, world: &str) -> Result<Files, String> {
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_path(wit).map_err(|error| format!("{error:#}"))?;
    let world = resolve.select_world(&[package], Some(world)).map_err(|error| format!("{error:#}"))?;
    let mut files = Files::default();
    let mut generator = wit_bindgen_c::Opts::default().build();
    generator.generate(&mut resolve, world, &mut files).map_err(|error| format!("{error:#}"))?;
    Ok(files)
}
