//! Worlds: what they import and export on two sides.

use std::collections::BTreeSet;

use linchpin_contract::{
    Error, Function, Interface, Package, PackageId, Stability, World, WorldItem, canonical_text,
};

use super::compare::{Compare, Group, Item, promised, shown_interface, shown_world};
use super::effect::{Effects, Lack};
use super::functions::Resources;
use super::lone::{Lone, Way, import_kind, interfaces, kind};
use super::packages::{PackagePair, is_nameless};
use super::site::Site;
use super::usage::{Use, callable, looked_up, unversioned};
use crate::bump::stands_for;
use crate::change::{Change, ItemKind};
use crate::pair::shown_function;

/// Two worlds, and what is known about them already.
struct WorldPair<'w> {
    before: &'w World,
    after: &'w World,
    /// Whether interfaces are compared here; otherwise their packages are, as a whole.
    whole: bool,
    /// Interfaces of the world's own package that went; that is reported once.
    gone: BTreeSet<&'w str>,
}

impl Compare<'_> {
    /// Compares the worlds of two packages.
    pub(super) fn worlds(&mut self, site: &Site, before: &Package, after: &Package) -> Result<(), Error> {
        // Worlds of `deps/` are for whoever builds against those packages.
        if !self.pairs.get(site.package).is_some_and(|pair| pair.own) {
            return Ok(());
        }
        let has = |name: &str| after.interfaces.iter().any(|other| other.id.name == name);
        let names = before.interfaces.iter().map(|interface| interface.id.name.as_str());
        let gone: BTreeSet<&str> = names.filter(|name| !has(name)).collect();
        for old in before.worlds.iter().filter(|world| promised(&world.stability)) {
            let site = Site { path: format!("{} > world {}", site.path, old.name), ..site.clone() };
            let item = Item { kind: ItemKind::World, name: &old.name, stability: &old.stability };
            match after.worlds.iter().find(|new| new.name == old.name) {
                Some(new) if promised(&new.stability) => {
                    let pair = WorldPair { before: old, after: new, whole: false, gone: gone.clone() };
                    self.world_pair(&site, &pair)?;
                }
                Some(new) => self.gate(&site, &item, &new.stability, (shown_world(old), shown_world(new))),
                None => {
                    let shown = (shown_world(old), crate::pair::shown_package(after));
                    let effects = self.world_effects(&site, Lack::After, old, &after.worlds);
                    self.item(&site, effects, &item, Change::Removed, shown);
                }
            }
        }
        let replaced = before
            .worlds
            .iter()
            .any(|old| promised(&old.stability) && !after.worlds.iter().any(|new| new.name == old.name));
        for new in after.worlds.iter().filter(|world| promised(&world.stability)) {
            let old = before.worlds.iter().find(|old| old.name == new.name);
            if !old.is_some_and(|old| promised(&old.stability)) {
                let site = Site { path: format!("{} > world {}", site.path, new.name), ..site.clone() };
                let item = Item { kind: ItemKind::World, name: &new.name, stability: &new.stability };
                let shown = (crate::pair::shown_package(before), shown_world(new));
                // Nobody was built for a new world, unless it stands where another one went.
                let effects = if replaced {
                    self.world_effects(&site, Lack::Before, new, &before.worlds)
                } else {
                    Effects::NONE
                };
                self.item(&site, effects, &item, Change::Added, shown);
            }
        }
        Ok(())
    }

    /// What it does that one side lacks a world: a world has no name at run time, so its items count, where no world
    /// of the other side has them.
    fn world_effects(&self, site: &Site, lack: Lack, world: &World, others: &[World]) -> Effects {
        let pair = self.pairs.get(site.package);
        let same_package = |one: Option<&PackageId>, other: Option<&PackageId>| {
            pair.is_some_and(|pair| {
                let both = [Some(&pair.before), Some(&pair.after)];
                both.contains(&one) && both.contains(&other)
            })
        };
        let stands = |item: &WorldItem, other: &WorldItem| match (item, other) {
            (WorldItem::Interface(one), WorldItem::Interface(other)) => {
                let (from, to) = (one.id.package.as_ref(), other.id.package.as_ref());
                let version = |id: Option<&PackageId>| id.and_then(|id| id.version.clone());
                unversioned(&one.id) == unversioned(&other.id)
                    && (same_package(from, to) || stands_for(version(from).as_ref(), version(to).as_ref()))
            }
            (WorldItem::Function(one), WorldItem::Function(other)) => {
                let (one_text, other_text) = (canonical_text(one), canonical_text(other));
                one.name == other.name && one_text.is_ok() && one_text.ok() == other_text.ok()
            }
            (WorldItem::Interface(_) | WorldItem::Function(_) | WorldItem::Type(_), _) => false,
        };
        let others = || others.iter().filter(|world| promised(&world.stability));
        let gone = |item: &WorldItem, way: Way| match item {
            WorldItem::Interface(interface) if !looked_up(interface, way.usage()) => false,
            WorldItem::Interface(_) | WorldItem::Function(_) => {
                !others().any(|world| way.of(world).iter().any(|other| stands(item, other)))
            }
            WorldItem::Type(_) => false,
        };
        let mut effects = Effects::NONE;
        for way in [Way::Import, Way::Export] {
            if way.of(world).iter().any(|item| gone(item, way)) {
                effects = effects.max(Effects::lacking(lack, way.usage()));
            }
        }
        effects
    }

    /// Compares sides of which one at least is a binary: as worlds, with all that they name.
    pub(super) fn world_lists(&mut self) -> Result<(), Error> {
        let (Some(before), Some(after)) = (joined(&self.before.worlds()?), joined(&self.after.worlds()?))
        else {
            return Ok(());
        };
        let package = self.package_pair(&before.package, &after.package);
        let site = Site::of_package(package, format!("world {}", before.name));
        self.world_pair(
            &site,
            &WorldPair { before: &before, after: &after, whole: true, gone: BTreeSet::new() },
        )
    }

    fn world_pair(&mut self, site: &Site, pair: &WorldPair<'_>) -> Result<(), Error> {
        // The world of a component has no name of its own.
        let named = [pair.after, pair.before].into_iter().find(|world| !is_nameless(&world.package));
        let site = Site { owner: format!("world `{}`", named.unwrap_or(pair.after).name), ..site.clone() };
        let (before, after) = (group(pair.before), group(pair.after));
        // A resource of the world itself is one that it imports.
        let own = Site { usage: Use::IMPORTED, ..site.clone() };
        let resources = Resources::of(&before, &after);
        self.resources(&own, &resources, &before, &after);
        for way in [Way::Import, Way::Export] {
            let site = Site { usage: way.usage(), on_sides: None, ..site.clone() };
            self.world_interfaces(&site, pair, way)?;
            let (before, after) = (way.of(pair.before), way.of(pair.after));
            self.world_functions(&site, pair, (&functions(before), &functions(after)), &resources)?;
        }
        self.types(&site, &before, &after, &resources.renamed)?;
        self.provenance(&site, pair.before, pair.after);
        Ok(())
    }

    fn world_interfaces(&mut self, site: &Site, pair: &WorldPair<'_>, way: Way) -> Result<(), Error> {
        let all_after = interfaces(way.of(pair.after));
        let (mut before, mut after) = (interfaces(way.of(pair.before)), all_after.clone());
        before.retain(|interface| promised(&interface.stability));
        after.retain(|interface| promised(&interface.stability));
        let paired = self.paired(&before, &after);
        for (one, other) in &paired {
            if let (Some(old), Some(new)) = (before.get(*one), after.get(*other)) {
                self.world_interface(site, pair, old, new)?;
            }
        }
        for (index, old) in before.iter().enumerate() {
            if paired.iter().any(|(one, _)| *one == index) {
                continue;
            }
            if let Some(gated) = all_after.iter().find(|new| new.id == old.id) {
                let (name, shown) = (old.id.to_string(), (shown_interface(old), shown_interface(gated)));
                let item = Item { kind: kind(site.usage), name: &name, stability: &old.stability };
                self.gate(site, &item, &gated.stability, shown);
                continue;
            }
            let own = old.id.package.as_ref() == Some(&pair.before.package);
            let reported = own && pair.gone.contains(old.id.name.as_str());
            if !reported {
                let shown = (shown_interface(old), shown_world(pair.after));
                let turned = way.turned(old, pair.before, pair.after);
                self.lone_interface(site, old, Lone { lack: Lack::After, others: &after, turned }, shown);
            }
        }
        for (index, new) in after.iter().enumerate() {
            if !paired.iter().any(|(_, other)| *other == index) {
                let shown = (shown_world(pair.before), shown_interface(new));
                let turned = way.turned(new, pair.after, pair.before);
                self.lone_interface(site, new, Lone { lack: Lack::Before, others: &before, turned }, shown);
            }
        }
        Ok(())
    }

    /// One interface that a world names on both sides.
    fn world_interface(
        &mut self,
        site: &Site,
        pair: &WorldPair<'_>,
        old: &Interface,
        new: &Interface,
    ) -> Result<(), Error> {
        let (from, to) = (old.id.package.as_ref(), new.id.package.as_ref());
        let package = match (from, to) {
            (Some(from), Some(to)) if pair.whole => {
                let index = self.package_pair(from, to);
                if let Some(pair) = self.pairs.get_mut(index) {
                    pair.named = true;
                    pair.looked_up |= looked_up(old, site.usage) && looked_up(new, site.usage);
                }
                Some(index)
            }
            (Some(from), Some(to)) => {
                self.pairs.iter().position(|pair| pair.before == *from && pair.after == *to)
            }
            (_, _) => None,
        };
        if let Some(package) = package.filter(|package| *package != site.package)
            && let Some(own) = self.pairs.get_mut(site.package)
        {
            own.needs.insert((package, Some(old.id.name.clone())));
        }
        let own = package.and_then(|package| self.pairs.get(package)).is_some_and(|pair| pair.own);
        let version = |id: Option<&PackageId>| id.and_then(|id| id.version.clone());
        if !own && !stands_for(version(from).as_ref(), version(to).as_ref()) {
            let kind = import_kind(site.usage, callable(old) || callable(new));
            let item = Item { kind, name: &new.id.to_string(), stability: &Stability::Unknown };
            let shown = (shown_interface(old), shown_interface(new));
            let called = callable(old) || callable(new);
            let effects = Effects::lacking_interface(Lack::Both, site.usage, called);
            self.item(site, effects, &item, Change::Moved(old.id.to_string()), shown);
        }
        if pair.whole || from.is_none() {
            let site = Site {
                package: package.unwrap_or(site.package),
                interface: from.map(|_| old.id.name.clone()),
                path: old.id.to_string(),
                ..site.clone()
            };
            return self.interface(&site, old, new);
        }
        Ok(())
    }

    fn world_functions(
        &mut self,
        site: &Site,
        pair: &WorldPair<'_>,
        (before, after): (&[&Function], &[&Function]),
        resources: &Resources,
    ) -> Result<(), Error> {
        for old in before.iter().filter(|old| promised(&old.stability)) {
            match after.iter().find(|new| new.name == resources.now(&old.name)) {
                Some(new) if promised(&new.stability) => self.function_pair(site, old, new, resources)?,
                Some(new) => {
                    let item = Item { kind: kind(site.usage), name: &old.name, stability: &old.stability };
                    self.gate(site, &item, &new.stability, (shown_function(old), shown_function(new)));
                }
                None if resources.is_gone(&old.name) => {}
                None => {
                    let shown = (shown_function(old), shown_world(pair.after));
                    self.tell(old);
                    let effects = Effects::lacking(Lack::After, site.usage);
                    self.world_item(site, (kind(site.usage), &old.name), Lack::After, effects, shown);
                }
            }
        }
        let is_new = |new: &Function| {
            let then = before.iter().find(|old| old.name == resources.then(&new.name));
            promised(&new.stability)
                && !resources.is_new(&new.name)
                && !then.is_some_and(|old| promised(&old.stability))
        };
        for new in after.iter().filter(|new| is_new(new)) {
            let shown = (shown_world(pair.before), shown_function(new));
            let effects = Effects::lacking(Lack::Before, site.usage);
            self.world_item(site, (kind(site.usage), &new.name), Lack::Before, effects, shown);
        }
        Ok(())
    }

    /// Pairs interfaces of one name: the very version first, then those whose packages are paired, then those of a
    /// track, then what is left.
    fn paired(&self, before: &[&Interface], after: &[&Interface]) -> Vec<(usize, usize)> {
        let version = |interface: &Interface| interface.id.package.as_ref().and_then(|id| id.version.clone());
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for pass in 0..4 {
            for (index, old) in before.iter().enumerate() {
                let fits = |new: &Interface| match pass {
                    0 => old.id == new.id,
                    1 => self.pairs.iter().any(|pair| {
                        old.id.package.as_ref() == Some(&pair.before)
                            && new.id.package.as_ref() == Some(&pair.after)
                            && old.id.name == new.id.name
                    }),
                    2 => {
                        unversioned(&old.id) == unversioned(&new.id)
                            && stands_for(version(old).as_ref(), version(new).as_ref())
                    }
                    _ => unversioned(&old.id) == unversioned(&new.id),
                };
                let free =
                    |position: usize| !pairs.iter().any(|(one, other)| *one == index || *other == position);
                let found = after.iter().enumerate().find(|(position, new)| free(*position) && fits(new));
                pairs.extend(found.map(|(position, _)| (index, position)));
            }
        }
        pairs
    }

    /// The position of a package pair, which is made where there is none.
    fn package_pair(&mut self, before: &PackageId, after: &PackageId) -> usize {
        let same = |pair: &PackagePair| pair.before == *before && pair.after == *after;
        self.pairs.iter().position(same).unwrap_or_else(|| {
            let places = [self.before.package_place(before), self.after.package_place(after)];
            let pair = PackagePair::bare(before.clone(), after.clone(), places);
            self.pairs.push(pair);
            self.pairs.len() - 1
        })
    }
}

