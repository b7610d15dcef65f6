//! Components composed with components: the subtyping of wasmparser, which `wac` and `wasm-tools` ask.
//!
//! Everything is compared by its exact name: interfaces with their version, and types. A component lists all types of
//! what it exports, and of its imports those that it uses, with every resource.

use std::collections::HashSet;
use std::sync::Arc;

use linchpin_contract::{Function, Interface, TypeDef, World, WorldItem};

use super::compare::{At, Comparison, by_name};
use super::fault::{Edge, Fault, FaultKind};
use super::policy::COMPOSITION;
use super::resources::{Matching, Meeting, is_resource, world_type};
use super::wasmtime::missing;

pub(super) fn faults(host: &World, guest: &World) -> Vec<Fault> {
    let mut cx = Comparison::new(COMPOSITION, Meeting::new(host, guest, Matching::Exact));
    let used = Some(used(guest));
    let sides = Sides { edge: Edge::HostToGuestImport, wanted: &guest.imports, given: &host.imports, used };
    sides.compare(&mut cx);
    let (wanted, given) = (&host.exports, &guest.exports);
    let sides = Sides { edge: Edge::GuestExportToHost, wanted, given, used: None };
    sides.compare(&mut cx);
    cx.faults
}

/// What one side needs and the other gives.
struct Sides<'a> {
    edge: Edge,
    wanted: &'a [WorldItem],
    given: &'a [WorldItem],
    /// The types that are wanted; all of them where this is none.
    used: Option<HashSet<*const TypeDef>>,
}

/// Types that a component of this world has in its imports: those of functions, of what it exports, and of the world.
fn used(world: &World) -> HashSet<*const TypeDef> {
    let mut used = HashSet::new();
    let mut visit = |def: &Arc<TypeDef>| used.insert(Arc::as_ptr(def));
    for item in world.imports.iter().chain(&world.exports) {
        match item {
            WorldItem::Interface(interface) => {
                interface.functions.iter().for_each(|function| function.each_declared(&mut visit));
            }
            WorldItem::Function(function) => function.each_declared(&mut visit),
            // What the world itself takes is there, used or not.
            WorldItem::Type(def) => {
                visit(def);
                def.each_declared(&mut visit);
            }
        }
    }
    for item in &world.exports {
        if let WorldItem::Interface(interface) = item {
            interface.types.iter().for_each(|def| def.each_declared(&mut visit));
        }
    }
    used
}

impl<'a> Sides<'a> {
    fn compare(&self, cx: &mut Comparison<'a>) {
        for item in self.wanted {
            match item {
                WorldItem::Interface(wanted) => match Matching::Exact.find(&wanted.id, self.given) {
                    Some(given) => self.interfaces(cx, wanted, given),
                    None => missing(cx, self.at(Some(wanted), Some(wanted), None), &wanted.id, self.given),
                },
                WorldItem::Function(wanted) => {
                    let given = self.given.iter().find_map(|item| match item {
                        WorldItem::Function(function) if function.name == wanted.name => Some(function),
                        WorldItem::Function(_) | WorldItem::Interface(_) | WorldItem::Type(_) => None,
                    });
                    self.functions(cx, self.at(None, None, Some(&wanted.name)), wanted, given);
                }
                WorldItem::Type(wanted) => {
                    let given = world_type(self.given, &wanted.name);
                    self.types(cx, self.at(None, None, Some(&wanted.name)), wanted, given);
                }
            }
        }
    }

    fn interfaces(&self, cx: &mut Comparison<'a>, wanted: &'a Interface, given: &'a Interface) {
        let types = by_name(given.types.iter().map(AsRef::as_ref), |def: &TypeDef| &def.name);
        let is_wanted = |def: &Arc<TypeDef>| {
            is_resource(def) || self.used.as_ref().is_none_or(|used| used.contains(&Arc::as_ptr(def)))
        };
        for def in wanted.types.iter().filter(|def| is_wanted(def)) {
            let at = self.at(Some(wanted), Some(given), Some(&def.name));
            self.types(cx, at, def, types.get(&*def.name).copied());
        }
        let functions = by_name(given.functions.iter(), |function| &function.name);
        for function in &wanted.functions {
            let at = self.at(Some(wanted), Some(given), Some(&function.name));
            self.functions(cx, at, function, functions.get(&*function.name).copied());
        }
    }

    fn functions(
        &self,
        cx: &mut Comparison<'a>,
        at: At<'a>,
        wanted: &'a Function,
        given: Option<&'a Function>,
    ) {
        let Some(given) = given else { return cx.whole(at, FaultKind::FunctionMissing) };
        let (host, guest) = self.ordered(wanted, given);
        cx.functions(at, host, guest);
    }

    fn types(&self, cx: &mut Comparison<'a>, at: At<'a>, wanted: &'a TypeDef, given: Option<&'a TypeDef>) {
        let Some(given) = given else { return cx.whole(at, FaultKind::TypeMissing) };
        let (host, guest) = self.ordered(wanted, given);
        match (is_resource(host), is_resource(guest)) {
            (true, true) => cx.resources(at, host, guest),
            (false, false) => cx.defs(at, host, guest),
            (true, false) | (false, true) => {
                let shown = |def: &TypeDef| format!("{} {}", def.kind.as_str(), def.name);
                cx.whole(at, FaultKind::Type { host: shown(host), guest: shown(guest) });
            }
        }
    }

    /// The host's first.
    fn ordered<T>(&self, wanted: T, given: T) -> (T, T) {
        match self.edge {
            Edge::HostToGuestImport => (given, wanted),
            Edge::GuestExportToHost => (wanted, given),
        }
    }

    fn at(
        &self,
        wanted: Option<&'a Interface>,
        given: Option<&'a Interface>,
        item: Option<&'a str>,
    ) -> At<'a> {
        let (host, guest) = self.ordered(wanted, given);
        let id = |interface: Option<&'a Interface>| interface.map(|interface| &interface.id);
        At { edge: self.edge, host: id(host), guest: id(guest), item }
    }
}
