//! Functions and resources of two groups: which stayed, came, went or were renamed, and what differs in those that
//! stayed.

use std::collections::{BTreeMap, BTreeSet};

use linchpin_contract::{Error, Function, TypeDef, TypeKind, canonical_text};

use super::compare::{Compare, Group, Item, promised, shown_type};
use super::effect::{Effects, Lack, of_value, recorded};
use super::site::Site;
use crate::change::{Change, ItemKind};
use crate::pair::shown_function;
use crate::rule::Frame;
use crate::tag_pair::same_tags;
use crate::verdict::{Finding, PairLevel, Party};
use crate::walk;

/// Resources that were renamed: old and new name.
pub(super) type Renamed = BTreeMap<String, String>;

impl Compare<'_> {
    /// Compares the functions and resources of two groups, and tells which resources were renamed.
    pub(super) fn functions(
        &mut self,
        site: &Site,
        before: &Group<'_>,
        after: &Group<'_>,
    ) -> Result<Renamed, Error> {
        let resources = Resources::of(before, after);
        self.resources(site, &resources, before, after);
        let (olds, news) = (by_name(before), by_name(after));
        let (mut removed, mut added) = (Vec::new(), Vec::new());
        for old in before.functions.iter().filter(|old| promised(&old.stability)) {
            match news.get(&*resources.now(&old.name)).copied() {
                Some(new) if promised(&new.stability) => self.function_pair(site, old, new, &resources)?,
                Some(new) => {
                    let shown = (shown_function(old), shown_function(new));
                    self.gate(site, &item(old), &new.stability, shown);
                }
                None if resources.is_gone(&old.name) => {}
                None => removed.push(*old),
            }
        }
        for new in after.functions.iter().filter(|new| promised(&new.stability)) {
            let old = olds.get(&*resources.then(&new.name));
            if !old.is_some_and(|old| promised(&old.stability)) && !resources.is_new(&new.name) {
                added.push(*new);
            }
        }
        self.lone_functions(site, before, after, (removed, added), &resources)?;
        Ok(resources.renamed)
    }

    fn lone_functions(
        &mut self,
        site: &Site,
        before: &Group<'_>,
        after: &Group<'_>,
        (removed, added): (Vec<&Function>, Vec<&Function>),
        resources: &Resources,
    ) -> Result<(), Error> {
        let mut added: Vec<Lone<'_>> = added.into_iter().map(Lone::of).collect();
        for old in removed.into_iter().map(Lone::of) {
            let scored = added.iter().take(LOOKED_AT).map(|new| (likeness(&old, new), new.function));
            // The first of those that are most like it.
            let best = scored.rev().max_by(|(one, _), (other, _)| one.total_cmp(other));
            let old = old.function;
            if let Some((_, new)) = best.filter(|(score, _)| *score >= LIKE) {
                added.retain(|other| !std::ptr::eq(other.function, new));
                let effects = Effects::lacking(Lack::Both, site.usage);
                let shown = (shown_function(old), shown_function(new));
                self.item(site, effects, &item(new), Change::Renamed(old.name.clone()), shown);
                self.function_pair(site, old, new, resources)?;
                continue;
            }
            let shown = (shown_function(old), after.shown.clone());
            let at = within(site, &old.name);
            self.tell(old);
            self.item(&at, site.lacking(Lack::After), &item(old), Change::Removed, shown);
        }
        for new in added.iter().map(|new| new.function) {
            let shown = (before.shown.clone(), shown_function(new));
            let at = within(site, &new.name);
            self.item(&at, site.lacking(Lack::Before), &item(new), Change::Added, shown);
        }
        Ok(())
    }

    /// Compares two functions that stand for one another.
    pub(super) fn function_pair(
        &mut self,
        site: &Site,
        before: &Function,
        after: &Function,
        resources: &Resources,
    ) -> Result<(), Error> {
        let (old, new) = (canonical_text(before)?, canonical_text(after)?);
        let path = within(site, &before.name).path;
        self.tags(site, &path, before, after);
        if resources.rename(old) == new {
            self.exchanged_types(&within(site, &before.name), before, after);
            return Ok(());
        }
        self.tell(before);
        self.tell(after);
        let findings = walk::functions(before, after, &self.frame(&path));
        let data = recorded(before, after);
        for finding in findings {
            let effects = of_value(&finding.rule, after, site.usage, data);
            let effects = if in_result(&finding, &path) { effects.beside_data() } else { effects };
            self.keep(site, finding, effects);
        }
        Ok(())
    }

    /// Units and ranges are judged from the giver to the taker, so once for each side as the caller.
    fn tags(&mut self, site: &Site, path: &str, before: &Function, after: &Function) {
        // Where one side cannot have tags, nothing is known of units; that is no change of them.
        let comparable = self.before.has_tags() && self.after.has_tags();
        if !comparable || same_tags(before, after) {
            return;
        }
        for caller in [Party::Before, Party::After] {
            let mut frame = self.frame(path);
            // The walk takes the firmware for the caller.
            frame.before.party = if caller == Party::Before { Party::Firmware } else { Party::Module };
            for finding in walk::tags(before, after, &frame) {
                let finding = renamed_parties(finding, &frame);
                let of_result = in_result(&finding, path);
                let effects = Effects::called_by(caller, PairLevel::Hazard, site.usage);
                let effects = if of_result { effects.beside_data() } else { effects };
                self.keep(site, finding, effects);
            }
        }
    }

    /// Reports what became of the resources of two groups.
    pub(super) fn resources(
        &mut self,
        site: &Site,
        resources: &Resources,
        before: &Group<'_>,
        after: &Group<'_>,
    ) {
        for def in declared(before) {
            let shown = |new: &TypeDef| (shown_type(def), shown_type(new));
            let kept = declared(after).find(|new| new.name == def.name);
            if let Some(new) = kept.filter(|new| !promised(&new.stability) && promised(&def.stability)) {
                self.gate(site, &resource(def), &new.stability, shown(new));
            } else if let Some(now) = resources.renamed.get(&def.name)
                && let Some(new) = declared(after).find(|new| new.name == *now)
            {
                let effects = Effects::lacking(Lack::Both, site.usage);
                self.item(site, effects, &resource(new), Change::Renamed(def.name.clone()), shown(new));
            } else if resources.gone.contains(&def.name) {
                let shown = (shown_type(def), after.shown.clone());
                let effects = resource_effects(Lack::After, site, before, def);
                self.item(site, effects, &resource(def), Change::Removed, shown);
            }
        }
        for def in declared(after).filter(|def| resources.new.contains(&def.name)) {
            let shown = (before.shown.clone(), shown_type(def));
            let effects = resource_effects(Lack::Before, site, after, def);
            self.item(site, effects, &resource(def), Change::Added, shown);
        }
    }
}

