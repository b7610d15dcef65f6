//! A component in `linchpin-host`: pure functions alone, each with the very digest that the firmware was built for.

use linchpin_contract::{Function, ImpurityKind, InterfaceId, World, function_digest, impurities};

use super::fault::{Edge, Fault, FaultKind};
use super::policy::TYPED;
use super::resources::Matching;
use crate::matching::same_name;

pub(super) fn faults(host: &World, guest: &World) -> Vec<Fault> {
    let mut faults: Vec<_> = impurities(guest)
        .into_iter()
        .map(|impurity| match impurity.kind {
            ImpurityKind::Import => {
                fault(Edge::HostToGuestImport, None, Some(&impurity.path), FaultKind::ImportRefused)
            }
            _ => fault(Edge::GuestExportToHost, None, Some(&impurity.path), FaultKind::OutsidePureSubset),
        })
        .collect();
    if guest.exported_functions().next().is_none() {
        faults.push(fault(Edge::GuestExportToHost, None, None, FaultKind::NothingToCall));
    }
    for (interface, function) in host.exported_functions() {
        faults.extend(call(guest, interface, function));
    }
    faults
}

fn call(guest: &World, interface: Option<&InterfaceId>, called: &Function) -> Option<Fault> {
    let here = |kind| Some(fault(Edge::GuestExportToHost, interface, Some(&called.name), kind));
    let found = match interface {
        None => {
            guest.exported_functions().find(|(id, function)| id.is_none() && function.name == called.name)
        }
        Some(wanted) => match Matching::Track.find(wanted, &guest.exports) {
            None => return here(missing(guest, wanted)),
            Some(given) => {
                let functions = given.functions.iter().map(|function| (Some(&given.id), function));
                functions.into_iter().find(|(_, function)| function.name == called.name)
            }
        },
    };
    let Some((_, given)) = found else { return here(FaultKind::FunctionMissing) };
    match (function_digest(called), function_digest(given)) {
        (Ok(one), Ok(other)) if one == other => None,
        (Ok(_), Ok(_)) => here(FaultKind::Digest),
        (Err(_), _) | (_, Err(_)) => here(FaultKind::TooLarge),
    }
}

fn missing(guest: &World, wanted: &InterfaceId) -> FaultKind {
    let available: Vec<_> = guest
        .exported_interfaces()
        .filter(|interface| same_name(wanted, &interface.id))
        .map(|interface| interface.id.clone())
        .collect();
    if available.is_empty() {
        FaultKind::InterfaceMissing
    } else {
        FaultKind::VersionTrackMissing { available }
    }
}

fn fault(edge: Edge, interface: Option<&InterfaceId>, item: Option<&str>, kind: FaultKind) -> Fault {
    Fault {
        edge,
        interface: interface.cloned(),
        item: item.map(str::to_owned),
        path: Vec::new(),
        flow: None,
        level: TYPED.level(edge, &kind),
        kind,
    }
}
