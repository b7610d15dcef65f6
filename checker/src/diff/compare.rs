//! The comparison as it goes: where it is, what it found, and the walk over packages and interfaces.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use linchpin_contract::{Error, Function, Interface, Package, Stability, TypeDef, World};

use super::docs;
use super::effect::{Effects, Lack};
use super::packages::{PackagePair, pairs};
use super::replaced::Replaced;
use super::site::{Found, Site, Within};
use super::source::Source;
use super::usage::{Usage, callable};
use crate::change::{Change, ItemChange, ItemKind};
use crate::pair::shown_package;
use crate::rule::{Check, Frame, Shown, Sink, Standing};
use crate::verdict::{Finding, Party};
use crate::walk;

/// A comparison under way.
pub(super) struct Compare<'a> {
    pub(super) before: &'a Source,
    pub(super) after: &'a Source,
    pub(super) usage: Usage<'a>,
    pub(super) pairs: Vec<PackagePair>,
    pub(super) found: Vec<Found>,
    /// How many types that functions use changed, by the package that declares them. The functions show what
    /// changed, wherever they are.
    pub(super) changed_types: BTreeMap<Within, usize>,
    /// Types of both sides that lie in a function of which something was found.
    pub(super) told: HashSet<*const TypeDef>,
    /// Types that functions use, and that went or have other parts.
    pub(super) replaced: Vec<Replaced>,
}

impl<'a> Compare<'a> {
    pub(super) fn new(before: &'a Source, after: &'a Source) -> Self {
        let usage = Usage::of([before, after]);
        Self {
            before,
            after,
            usage,
            pairs: Vec::new(),
            found: Vec::new(),
            changed_types: BTreeMap::new(),
            told: HashSet::new(),
            replaced: Vec::new(),
        }
    }

    /// Compares everything that is there.
    pub(super) fn all(&mut self) -> Result<(), Error> {
        if self.before.is_text() && self.after.is_text() {
            self.contracts()?
        } else {
            self.world_lists()?
        }
        self.replaced_types();
        Ok(())
    }

    fn contracts(&mut self) -> Result<(), Error> {
        let (before, after) = (self.before.packages(), self.after.packages());
        let positions = pairs(before, after);
        for (one, other) in &positions {
            if let (Some(old), Some(new)) = (before.0.get(*one), after.0.get(*other)) {
                let own = *one < before.1 && *other < after.1;
                self.pairs.push(PackagePair::of(old, new, own, &self.usage));
            }
        }
        for (index, (one, other)) in positions.iter().enumerate() {
            if let (Some(old), Some(new)) = (before.0.get(*one), after.0.get(*other)) {
                self.handles(index, old);
                self.handles(index, new);
                self.package(index, old, new)?;
            }
        }
        self.strays(before, after, &positions);
        self.reliances(before, after);
        Ok(())
    }

    fn package(&mut self, index: usize, before: &Package, after: &Package) -> Result<(), Error> {
        let site = Site {
            gated: gated(before),
            old_version: before.id.version.clone(),
            ..Site::of_package(index, before.id.to_string())
        };
        if (&before.id.namespace, &before.id.name) != (&after.id.namespace, &after.id.name) {
            let shown = (shown_package(before), shown_package(after));
            let change = Change::Renamed(before.id.to_string());
            let callable = self.pairs.get(index).is_some_and(|pair| pair.looked_up);
            self.item(
                &site,
                Effects::lacking_interface(Lack::Both, site.usage, callable),
                &Item {
                    kind: ItemKind::Package,
                    name: &after.id.to_string(),
                    stability: &Stability::Unknown,
                },
                change,
                shown,
            );
        }
        self.interfaces(&site, before, after)?;
        self.worlds(&site, before, after)?;
        let changed = docs::changed(before, after);
        if !changed.is_empty() {
            let shown = (shown_package(before), shown_package(after));
            let owner = format!("package `{}`", before.id);
            let item =
                Item { kind: ItemKind::Docs, name: &docs::list(&changed), stability: &Stability::Unknown };
            self.item(&Site { owner, ..site }, Effects::NONE, &item, Change::Changed, shown);
        }
        Ok(())
    }