/// Whether a finding about the function at `path` is about what it returns.
fn in_result(finding: &Finding, path: &str) -> bool {
    finding.path.strip_prefix(path).is_some_and(|rest| rest.starts_with(" > result"))
}

fn item(function: &Function) -> Item<'_> {
    Item { kind: ItemKind::Function, name: &function.name, stability: &function.stability }
}

fn resource(def: &TypeDef) -> Item<'_> {
    Item { kind: ItemKind::Resource, name: &def.name, stability: &def.stability }
}

/// Of a resource that one side lacks; functions that only take it or return it speak for themselves.
fn resource_effects(lack: Lack, site: &Site, group: &Group<'_>, def: &TypeDef) -> Effects {
    if methods(group, &def.name).is_empty() {
        Effects::lacking_resource(lack, site.usage)
    } else {
        Effects::lacking(lack, site.usage)
    }
}

pub(super) fn within(site: &Site, function: &str) -> Site {
    let path = if site.path.is_empty() { function.to_owned() } else { format!("{}.{function}", site.path) };
    Site { path, ..site.clone() }
}

/// What a walk said of firmware and module, said of the two editions.
fn renamed_parties(mut finding: Finding, frame: &Frame) -> Finding {
    for side in &mut finding.sides {
        side.party = if side.party == frame.before.party { Party::Before } else { Party::After };
    }
    finding
}

/// From here on, one function is taken for the other under a new name.
const LIKE: f64 = 1.0;

/// Of functions that came, so many are looked at for each that went: the cost grows with the square, and where
/// hundreds went, an order that was kept tells enough.
const LOOKED_AT: usize = 256;

/// The first function of each name.
fn by_name<'g>(group: &Group<'g>) -> BTreeMap<&'g str, &'g Function> {
    group.functions.iter().rev().map(|function| (&*function.name, *function)).collect()
}

/// A function that the other side has not under its name.
struct Lone<'f> {
    function: &'f Function,
    /// Its canonical text, written once; absent for a type too large for one.
    text: Option<String>,
}

impl<'f> Lone<'f> {
    fn of(function: &'f Function) -> Self {
        Self { function, text: canonical_text(function).ok() }
    }
}

/// Longer names are compared for nothing but equality: the cost grows with the square.
const COMPARED_NAME_BYTES: usize = 128;

