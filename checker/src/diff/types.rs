//! Declared types of two groups. What functions use is judged where they use it; here is what they do not show:
//! names, aliases, and types that no function uses.

use std::collections::BTreeMap;
use std::sync::Arc;

use linchpin_contract::{Error, Type, TypeDef, TypeKind, canonical_type};

use super::compare::{Compare, Group, Item, promised, shown_type};
use super::effect::Effects;
use super::functions::Renamed;
use super::replaced::Replaced;
use super::site::Site;
use super::usage::Use;
use crate::change::{Change, ItemKind};
use crate::rule::Shown;
use crate::tag_pair::{same_type_tags, same_type_units};

/// A type that one side alone has, with its canonical text.
type Lone<'a> = (&'a Arc<TypeDef>, String);

impl Compare<'_> {
    /// Compares the declared types of two groups.
    pub(super) fn types(
        &mut self,
        site: &Site,
        before: &Group<'_>,
        after: &Group<'_>,
        renamed: &Renamed,
    ) -> Result<(), Error> {
        let library = before.functions.is_empty() && after.functions.is_empty();
        let (olds, news) = (by_name(before), by_name(after));
        let (mut gone, mut new): (Vec<Lone<'_>>, Vec<Lone<'_>>) = (Vec::new(), Vec::new());
        for old in plain(before).filter(|def| promised(&def.stability)) {
            match news.get(&*old.name).copied() {
                Some(other) if promised(&other.stability) => {
                    self.kept_type(site, old, other, renamed, library)?
                }
                Some(other) => {
                    let item = named(ItemKind::Type, old);
                    self.gate(site, &item, &other.stability, (shown_type(old), shown_type(other)));
                }
                None => gone.push((old, text(old, Some(renamed))?)),
            }
        }
        for def in plain(after).filter(|def| promised(&def.stability)) {
            let old = olds.get(&*def.name);
            if !old.is_some_and(|old| promised(&old.stability)) {
                new.push((def, text(def, None)?));
            }
        }
        gone.retain(|old| !self.renamed_type(site, old, &mut new, library));
        for (def, _) in gone {
            let shown = (shown_type(def), after.shown.clone());
            self.lone_type(site, def, Change::Removed, shown, library);
        }
        for (def, _) in new {
            let shown = (before.shown.clone(), shown_type(def));
            self.lone_type(site, def, Change::Added, shown, library);
        }
        Ok(())
    }

    fn kept_type(
        &mut self,
        site: &Site,
        old: &Arc<TypeDef>,
        new: &Arc<TypeDef>,
        renamed: &Renamed,
        library: bool,
    ) -> Result<(), Error> {
        let shown = (shown_type(old), shown_type(new));
        if text(old, Some(renamed))? == text(new, None)? {
            let used = self.usage.of_type(old) || self.usage.of_type(new);
            // Where one side cannot have tags, nothing is known of them.
            let tagged = self.before.has_tags() && self.after.has_tags();
            if tagged && used && !same_type_units(old, new) {
                *self.changed_types.entry(site.within()).or_default() += 1;
            } else if tagged && !used && !same_type_tags(old, new) {
                let kind = if library { ItemKind::SharedType } else { ItemKind::UnusedType };
                self.item(site, Effects::NONE, &named(kind, new), Change::Changed, shown);
            } else if target(old) != target(new) {
                self.item(site, Effects::NONE, &named(ItemKind::Alias, new), Change::Changed, shown);
            }
        } else if self.usage.of_type(old) {
            let (site, old, new) = (site.clone(), Arc::clone(old), Some(Arc::clone(new)));
            self.replaced.push(Replaced { site, old, new, shown });
        } else {
            let kind = if library { ItemKind::SharedType } else { ItemKind::UnusedType };
            self.item(site, self.names(site, old), &named(kind, new), Change::Changed, shown);
        }
        Ok(())
    }

    /// Reports a type that went as renamed, where one with the same parts came.
    fn renamed_type(
        &mut self,
        site: &Site,
        (old, parts): &Lone<'_>,
        new: &mut Vec<Lone<'_>>,
        library: bool,
    ) -> bool {
        // Another name for another type is no new name.
        let same = |(def, text): &Lone<'_>| text == parts && target(def) == target(old);
        let Some(index) = new.iter().position(same) else { return false };
        let (def, _) = new.remove(index);
        let kind = match (target(def).is_some(), self.usage.of_type(old) || self.usage.of_type(def)) {
            (true, _) => ItemKind::Alias,
            (false, true) => ItemKind::Type,
            (false, false) if library => ItemKind::SharedType,
            (false, false) => ItemKind::UnusedType,
        };
        let shown = (shown_type(old), shown_type(def));
        self.item(site, self.names(site, old), &named(kind, def), Change::Renamed(old.name.clone()), shown);
        true
    }

    /// What it does that a name of the older side stands for nothing, or for something else. Components list only
    /// those types of their imports that their functions use.
    pub(super) fn names(&self, site: &Site, old: &TypeDef) -> Effects {
        if site.usage == Use::IMPORTED && !self.usage.of_type(old) { Effects::NONE } else { Effects::NAMES }
    }

    fn lone_type(
        &mut self,
        site: &Site,
        def: &Arc<TypeDef>,
        change: Change,
        shown: (Shown, Shown),
        library: bool,
    ) {
        let added = change == Change::Added;
        let kind = match (target(def).is_some(), self.usage.of_type(def)) {
            (true, _) => ItemKind::Alias,
            // The functions that use it say what changed.
            (false, true) if added => return,
            (false, true) => {
                let (site, old) = (site.clone(), Arc::clone(def));
                return self.replaced.push(Replaced { site, old, new: None, shown });
            }
            (false, false) if library && !added => ItemKind::SharedType,
            (false, false) => ItemKind::UnusedType,
        };
        let effects = if added { Effects::NONE } else { self.names(site, def) };
        self.item(site, effects, &named(kind, def), change, shown);
    }
}

/// Types but resources, which are judged with their functions.
fn plain<'g>(group: &'g Group<'_>) -> impl Iterator<Item = &'g Arc<TypeDef>> {
    group.types.iter().copied().filter(|def| !matches!(def.kind, TypeKind::Resource))
}

/// The first of each name.
fn by_name<'g>(group: &'g Group<'_>) -> BTreeMap<&'g str, &'g Arc<TypeDef>> {
    let all: Vec<_> = plain(group).collect();
    all.into_iter().rev().map(|def| (&*def.name, def)).collect()
}

fn named(kind: ItemKind, def: &TypeDef) -> Item<'_> {
    Item { kind, name: &def.name, stability: &def.stability }
}

/// What an alias stands for, as it is written.
fn target(def: &TypeDef) -> Option<String> {
    match &def.kind {
        TypeKind::Alias(target) => Some(target.to_string()),
        TypeKind::Record(_)
        | TypeKind::Variant(_)
        | TypeKind::Enum(_)
        | TypeKind::Flags(_)
        | TypeKind::Resource => None,
    }
}

/// The canonical text, with the newer names of renamed resources.
fn text(def: &Arc<TypeDef>, renamed: Option<&Renamed>) -> Result<String, Error> {
    let text = canonical_type(&Type::Named(Arc::clone(def)))?;
    let Some(renamed) = renamed else { return Ok(text) };
    let rename = |text: String, (old, new): (&String, &String)| {
        text.replace(&format!("<resource {old}>"), &format!("<resource {new}>"))
    };
    Ok(renamed.iter().fold(text, rename))
}