    /// Packages nested in the files of one side alone.
    fn strays(&mut self, before: (&[Package], usize), after: (&[Package], usize), paired: &[(usize, usize)]) {
        let (Some(old), Some(new)) = (before.0.first(), after.0.first()) else { return };
        let site = Site { gated: gated(old), ..Site::of_package(0, old.id.to_string()) };
        let sides = [(before, new, Change::Removed, Lack::After), (after, old, Change::Added, Lack::Before)];
        for (side, other, change, lack) in sides {
            for (index, package) in side.0.iter().enumerate().take(side.1) {
                let found = paired.iter().any(|(one, other)| match lack {
                    Lack::After => *one == index,
                    Lack::Before | Lack::Both => *other == index,
                });
                if found {
                    continue;
                }
                let shown = match lack {
                    Lack::After => (shown_package(package), shown_package(other)),
                    Lack::Before | Lack::Both => (shown_package(other), shown_package(package)),
                };
                let name = package.id.to_string();
                let item = Item { kind: ItemKind::Package, name: &name, stability: &Stability::Unknown };
                // Nobody was built for a package that was not there.
                let effects = match lack {
                    Lack::Before => Effects::NONE,
                    Lack::After | Lack::Both => Effects::lacking(lack, site.usage),
                };
                self.item(&site, effects, &item, change.clone(), shown);
            }
        }
    }

    fn interfaces(&mut self, site: &Site, before: &Package, after: &Package) -> Result<(), Error> {
        let own = self.pairs.get(site.package).is_some_and(|pair| pair.own);
        let old = |name: &str| before.interfaces.iter().find(|interface| interface.id.name == name);
        for interface in &before.interfaces {
            let site = self.interface_site(site, interface);
            let new = after.interfaces.iter().find(|other| other.id.name == interface.id.name);
            let item =
                Item { kind: ItemKind::Interface, name: &interface.id.name, stability: &interface.stability };
            match (promised(&interface.stability), new.filter(|new| promised(&new.stability)), new) {
                (true, Some(new), _) => self.interface(&site, interface, new)?,
                (true, None, Some(new)) => {
                    self.gate(&site, &item, &new.stability, shown_pair(interface, new))
                }
                // What lies in `deps/` is there in part, as far as it is needed.
                (true, None, None) if own => {
                    let shown = (shown_interface(interface), shown_package(after));
                    self.item(
                        &site,
                        Effects::lacking_interface(Lack::After, site.usage, callable(interface)),
                        &item,
                        Change::Removed,
                        shown,
                    );
                }
                (true | false, _, _) => {}
            }
        }
        let new = after.interfaces.iter().filter(|interface| promised(&interface.stability));
        for interface in new.filter(|new| !old(&new.id.name).is_some_and(|old| promised(&old.stability))) {
            if own {
                let site = self.interface_site(site, interface);
                let shown = (shown_package(before), shown_interface(interface));
                let item = Item {
                    kind: ItemKind::Interface,
                    name: &interface.id.name,
                    stability: &interface.stability,
                };
                // Nobody was built for it, so nobody misses it, unless a world names it; then that is a finding.
                self.item(&site, Effects::NONE, &item, Change::Added, shown);
            }
        }
        Ok(())
    }

    fn interface_site(&self, package: &Site, interface: &Interface) -> Site {
        Site {
            interface: Some(interface.id.name.clone()),
            path: interface.id.to_string(),
            owner: String::new(),
            usage: self.usage.of_interface(&interface.id),
            on_sides: Some(self.usage.on_sides(&interface.id)),
            ..package.clone()
        }
    }

    /// Compares two interfaces that are there for everyone.
    pub(super) fn interface(
        &mut self,
        site: &Site,
        before: &Interface,
        after: &Interface,
    ) -> Result<(), Error> {
        let site = Site { owner: format!("interface `{}`", before.id.name), ..site.clone() };
        let before = Group {
            functions: before.functions.iter().collect(),
            types: before.types.iter().collect(),
            shown: shown_interface(before),
        };
        let after = Group {
            functions: after.functions.iter().collect(),
            types: after.types.iter().collect(),
            shown: shown_interface(after),
        };
        let renamed = self.functions(&site, &before, &after)?;
        self.types(&site, &before, &after, &renamed)
    }

