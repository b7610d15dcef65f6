//! WIT text: its package, interfaces and worlds.

use std::path::Path;

use linchpin_contract::{Digest, Interface, World, impurities};
use serde::Serialize;

use super::function::{self, FunctionReport};
use super::types;
use crate::console::{BOLD, DIM, GOOD, WARN, styled};
use crate::error::Error;
use crate::text;

/// What WIT text declares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContractReport {
    /// As `acme:water-heater@1.0.0`.
    pub package: String,
    /// Its interfaces.
    pub interfaces: Vec<InterfaceReport>,
    /// Its worlds.
    pub worlds: Vec<WorldReport>,
    /// Near misses of tags, each as one line.
    pub notes: Vec<String>,
}

/// One interface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InterfaceReport {
    /// As `acme:water-heater/control@1.0.0`.
    pub name: String,
    /// Over its functions.
    pub digest: Digest,
    /// Its functions.
    pub functions: Vec<FunctionReport>,
    /// Its types, each as WIT text.
    pub types: Vec<String>,
}

/// One world.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WorldReport {
    /// As `acme:water-heater/heater@1.0.0`.
    pub name: String,
    /// How many functions it exports.
    pub exported_functions: usize,
    /// What keeps it from being pure, each as one line.
    pub impurities: Vec<String>,
}

pub(super) fn inspect(path: &Path) -> Result<ContractReport, Error> {
    let broken = |source| Error::Contract { path: path.into(), source: Box::new(source) };
    let contract = linchpin_contract::load_wit(path).map_err(broken)?;
    let Some(package) = contract.main() else {
        let reason = "it declares no package".into();
        return Err(Error::Malformed { path: path.into(), wanted: "WIT", reason });
    };
    Ok(ContractReport {
        package: package.id.to_string(),
        interfaces: package.interfaces.iter().map(interface).collect::<Result<_, _>>().map_err(broken)?,
        worlds: package.worlds.iter().map(world).collect(),
        notes: contract.tag_notes.iter().map(note).collect(),
    })
}

fn note(note: &linchpin_contract::TagNote) -> String {
    let place = note.place.as_ref().map_or(String::new(), |place| format!("{place}: "));
    format!("{place}{}", note.message)
}

fn interface(interface: &Interface) -> Result<InterfaceReport, linchpin_contract::Error> {
    let functions = interface.functions.iter().map(|function| (Some(&interface.id), function));
    Ok(InterfaceReport {
        name: interface.id.to_string(),
        digest: linchpin_contract::interface_digest(interface)?,
        functions: FunctionReport::all(functions)?,
        types: types::of_interface(interface),
    })
}

fn world(world: &World) -> WorldReport {
    WorldReport {
        name: text::world_name(world),
        exported_functions: world.exported_functions().count(),
        impurities: impurities(world)
            .into_iter()
            .map(|it| format!("{}: {}", it.path, it.kind.reason()))
            .collect(),
    }
}

impl ContractReport {
    /// The report for people.
    pub fn to_text(&self) -> String {
        let mut out = format!("{} {}\n", styled(GOOD, "contract"), styled(BOLD, &self.package));
        for world in &self.worlds {
            let count = world.exported_functions;
            let functions = if count == 1 { "function" } else { "functions" };
            out.push_str(&format!(
                "  {} {}, {count} exported {functions}\n",
                styled(DIM, "world"),
                world.name
            ));
        }
        out.push('\n');
        for interface in &self.interfaces {
            out.push_str(&function::list("interface", &interface.functions));
            if interface.functions.is_empty() {
                out.push_str(&format!("{} {}\n", styled(DIM, "interface"), interface.name));
            }
            out.push_str(&types::list(&interface.types));
        }
        for impurity in self.worlds.iter().flat_map(|world| &world.impurities) {
            out.push_str(&format!("{} outside the pure subset: {impurity}\n", styled(WARN, "note:")));
        }
        for note in &self.notes {
            out.push_str(&format!("{} {note}\n", styled(WARN, "note:")));
        }
        out
    }
}
