//! One host and one guest, asked of the checker and of every runtime.

use std::fmt;

use linchpin_checker::link::{Edge, Fault, FaultKind, Link, link};
use linchpin_checker::system::Runtime;
use linchpin_checker::verdict::PairLevel;
use linchpin_contract::World;
use wasmtime::component::Component;

use super::build::{self, Parsed};
use super::runtime::host::{self, Host};
use super::runtime::wasmtime::{Functions, Outcome};
use super::runtime::{composition, loader, wasmtime as oracle};
use super::wit::Wit;

/// The engines of all runtimes.
pub struct Engines {
    wasmtime: wasmtime::Engine,
    linchpin: linchpin_host::Engine,
}

impl Engines {
    /// One of each.
    ///
    /// # Errors
    /// What an engine says.
    pub fn new() -> Result<Self, String> {
        let wasmtime = oracle::engine().map_err(|error| format!("{error:#}"))?;
        let config = linchpin_host::EngineConfig::deterministic();
        let linchpin = linchpin_host::Engine::new(config).map_err(|error| error.to_string())?;
        Ok(Self { wasmtime, linchpin })
    }
}

/// A world as a host has it.
pub struct HostSide {
    /// Its text.
    pub text: String,
    parsed: Parsed,
    host: Host,
    world: World,
}

/// A world as a component has it.
pub struct GuestSide {
    /// The text that it was built from.
    pub text: String,
    bytes: Vec<u8>,
    component: Component,
    world: World,
}

impl HostSide {
    /// Reads a world.
    ///
    /// # Errors
    /// Why it cannot be one, or why the harness cannot hold it.
    pub fn new(wit: &Wit) -> Result<Self, String> {
        Self::of_text(wit.to_string())
    }

    /// Reads a world from its text, which has no other.
    ///
    /// # Errors
    /// As [`HostSide::new`].
    pub fn of_text(text: String) -> Result<Self, String> {
        let parsed = build::parse(&text)?;
        let host = host::host(&parsed.resolve, parsed.world)?;
        let world = build::host_world(&text)?;
        Ok(Self { text, parsed, host, world })
    }
}

impl GuestSide {
    /// Builds a component.
    ///
    /// # Errors
    /// Why there can be none.
    pub fn new(engines: &Engines, wit: &Wit) -> Result<Self, String> {
        let text = wit.to_string();
        let bytes = build::component(&build::parse(&text)?)?;
        Self::of_bytes(engines, text, bytes)
    }

    /// Reads a component that was built from this text.
    ///
    /// # Errors
    /// What wasmtime or the contract crate says of it.
    pub fn of_bytes(engines: &Engines, text: String, bytes: Vec<u8>) -> Result<Self, String> {
        let component =
            Component::new(&engines.wasmtime, &bytes).map_err(|error| format!("compile: {error:#}"))?;
        let world = linchpin_contract::load_component(&bytes).map_err(|error| error.to_string())?;
        Ok(Self { text, bytes, component, world })
    }
}

/// Where the checker and a runtime disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// The runtime.
    pub runtime: Runtime,
    /// What both say.
    pub words: String,
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", runtime_name(self.runtime), self.words)
    }
}

/// A runtime as `linchpin.toml` names it.
#[must_use]
pub fn runtime_name(runtime: Runtime) -> String {
    serde_json::to_string(&runtime).unwrap_or_default().trim_matches('"').to_owned()
}

impl GuestSide {
    /// What wasmtime does with it on a host whose functions are typed.
    ///
    /// # Errors
    /// What the harness itself could not do.
    pub fn on(&self, engines: &Engines, host: &HostSide) -> Result<Outcome, String> {
        oracle::meet(&engines.wasmtime, Functions::Typed, &host.host, &self.component)
            .map_err(|error| format!("{error:#}"))
    }
}

/// Whether Linchpin's own loader is asked too: it compiles for each pair, and refuses all that is not pure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loader {
    /// Ask it.
    Asked,
    /// Do not.
    Skipped,
}

/// What the checker says of a pair, once every runtime was asked.
pub struct Judged {
    /// The checker's word for each runtime that was asked.
    pub links: Vec<(Runtime, Link)>,
    /// Everything on which a runtime disagrees.
    pub disagreements: Vec<Disagreement>,
}

/// Asks everyone.
///
/// # Errors
/// What the harness itself could not do.
pub fn judge(
    engines: &Engines,
    host: &HostSide,
    guest: &GuestSide,
    loader: Loader,
) -> Result<Judged, String> {
    let mut judged = Judged { links: Vec::new(), disagreements: Vec::new() };
    for (runtime, functions) in
        [(Runtime::Wasmtime48, Functions::Typed), (Runtime::Wasmtime48Dynamic, Functions::Dynamic)]
    {
        let said = link(runtime, &host.world, &guest.world);
        let done = oracle::meet(&engines.wasmtime, functions, &host.host, &guest.component)
            .map_err(|error| format!("{error:#}"))?;
        let differences = differences(&said, &done);
        judged.disagreements.extend(differences.into_iter().map(|words| Disagreement { runtime, words }));
        judged.links.push((runtime, said));
    }
    let composed = composition::meet(&host.parsed.resolve, host.parsed.world, &guest.bytes);
    judged.whole(Runtime::Composition, host, guest, composed);
    if loader == Loader::Asked {
        let loaded = loader::meet(&engines.linchpin, &host.world, &guest.bytes);
        judged.whole(Runtime::Linchpin, host, guest, loaded);
    }
    Ok(judged)
}

