//! What a world includes behind a feature. Upstream takes over the items and forgets the gate, so with every gate open
//! they would look as if they were there for everyone.

use super::files::Files;
use super::scan::gated_includes;
use super::{Gates, lower, resolve};
use crate::error::Error;
use crate::model::{Contract, Function, Interface, Stability, World, WorldItem};

/// Puts items of worlds that are there only with a feature behind that feature.
pub(super) fn gate(contract: &mut Contract, files: &Files) -> Result<(), Error> {
    let features: Vec<String> = files.texts().flat_map(|text| gated_includes(&text.text)).collect();
    if features.is_empty() {
        return Ok(());
    }
    let gate = Stability::Unstable { feature: features.join(", "), deprecated: None };
    let closed = resolve::source(files, Gates::Closed).and_then(|source| lower::contract(&source))?;
    for package in &mut contract.packages {
        let without = closed.packages.iter().find(|other| other.id == package.id);
        for world in &mut package.worlds {
            let without = without.and_then(|other| other.worlds.iter().find(|it| it.name == world.name));
            if let Some(without) = without {
                gate_items(world, without, &gate);
            }
        }
    }
    Ok(())
}

fn gate_items(world: &mut World, without: &World, gate: &Stability) {
    for (items, there) in [(&mut world.imports, &without.imports), (&mut world.exports, &without.exports)] {
        for item in items.iter_mut().filter(|item| !there.iter().any(|other| name(other) == name(item))) {
            let (WorldItem::Interface(Interface { stability, .. })
            | WorldItem::Function(Function { stability, .. })) = item
            else {
                continue;
            };
            if !matches!(stability, Stability::Unstable { .. }) {
                *stability = gate.clone();
            }
        }
    }
}

/// What tells the items of one direction apart.
fn name(item: &WorldItem) -> String {
    match item {
        WorldItem::Interface(interface) => interface.id.to_string(),
        WorldItem::Function(function) => function.name.clone(),
        WorldItem::Type(def) => def.name.clone(),
    }
}
