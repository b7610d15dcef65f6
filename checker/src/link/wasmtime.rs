//! A component in wasmtime 48: `Linker::instantiate_pre` for imports, typed or dynamic look-ups for exports.

use linchpin_contract::{Interface, InterfaceId, TypeDef, TypeKind, World, WorldItem};

use super::compare::{At, Comparison, by_name};
use super::fault::{Edge, Fault, FaultKind};
use super::policy::Policy;
use super::resources::{Matching, Meeting, is_resource, world_type};
use crate::matching::same_name;

pub(super) fn faults(policy: Policy, host: &World, guest: &World) -> Vec<Fault> {
    let mut cx = Comparison::new(policy, Meeting::new(host, guest, Matching::Track));
    for item in &guest.imports {
        import(&mut cx, item);
    }
    for item in &host.exports {
        export(&mut cx, item);
    }
    cx.faults
}

/// Something that the guest imports: the linker must hold it, unless it is only the name of a type.
fn import<'a>(cx: &mut Comparison<'a>, item: &'a WorldItem) {
    let host = cx.meeting.host;
    let at = At { edge: Edge::HostToGuestImport, host: None, guest: None, item: None };
    match item {
        WorldItem::Interface(wanted) => match Matching::Track.find(&wanted.id, &host.imports) {
            Some(offered) => imports(cx, offered, wanted),
            None if needs_nothing(wanted) => {}
            None => missing(cx, At { guest: Some(&wanted.id), ..at }, &wanted.id, &host.imports),
        },
        WorldItem::Function(wanted) => {
            let at = At { item: Some(&wanted.name), ..at };
            let offered = host.imports.iter().find_map(|item| match item {
                WorldItem::Function(function) if function.name == wanted.name => Some(function),
                WorldItem::Function(_) | WorldItem::Interface(_) | WorldItem::Type(_) => None,
            });
            match offered {
                Some(offered) => cx.functions(at, offered, wanted),
                None => cx.whole(at, FaultKind::FunctionMissing),
            }
        }
        WorldItem::Type(wanted) => {
            let offered = world_type(&host.imports, &wanted.name);
            resource(cx, At { item: Some(&wanted.name), ..at }, offered, wanted);
        }
    }
}

fn imports<'a>(cx: &mut Comparison<'a>, offered: &'a Interface, wanted: &'a Interface) {
    let at =
        At { edge: Edge::HostToGuestImport, host: Some(&offered.id), guest: Some(&wanted.id), item: None };
    let types = by_name(offered.types.iter().map(AsRef::as_ref), |def: &TypeDef| &def.name);
    for def in &wanted.types {
        resource(cx, At { item: Some(&def.name), ..at }, types.get(&*def.name).copied(), def);
    }
    functions(cx, at, &wanted.functions, offered, wanted);
}

/// Every one of these functions must be on both sides.
fn functions<'a>(
    cx: &mut Comparison<'a>,
    at: At<'a>,
    wanted: &'a [linchpin_contract::Function],
    host: &'a Interface,
    guest: &'a Interface,
) {
    let [hosts, guests] =
        [host, guest].map(|interface| by_name(interface.functions.iter(), |function| &function.name));
    for function in wanted {
        let at = At { item: Some(&function.name), ..at };
        match (hosts.get(&*function.name).copied(), guests.get(&*function.name).copied()) {
            (Some(host), Some(guest)) => cx.functions(at, host, guest),
            (None, _) | (_, None) => cx.whole(at, FaultKind::FunctionMissing),
        }
    }
}

/// A resource must come from the linker; another name for one that is known already need not, but if the linker has
/// that name, it must be for the same.
fn resource<'a>(cx: &mut Comparison<'a>, at: At<'a>, offered: Option<&'a TypeDef>, wanted: &'a TypeDef) {
    let defines = |def: &TypeDef| matches!(def.kind, TypeKind::Resource);
    match offered.filter(|def| defines(def)) {
        None if defines(wanted) => cx.whole(at, FaultKind::ResourceMissing),
        Some(offered) if !defines(wanted) && is_resource(wanted) => cx.resources(at, offered, wanted),
        None | Some(_) => {}
    }
}

/// Something that the host calls or looks up in the guest.
fn export<'a>(cx: &mut Comparison<'a>, item: &'a WorldItem) {
    let guest = cx.meeting.guest;
    let at = At { edge: Edge::GuestExportToHost, host: None, guest: None, item: None };
    match item {
        WorldItem::Interface(called) => match Matching::Track.find(&called.id, &guest.exports) {
            Some(given) => {
                let at = At { host: Some(&called.id), guest: Some(&given.id), ..at };
                functions(cx, at, &called.functions, called, given);
            }
            None => missing(cx, At { host: Some(&called.id), ..at }, &called.id, &guest.exports),
        },
        WorldItem::Function(called) => {
            let at = At { item: Some(&called.name), ..at };
            let given = guest.exports.iter().find_map(|item| match item {
                WorldItem::Function(function) if function.name == called.name => Some(function),
                WorldItem::Function(_) | WorldItem::Interface(_) | WorldItem::Type(_) => None,
            });
            match given {
                Some(given) => cx.functions(at, called, given),
                None => cx.whole(at, FaultKind::FunctionMissing),
            }
        }
        WorldItem::Type(_) => {}
    }
}

/// An import of types alone is satisfied by nothing.
fn needs_nothing(interface: &Interface) -> bool {
    let defines = |def: &TypeDef| matches!(def.kind, TypeKind::Resource);
    interface.functions.is_empty() && !interface.types.iter().any(|def| defines(def))
}

/// An interface that the other side lacks, or has in other versions only.
pub(super) fn missing<'a>(cx: &mut Comparison<'a>, at: At<'a>, wanted: &InterfaceId, items: &[WorldItem]) {
    let others = items.iter().filter_map(|item| match item {
        WorldItem::Interface(interface) if same_name(wanted, &interface.id) => Some(interface.id.clone()),
        WorldItem::Interface(_) | WorldItem::Function(_) | WorldItem::Type(_) => None,
    });
    let available: Vec<_> = others.collect();
    cx.whole(
        at,
        if available.is_empty() {
            FaultKind::InterfaceMissing
        } else {
            FaultKind::VersionTrackMissing { available }
        },
    );
}