impl Judged {
    /// A runtime that says yes or no to the whole.
    fn whole(&mut self, runtime: Runtime, host: &HostSide, guest: &GuestSide, done: Result<(), String>) {
        let said = link(runtime, &host.world, &guest.world);
        if said.links() != done.is_ok() {
            let words =
                format!("the runtime says {}; the checker says {}", words(&done), faults(&said.faults));
            self.disagreements.push(Disagreement { runtime, words });
        }
        self.links.push((runtime, said));
    }
}

fn words(done: &Result<(), String>) -> String {
    match done {
        Ok(()) => "yes".to_owned(),
        Err(error) => format!("no: {error}"),
    }
}

fn faults(faults: &[Fault]) -> String {
    if faults.is_empty() {
        return "nothing is wrong".to_owned();
    }
    faults.iter().map(|fault| format!("\n    {:?} {fault}", fault.level)).collect()
}

/// Every call that wasmtime really accepts or refuses, where the checker says the opposite. Nothing where the two do
/// not link.
///
/// # Errors
/// What the harness itself could not do.
pub fn calls(engines: &Engines, host: &HostSide, guest: &GuestSide) -> Result<Vec<Disagreement>, String> {
    let said = link(Runtime::Wasmtime48, &host.world, &guest.world);
    if level(&said, Edge::HostToGuestImport) >= PairLevel::LinkFail {
        return Ok(Vec::new());
    }
    let called = oracle::call(&engines.wasmtime, &host.host, &guest.component)
        .map_err(|error| format!("{error:#}"))?;
    let mut found = Vec::new();
    for ((interface, name), result) in called {
        let fails = said.faults.iter().any(|fault| {
            let here = fault.interface.as_ref().map(ToString::to_string) == interface;
            let item = fault.item.as_deref().is_none_or(|item| item == name);
            // A foreign handle fails only once there is one to pass, and this host has no values.
            let seen = !matches!(fault.kind, FaultKind::Resource { .. }) || fault.level > PairLevel::CallFail;
            fault.edge == Edge::GuestExportToHost
                && here
                && item
                && seen
                && fault.level >= PairLevel::CallFail
        });
        if fails != result.is_err() {
            let (words, said) = (words(&result), faults(&said.faults));
            let words = format!("a call of `{name}`: the runtime says {words}; the checker says {said}");
            found.push(Disagreement { runtime: Runtime::Wasmtime48, words });
        }
    }
    Ok(found)
}

/// Everything in which the checker's word and wasmtime's differ: edges, and on the edge of exports each function.
#[must_use]
pub fn differences(said: &Link, done: &Outcome) -> Vec<String> {
    let fails = |fault: &&Fault| fault.level >= PairLevel::LinkFail;
    let mut found = Vec::new();
    let imports: Vec<_> =
        said.faults.iter().filter(fails).filter(|fault| fault.edge == Edge::HostToGuestImport).collect();
    match &done.imports {
        Ok(()) if imports.is_empty() => {}
        Err(error) if !imports.is_empty() => {
            if !imports.iter().any(|fault| is_named(fault, error)) {
                found.push(format!(
                    "imports: the runtime says {error}; the checker says {}",
                    faults(&said.faults)
                ));
            }
        }
        other => {
            let said = faults(&said.faults);
            found.push(format!("imports: the runtime says {}; the checker says {said}", words(other)));
        }
    }
    let on = |interface: &Option<String>, item: Option<&str>| {
        said.faults.iter().filter(fails).any(|fault| {
            fault.edge == Edge::GuestExportToHost
                && fault.interface.as_ref().map(ToString::to_string) == *interface
                && fault.item.as_deref() == item
        })
    };
    for name in &done.missing {
        if !on(&Some(name.clone()), None) {
            let said = faults(&said.faults);
            found.push(format!("exports: the runtime finds no `{name}`; the checker says {said}"));
        }
    }
    for ((interface, name), result) in done.exports.iter().flatten() {
        if result.is_err() != on(interface, Some(name)) {
            let of = interface.as_deref().unwrap_or("world");
            let (words, said) = (words(result), faults(&said.faults));
            found.push(format!("export `{of}` `{name}`: the runtime says {words}; the checker says {said}"));
        }
    }
    found.extend(not_missing(said, done));
    found
}

/// Interfaces that the checker misses and the runtime found.
fn not_missing(said: &Link, done: &Outcome) -> Vec<String> {
    let exports = said.faults.iter().filter(|fault| fault.edge == Edge::GuestExportToHost);
    let missing = exports.filter(|fault| {
        matches!(fault.kind, FaultKind::InterfaceMissing | FaultKind::VersionTrackMissing { .. })
    });
    let names = missing.filter_map(|fault| fault.interface.as_ref().map(ToString::to_string));
    names
        .filter(|name| done.exports.is_some() && !done.missing.contains(name))
        .map(|name| format!("exports: the checker misses `{name}`, which the runtime finds"))
        .collect()
}

/// The runtime stops at its first error; it must be one of the checker's.
fn is_named(fault: &Fault, error: &str) -> bool {
    let interface = fault.interface.as_ref().map(ToString::to_string);
    let interface = interface.is_none_or(|interface| error.contains(&format!("`{interface}`")));
    interface && fault.item.as_deref().is_none_or(|item| error.contains(&format!("`{item}`")))
}

/// The worst that the checker says of one edge.
#[must_use]
pub fn level(link: &Link, edge: Edge) -> PairLevel {
    let levels = link.faults.iter().filter(|fault| fault.edge == edge).map(|fault| fault.level);
    levels.max().unwrap_or(PairLevel::Ok)
}