/// One world with the items of all.
fn joined(worlds: &[&World]) -> Option<World> {
    let mut joined = World::clone(worlds.first()?);
    for world in worlds.iter().skip(1) {
        for (all, more) in [(&mut joined.imports, &world.imports), (&mut joined.exports, &world.exports)] {
            for item in more {
                if !all.contains(item) {
                    all.push(item.clone());
                }
            }
        }
    }
    Some(joined)
}

fn functions(items: &[WorldItem]) -> Vec<&Function> {
    let functions = items.iter().filter_map(|item| match item {
        WorldItem::Function(function) => Some(function),
        WorldItem::Interface(_) | WorldItem::Type(_) => None,
    });
    functions.collect()
}

/// The types of a world, with its functions in both directions.
fn group(world: &World) -> Group<'_> {
    let both = || world.imports.iter().chain(&world.exports);
    let types = both().filter_map(|item| match item {
        WorldItem::Type(def) => Some(def),
        WorldItem::Interface(_) | WorldItem::Function(_) => None,
    });
    let functions = both().filter_map(|item| match item {
        WorldItem::Function(function) => Some(function),
        WorldItem::Interface(_) | WorldItem::Type(_) => None,
    });
    Group { functions: functions.collect(), types: types.collect(), shown: shown_world(world) }
}
