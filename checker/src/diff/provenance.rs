//! Handles that read the same on two sides and mean two resources, since a world takes the resource from elsewhere.
//! No text of a function shows it; only the link of the two worlds does.

use std::collections::BTreeMap;

use linchpin_contract::World;

use super::compare::{Compare, Site, shown_world};
use super::effect::Effects;
use crate::link::{Fault, FaultKind, link};
use crate::rule::{Check, Frame, LinkFault};
use crate::system::Runtime;
use crate::verdict::{PairLevel, Role};

/// The faults of one function in both upgrades.
#[derive(Default)]
struct Both {
    host_upgrade: Option<Fault>,
    module_upgrade: Option<Fault>,
}

impl Compare<'_> {
    /// Reports functions of which nothing else was found, and whose handles are to two resources.
    pub(super) fn provenance(&mut self, site: &Site, before: &World, after: &World) {
        let mut functions: BTreeMap<String, Both> = BTreeMap::new();
        for (role, host, guest) in [(Role::HostUpgrade, after, before), (Role::ModuleUpgrade, before, after)]
        {
            for fault in link(Runtime::Wasmtime48, host, guest).faults {
                let Some(item) = fault.item.clone() else { continue };
                if matches!(fault.kind, FaultKind::Resource { .. }) && !self.tells_of(&item, role) {
                    let both = functions.entry(item).or_default();
                    let slot = match role {
                        Role::HostUpgrade => &mut both.host_upgrade,
                        Role::ModuleUpgrade | Role::Composition | Role::Data => &mut both.module_upgrade,
                    };
                    slot.get_or_insert(fault);
                }
            }
        }
        for (item, both) in functions {
            self.report_provenance(site, (before, after), &item, &both);
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

    fn report_provenance(&mut self, site: &Site, worlds: (&World, &World), item: &str, both: &Both) {
        let level = |fault: &Option<Fault>| fault.as_ref().map_or(PairLevel::Ok, |fault| fault.level);
        let effects = Effects {
            host_upgrade: level(&both.host_upgrade),
            module_upgrade: level(&both.module_upgrade),
            composition: PairLevel::LinkFail,
            data: PairLevel::Ok,
        };
        let frame = self.frame(&format!("{} > {item}", site.path));
        // The firmware is the older side where a module is upgraded, and the newer one where it is upgraded itself.
        let (fault, frame, (firmware, module)) = match (&both.module_upgrade, &both.host_upgrade) {
            (Some(fault), _) => (fault, frame, worlds),
            (None, Some(fault)) => {
                let swapped = Frame { before: frame.after.clone(), after: frame.before.clone(), ..frame };
                (fault, swapped, (worlds.1, worlds.0))
            }
            (None, None) => return,
        };
        let fault = LinkFault { fault, firmware: shown_world(firmware), module: shown_world(module) };
        self.run_in(&frame, site.package, effects, |check, sink| {
            if let Check::Link(check) = check {
                check(&fault, sink);
            }
        });
    }
}
