//! Handles that read the same on two sides and mean two resources, since a world takes the resource from elsewhere.
//! No text of a function shows it; only the link of the two worlds does.

use std::collections::BTreeMap;

use linchpin_contract::World;

use super::compare::{Compare, shown_world};
use super::effect::Effects;
use super::site::Site;
use crate::link::{Edge, Fault, FaultKind, link};
use crate::rule::{Check, Frame, LinkFault};
use crate::system::Runtime;
use crate::verdict::{PairLevel, Role};

/// The fault of one item in each upgrade.
type Faults = BTreeMap<Role, Fault>;

impl Compare<'_> {
    /// Reports items of which nothing else was found, and whose handles are to two resources.
    pub(super) fn provenance(&mut self, site: &Site, before: &World, after: &World) {
        let mut items: BTreeMap<String, Faults> = BTreeMap::new();
        let upgrades = [
            (Role::HostUpgrade, link(Runtime::Wasmtime48, after, before).faults),
            (Role::ModuleUpgrade, link(Runtime::Wasmtime48, before, after).faults),
            (Role::Composition, composed(before, after)),
        ];
        for (role, faults) in upgrades {
            for fault in faults {
                let Some(item) = fault.item.clone() else { continue };
                if matches!(fault.kind, FaultKind::Resource { .. }) && !self.tells_of(&item, role) {
                    items.entry(item).or_default().entry(role).or_insert(fault);
                }
            }
        }
        for (item, faults) in items {
            self.report_provenance(site, (before, after), &item, &faults);
        }
    }

    /// Whether something was found of a function, and what that does in this upgrade.
    fn tells_of(&self, item: &str, role: Role) -> bool {
        self.found.iter().any(|found| {
            let function = found.finding.path.split(" > ").next().unwrap_or_default();
            let named =
                function.strip_suffix(item).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
            named && found.effects.of(role) >= PairLevel::CallFail
        })
    }

    fn report_provenance(&mut self, site: &Site, worlds: (&World, &World), item: &str, faults: &Faults) {
        let level = |role: Role| faults.get(&role).map_or(PairLevel::Ok, |fault| fault.level);
        let effects = Effects {
            host_upgrade: level(Role::HostUpgrade),
            module_upgrade: level(Role::ModuleUpgrade),
            composition: level(Role::Composition),
            data: PairLevel::Ok,
        };
        let frame = self.frame(&format!("{} > {item}", site.path));
        // The firmware is the older side where a module is upgraded, and the newer one where it is upgraded itself.
        let older = faults.get(&Role::ModuleUpgrade).or_else(|| faults.get(&Role::Composition));
        let (fault, frame, (firmware, module)) = match (older, faults.get(&Role::HostUpgrade)) {
            (Some(fault), _) => (fault, frame, worlds),
            (None, Some(fault)) => {
                let swapped = Frame { before: frame.after.clone(), after: frame.before.clone(), ..frame };
                (fault, swapped, (worlds.1, worlds.0))
            }
            (None, None) => return,
        };
        let fault = LinkFault { fault, firmware: shown_world(firmware), module: shown_world(module) };
        self.run_in(&frame, site, effects, |check, sink| {
            if let Check::Link(check) = check {
                check(&fault, sink);
            }
        });
    }
}

/// What keeps the newer side from providing what the older one consumes: as a host of its imports, and as a guest with
/// its exports. A world that exports what it imports is not even what it asks for itself, which is no change.
fn composed(before: &World, after: &World) -> Vec<Fault> {
    let on = |host: &World, guest: &World, edge: Edge| -> Vec<Fault> {
        let faults = link(Runtime::Composition, host, guest).faults.into_iter();
        faults.filter(|fault| fault.edge == edge).collect()
    };
    let mut faults = on(after, before, Edge::HostToGuestImport);
    if on(before, before, Edge::GuestExportToHost).is_empty() {
        faults.extend(on(before, after, Edge::GuestExportToHost));
    }
    faults
}