/// How likely two functions of different names are one: up to 1 for the signature and up to 1 for the name.
fn likeness(old: &Lone<'_>, new: &Lone<'_>) -> f64 {
    let same_text = old.text.is_some() && old.text == new.text;
    let (old, new) = (old.function, new.function);
    let comparable = old.name.len().max(new.name.len()) <= COMPARED_NAME_BYTES;
    let names = if comparable { strsim::jaro_winkler(&old.name, &new.name) } else { 0.0 };
    let telling = !old.params.is_empty();
    let signature = match (same_text, telling) {
        // The same parameters by name and type say enough; the same absence of them says little.
        (true, true) => 1.0,
        (true, false) => 0.25,
        (false, _) => {
            let kept =
                old.params.iter().filter(|param| new.params.iter().any(|other| other.name == param.name));
            let most = old.params.len().max(new.params.len());
            let share = f64::from(u32::try_from(kept.count()).unwrap_or(0))
                / f64::from(u32::try_from(most.max(1)).unwrap_or(1));
            share * 0.5
        }
    };
    // A name in common is only worth something where it is much of the name.
    signature + if names >= 0.75 { names } else { 0.0 }
}

/// What became of the resources of a group.
#[derive(Default)]
pub(super) struct Resources {
    pub(super) renamed: Renamed,
    gone: BTreeSet<String>,
    new: BTreeSet<String>,
}

impl Resources {
    pub(super) fn of(before: &Group<'_>, after: &Group<'_>) -> Self {
        let names = |group: &Group<'_>| -> BTreeSet<String> {
            declared(group).filter(|def| promised(&def.stability)).map(|def| def.name.clone()).collect()
        };
        let all =
            |group: &Group<'_>| -> BTreeSet<String> { declared(group).map(|def| def.name.clone()).collect() };
        let mut gone: BTreeSet<String> = names(before).difference(&all(after)).cloned().collect();
        let mut new: BTreeSet<String> = names(after).difference(&names(before)).cloned().collect();
        let mut renamed = Renamed::new();
        for old in gone.clone() {
            let methods = methods(before, &old);
            let same =
                new.iter().find(|new| !methods.is_empty() && self::methods(after, new) == methods).cloned();
            if let Some(now) = same {
                gone.remove(&old);
                new.remove(&now);
                renamed.insert(old, now);
            }
        }
        Self { renamed, gone, new }
    }

    /// The name that a function of the older side has on the newer one.
    pub(super) fn now(&self, function: &str) -> String {
        translated(function, |resource| self.renamed.get(resource).map(String::as_str))
    }

    /// The name that a function of the newer side had on the older one.
    pub(super) fn then(&self, function: &str) -> String {
        let old = |resource: &str| {
            self.renamed.iter().find(|(_, now)| *now == resource).map(|(old, _)| old.as_str())
        };
        translated(function, old)
    }

    pub(super) fn is_gone(&self, function: &str) -> bool {
        split(function).is_some_and(|(_, resource, _)| self.gone.contains(resource))
    }

    pub(super) fn is_new(&self, function: &str) -> bool {
        split(function).is_some_and(|(_, resource, _)| self.new.contains(resource))
    }

    /// Canonical text with the newer names of renamed resources.
    fn rename(&self, text: String) -> String {
        let renamed = |text: String, (old, new): (&String, &String)| {
            text.replace(&format!("<resource {old}>"), &format!("<resource {new}>"))
        };
        self.renamed.iter().fold(text, renamed)
    }
}

fn declared<'g>(group: &'g Group<'_>) -> impl Iterator<Item = &'g TypeDef> {
    group.types.iter().map(|def| def.as_ref()).filter(|def| matches!(def.kind, TypeKind::Resource))
}

/// `[method]tank.level` as `("[method]", "tank", ".level")`.
fn split(function: &str) -> Option<(&str, &str, &str)> {
    let end = function.find(']').filter(|_| function.starts_with('['))? + 1;
    let (kind, rest) = function.split_at(end);
    let (resource, method) = rest.split_at(rest.find('.').unwrap_or(rest.len()));
    Some((kind, resource, method))
}

fn translated<'r>(function: &str, name: impl Fn(&str) -> Option<&'r str>) -> String {
    match split(function).and_then(|(kind, resource, method)| Some((kind, name(resource)?, method))) {
        Some((kind, resource, method)) => format!("{kind}{resource}{method}"),
        None => function.to_owned(),
    }
}

fn methods(group: &Group<'_>, resource: &str) -> BTreeSet<String> {
    let functions = group.functions.iter().filter_map(|function| split(&function.name));
    functions
        .filter(|(_, of, _)| *of == resource)
        .map(|(kind, _, method)| format!("{kind}{method}"))
        .collect()
}