    /// Reports an item that was put behind a feature.
    pub(super) fn gate(&mut self, site: &Site, item: &Item<'_>, gate: &Stability, shown: (Shown, Shown)) {
        if let Stability::Unstable { feature, .. } = gate {
            let effects = Effects::lacking(Lack::After, site.usage);
            self.item(site, effects, item, Change::Gated(feature.clone()), shown);
        }
    }

    /// Runs the rules that look at items.
    pub(super) fn item(
        &mut self,
        site: &Site,
        effects: Effects,
        item: &Item<'_>,
        change: Change,
        (before, after): (Shown, Shown),
    ) {
        let change = ItemChange {
            kind: item.kind,
            name: item.name.to_owned(),
            owner: site.owner.clone(),
            before,
            after,
            notice: site.notice(item.stability),
            early: site.early(&change, item.stability),
            change,
        };
        self.run(site, effects, |check, sink| {
            if let Check::Item(check) = check {
                check(&change, sink);
            }
        });
    }

    /// Runs every rule with a look at its kind of check.
    pub(super) fn run(&mut self, site: &Site, effects: Effects, look: impl FnMut(&Check, &mut Sink<'_>)) {
        self.run_in(&self.frame(&site.path), site, effects, look);
    }

    /// As [`run`](Self::run), with the two sides as the frame has them.
    pub(super) fn run_in(
        &mut self,
        frame: &Frame,
        site: &Site,
        effects: Effects,
        look: impl FnMut(&Check, &mut Sink<'_>),
    ) {
        let mut findings = Vec::new();
        walk::run(frame, &[], &mut findings, look);
        for finding in findings {
            // What needs no step is about how the contract is written, not about what it does.
            let effects = if finding.bump.is_some() { effects } else { Effects::NONE };
            self.keep(site, finding, effects);
        }
    }

    /// Notes that something was found of a function, so that what became of its types is told.
    pub(super) fn tell(&mut self, function: &Function) {
        function.each_declared(&mut |def| self.told.insert(Arc::as_ptr(def)));
    }

    pub(super) fn keep(&mut self, site: &Site, finding: Finding, effects: Effects) {
        let (within, owner) = (BTreeSet::from([site.within()]), site.owner.clone());
        self.found.push(Found { finding, within, effects, owner });
    }

    pub(super) fn frame(&self, path: &str) -> Frame {
        let standing = |party, source: &Source| Standing { party, placeless: source.placeless() };
        Frame {
            before: standing(Party::Before, self.before),
            after: standing(Party::After, self.after),
            role: None,
            moves_first: None,
            path: path.to_owned(),
            hits: Vec::new(),
            root: String::new(),
        }
    }
}

/// An item as a change names it.
pub(super) struct Item<'i> {
    pub(super) kind: ItemKind,
    pub(super) name: &'i str,
    pub(super) stability: &'i Stability,
}

/// Functions and types that stand together: those of an interface, or of a world in one direction.
pub(super) struct Group<'a> {
    pub(super) functions: Vec<&'a linchpin_contract::Function>,
    pub(super) types: Vec<&'a Arc<TypeDef>>,
    pub(super) shown: Shown,
}

/// Whether an item is there for everyone, whatever features are on.
pub(super) fn promised(stability: &Stability) -> bool {
    match stability {
        Stability::Unknown | Stability::Since { .. } => true,
        Stability::Unstable { .. } => false,
    }
}

fn gated(package: &Package) -> bool {
    let has_gate = |stability: &Stability| *stability != Stability::Unknown;
    package.interfaces.iter().any(|interface| {
        has_gate(&interface.stability)
            || interface.functions.iter().any(|function| has_gate(&function.stability))
    }) || package.worlds.iter().any(|world| has_gate(&world.stability))
}

fn shown_pair(before: &Interface, after: &Interface) -> (Shown, Shown) {
    (shown_interface(before), shown_interface(after))
}

pub(super) fn shown_interface(interface: &Interface) -> Shown {
    Shown::new(interface.place.as_ref(), format!("interface {}", interface.id.name))
}

pub(super) fn shown_world(world: &World) -> Shown {
    Shown::new(world.place.as_ref(), format!("world {}", world.name))
}

pub(super) fn shown_type(def: &TypeDef) -> Shown {
    Shown::new(def.place.as_ref(), format!("{} {}", def.kind.as_str(), def.name))
}
