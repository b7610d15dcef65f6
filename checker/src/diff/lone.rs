//! What a world does with its items, and interfaces that it names on one side alone.

use std::sync::Arc;

use linchpin_contract::{
    Function, Interface, Stability, TypeDef, TypeKind, World, WorldItem, canonical_text,
};

use super::compare::{Compare, Item};
use super::effect::{Effects, Lack};
use super::site::Site;
use super::usage::{Use, callable, unversioned};
use crate::change::{Change, ItemKind};
use crate::matching::taken;
use crate::rule::Shown;

/// What a world does with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Import,
    Export,
}

impl Way {
    pub(super) fn of(self, world: &World) -> &[WorldItem] {
        match self {
            Self::Import => &world.imports,
            Self::Export => &world.exports,
        }
    }

    pub(super) fn usage(self) -> Use {
        match self {
            Self::Import => Use::IMPORTED,
            Self::Export => Use::EXPORTED,
        }
    }

    /// Whether an interface of the one world is there the other way in the other one, so that its resources are another
    /// side's.
    pub(super) fn turned(self, interface: &Interface, own: &World, other: &World) -> bool {
        let way = if self == Self::Import { Self::Export } else { Self::Import };
        let same = |it: &Interface| unversioned(&it.id) == unversioned(&interface.id);
        let has = |world: &World| interfaces(way.of(world)).into_iter().any(same);
        let resource = |def: &Arc<TypeDef>| matches!(def.kind, TypeKind::Resource);
        interface.types.iter().any(resource) && has(other) && !has(own)
    }
}

/// An interface that a world names on one side alone.
pub(super) struct Lone<'l> {
    /// Which side lacks it.
    pub(super) lack: Lack,
    /// What the other side names in the same way.
    pub(super) others: &'l [&'l Interface],
    /// Whether the other side names it the other way.
    pub(super) turned: bool,
}

/// Whether the runtime takes another version of an interface for it, and finds there all that is looked for.
fn stood_for(wanted: &Interface, others: &[&Interface]) -> bool {
    let ids: Vec<_> = others.iter().map(|other| &other.id).collect();
    let Some(taken) = taken(&wanted.id, &ids) else { return false };
    let given = others.iter().find(|other| other.id == *taken);
    given.is_some_and(|given| {
        let has = |function: &Function| {
            let text = canonical_text(function).ok();
            let same = given.functions.iter().find(|other| other.name == function.name);
            text.is_some() && same.is_some_and(|same| canonical_text(same).ok() == text)
        };
        wanted.functions.iter().all(has)
    })
}

impl Compare<'_> {
    /// One interface that a world names on one side alone.
    pub(super) fn lone_interface(
        &mut self,
        site: &Site,
        interface: &Interface,
        lone: Lone<'_>,
        shown: (Shown, Shown),
    ) {
        let lack = if lone.turned { Lack::Both } else { lone.lack };
        let effects = match site.usage {
            _ if stood_for(interface, lone.others) => Effects::NONE,
            usage => Effects::lacking_interface(lack, usage, callable(interface)),
        };
        let kind = import_kind(site.usage, callable(interface));
        self.world_item(site, (kind, &interface.id.to_string()), lone.lack, effects, shown);
    }

    /// Reports an item of a world that one side lacks.
    pub(super) fn world_item(
        &mut self,
        site: &Site,
        (kind, name): (ItemKind, &str),
        lack: Lack,
        effects: Effects,
        shown: (Shown, Shown),
    ) {
        let change = if lack == Lack::After { Change::Removed } else { Change::Added };
        let item = Item { kind, name, stability: &Stability::Unknown };
        self.item(site, effects, &item, change, shown);
    }
}

/// What an item of a world is called.
pub(super) fn kind(usage: Use) -> ItemKind {
    if usage.exported { ItemKind::WorldExport } else { ItemKind::WorldImport }
}

/// What an interface of a world is called: imports of types alone are apart.
pub(super) fn import_kind(usage: Use, callable: bool) -> ItemKind {
    match kind(usage) {
        ItemKind::WorldImport if !callable => ItemKind::WorldTypes,
        other => other,
    }
}

/// The interfaces among items.
pub(super) fn interfaces(items: &[WorldItem]) -> Vec<&Interface> {
    let interfaces = items.iter().filter_map(|item| match item {
        WorldItem::Interface(interface) => Some(interface),
        WorldItem::Function(_) | WorldItem::Type(_) => None,
    });
    interfaces.collect()
}
