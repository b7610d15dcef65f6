//! Components composed with components: the subtyping of wasmparser, which `wac` and `wasm-tools` ask.
//!
//! Everything is compared by its exact name: interfaces with their version, types that nobody uses included.

use linchpin_contract::{Function, Interface, TypeDef, World, WorldItem};

use super::compare::{At, Comparison, by_name};
use super::fault::{Edge, Fault, FaultKind};
use super::policy::COMPOSITION;
use super::resources::{Matching, Meeting, is_resource, world_type};
use super::wasmtime::missing;

pub(super) fn faults(host: &World, guest: &World) -> Vec<Fault> {
    let mut cx = Comparison::new(COMPOSITION, Meeting::new(host, guest, Matching::Exact));
    let sides = Sides { edge: Edge::HostToGuestImport, wanted: &guest.imports, given: &host.imports };
    sides.compare(&mut cx);
    let sides = Sides { edge: Edge::GuestExportToHost, wanted: &host.exports, given: &guest.exports };
    sides.compare(&mut cx);
    cx.faults
}

/// What one side needs and the other gives.
struct Sides<'a> {
    edge: Edge,
    wanted: &'a [WorldItem],
    given: &'a [WorldItem],
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
        for def in &wanted.types {
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
