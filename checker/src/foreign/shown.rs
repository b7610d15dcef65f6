//! How a host that is not ours and a module look to a report: where each side stands, and which one is newer.

use linchpin_contract::{Interface, InterfaceId, PackageId, WorldItem, function_digest};

use super::{Meeting, function, ids};
use crate::known::Asker;
use crate::link::{Edge, Fault};
use crate::matching::nearest;
use crate::pair::shown_function;
use crate::rule::{Frame, Shown};
use crate::verdict::Party;

impl<'a> Meeting<'a> {
    /// Which side is the newer one: where one of them has nothing under that name, what it has beside it tells.
    pub(super) fn frame(
        &self,
        fault: &Fault,
        host: Option<&InterfaceId>,
        guest: Option<&InterfaceId>,
    ) -> Frame {
        let (offered, given) = match fault.edge {
            Edge::HostToGuestImport => (&self.host.imports, &self.module.world.imports),
            Edge::GuestExportToHost => (&self.host.exports, &self.module.world.exports),
        };
        // A host that has nothing of the package is as old as its own.
        let own = fault.interface.as_ref().filter(|wanted| {
            let names = |package: &PackageId| (package.namespace.clone(), package.name.clone());
            wanted.package.as_ref().map(names) == Some(names(&self.host.package))
        });
        let own = own.map(|wanted| InterfaceId {
            package: Some(self.host.package.clone()),
            name: wanted.name.clone(),
        });
        let item = fault.item.as_deref().unwrap_or_default();
        let frame = self.judge.frame(
            host.or_else(|| self.beside(fault, offered)).or(own.as_ref()),
            item,
            guest.or_else(|| self.beside(fault, given)),
        );
        let mut frame = Frame { path: path(fault), ..frame };
        // Nothing is missing from the contracts where a side has nothing there.
        for (side, has) in [(Party::Firmware, host.is_some()), (Party::Module, guest.is_some())] {
            let standing = if frame.before.party == side { &mut frame.before } else { &mut frame.after };
            if !has {
                standing.placeless.clear();
            }
        }
        frame
    }

    /// What a side has beside an interface that it lacks.
    pub(super) fn beside(&self, fault: &Fault, items: &'a [WorldItem]) -> Option<&'a InterfaceId> {
        fault.interface.as_ref().and_then(|wanted| nearest(wanted, &ids(items)))
    }

    pub(super) fn shown_host(&self, id: Option<&InterfaceId>, item: Option<&str>) -> Shown {
        match id {
            None => self.judge.known.world(self.host, Asker::Firmware).map_or_else(
                || Shown::new(None, format!("world {}", self.host.name)),
                |world| Shown::new(world.place.as_ref(), format!("world {}", world.name)),
            ),
            Some(id) => {
                let known = self.judge.known.interface(id, Asker::Firmware);
                shown_in(id, known, item)
            }
        }
    }

    pub(super) fn shown_module(&self, id: Option<&InterfaceId>, item: Option<&str>) -> Shown {
        let asker = Asker::Module(&self.module.name);
        let known = id.and_then(|id| Some((id, self.judge.known.interface(id, asker)?)));
        let shown = match (known, item) {
            (Some((id, known)), item) => Some(shown_in(id, Some(known), item)),
            (None, Some(name)) if id.is_none() => {
                let world = &self.module.world;
                let own =
                    function(&world.imports, None, name).or_else(|| function(&world.exports, None, name));
                own.and_then(|(_, own)| {
                    self.judge.known.function(None, own, function_digest(own).ok()?, asker)
                })
                .map(shown_function)
            }
            (None, _) => None,
        };
        shown
            .filter(|shown| shown.place.is_some())
            .unwrap_or_else(|| Shown::new(Some(&self.module.place), format!("module {}", self.module.name)))
    }
}

/// An interface as a report shows it, or the type of it that is meant.
fn shown_in(id: &InterfaceId, known: Option<&Interface>, item: Option<&str>) -> Shown {
    let def = known.and_then(|known| known.types.iter().find(|def| Some(def.name.as_str()) == item));
    match def {
        Some(def) => Shown::new(def.place.as_ref(), format!("{} {}", def.kind.as_str(), def.name)),
        None => Shown::new(known.and_then(|it| it.place.as_ref()), format!("interface {id}")),
    }
}

fn path(fault: &Fault) -> String {
    match (&fault.interface, &fault.item) {
        (Some(interface), Some(item)) => format!("{interface}.{item}"),
        (Some(interface), None) => interface.to_string(),
        (None, item) => item.clone().unwrap_or_default(),
    }
}
