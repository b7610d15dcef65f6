//! Copies of one package version that say two things: current contracts, released ones, and what lies in anyone's
//! `deps/`.
//!
//! Copies are found by name and version before anything is merged, and compared by content. A copy in `deps/` may be
//! a part of the package, so only what two copies both have can differ.

use std::collections::{BTreeMap, BTreeSet};

use linchpin_contract::{Interface, Owner, Package, PackageId, TypeDef, WorldItem};

use crate::diff::list;
use crate::items::Item;
use crate::pair::shown_package;
use crate::rule::Shown;
use crate::system::{KnownContract, Origin};
use crate::verdict::Party;

/// Two copies of one package version, and what they do not agree in.
pub(crate) struct Drift<'s> {
    pub(crate) package: &'s PackageId,
    /// The copy that is held to the other one.
    pub(crate) copy: Copied<'s>,
    pub(crate) other: Copied<'s>,
    /// As `types.reading`, sorted; never empty.
    pub(crate) items: Vec<String>,
    /// The first of them, in both.
    pub(crate) first: (Shown, Shown),
}

impl Drift<'_> {
    /// "there are two `acme:units@1.0.0`, and they say two things: `types.reading` differs".
    pub(crate) fn message(&self) -> String {
        let (first, verb) = (list(&self.items), if self.items.len() == 1 { "differs" } else { "differ" });
        format!("there are two `{}`, and they say two things: {first} {verb}", self.package)
    }
}

/// One copy of a package.
#[derive(Clone, Copy)]
pub(crate) struct Copied<'s> {
    pub(crate) known: &'s KnownContract,
    package: &'s Package,
    /// Whether the contract declares it, rather than uses it.
    own: bool,
}

/// An item of two copies that differs.
struct Differing<'s> {
    /// Positions of the two copies.
    copies: (usize, usize),
    name: String,
    items: (Item<'s>, Item<'s>),
}

/// Every two copies that differ. Each item is held to the first copy that has it: a released contract before a
/// current one, and either before a copy in `deps/`.
pub(crate) fn drifts(contracts: &[KnownContract]) -> Vec<Drift<'_>> {
    let mut by_package: BTreeMap<&PackageId, Vec<Copied<'_>>> = BTreeMap::new();
    for known in contracts {
        for (index, package) in known.contract.packages.iter().enumerate() {
            let copy = Copied { known, package, own: index < known.contract.own_packages };
            if copy.counts() {
                by_package.entry(&package.id).or_default().push(copy);
            }
        }
    }
    by_package.retain(|_, copies| copies.len() > 1);
    let mut all = Vec::new();
    for (package, mut copies) in by_package {
        copies.sort_by(|one, other| (one.rank(), &one.known.file).cmp(&(other.rank(), &other.known.file)));
        let differing = differing(&copies);
        all.push((package, copies, differing));
    }
    let types: BTreeSet<TypeKey<'_>> =
        all.iter().flat_map(|(_, _, differing)| differing).filter_map(Differing::type_key).collect();
    all.iter().flat_map(|(package, copies, differing)| told(package, copies, differing, &types)).collect()
}

/// A declared type by its owner and name.
type TypeKey<'s> = (&'s Owner, &'s str);

fn key(def: &TypeDef) -> TypeKey<'_> {
    (&def.owner, &def.name)
}

impl Copied<'_> {
    /// Whether it has a say. What a binary was built from meets others in pairs, and a baseline is what was. Without
    /// a version only what is current must agree.
    fn counts(&self) -> bool {
        let own = match &self.known.origin {
            Origin::Baseline => return false,
            Origin::Module(_) | Origin::Earlier { .. } | Origin::Firmware => !self.own,
            Origin::Current => true,
            // One that is filed under another version is told as that.
            Origin::Released { version } => {
                let own = self.package.id.version.as_ref().map(ToString::to_string);
                !self.own || own.as_ref() == Some(version)
            }
        };
        own && (self.package.id.version.is_some() || self.known.origin == Origin::Current)
    }

    fn rank(&self) -> u8 {
        match (&self.known.origin, self.own) {
            (Origin::Released { .. }, true) => 0,
            (Origin::Current, true) => 1,
            (Origin::Released { .. }, false) => 2,
            (Origin::Current, false) => 3,
            (Origin::Module(_) | Origin::Earlier { .. } | Origin::Firmware | Origin::Baseline, _) => 4,
        }
    }

    /// Whether `version-not-bumped` tells how the two differ.
    fn is_reissue_of(&self, other: &Self) -> bool {
        self.own && other.own && self.known.origin == Origin::Current && other.rank() == 0
    }

    pub(crate) fn shown(&self) -> Shown {
        shown_package(self.package)
    }

    pub(crate) fn party(&self) -> Party {
        match self.known.origin {
            Origin::Module(_) | Origin::Earlier { .. } => Party::Module,
            Origin::Firmware => Party::Firmware,
            Origin::Current => Party::Current,
            Origin::Released { .. } | Origin::Baseline => Party::Released,
        }
    }
}

impl<'s> Differing<'s> {
    fn type_key(&self) -> Option<TypeKey<'s>> {
        match self.items.1 {
            Item::Type(def) => Some(key(def)),
            Item::Function(_) | Item::Interface(_) | Item::World(_) => None,
        }
    }

    /// Whether it differs since a type that it names does, which is told by itself.
    fn follows(&self, types: &BTreeSet<TypeKey<'_>>) -> bool {
        let mut follows = false;
        self.items.1.each_declared(&mut |def| {
            follows |= types.contains(&key(def));
            !follows
        });
        follows
    }
}

fn differing<'s>(copies: &[Copied<'s>]) -> Vec<Differing<'s>> {
    let mut first: BTreeMap<String, (usize, Item<'s>)> = BTreeMap::new();
    let mut differing = Vec::new();
    for (index, copy) in copies.iter().enumerate() {
        for (name, item) in items(copy.package) {
            let Some((holder, known)) = first.get(&name) else {
                first.insert(name, (index, item));
                continue;
            };
            let reissued = copies.get(*holder).is_some_and(|other| copy.is_reissue_of(other));
            if !reissued && !item.same_edition(known) {
                differing.push(Differing { copies: (index, *holder), name, items: (item, *known) });
            }
        }
    }
    differing
}

/// One drift for every two copies that differ by themselves.
fn told<'s>(
    package: &'s PackageId,
    copies: &[Copied<'s>],
    differing: &[Differing<'s>],
    types: &BTreeSet<TypeKey<'_>>,
) -> Vec<Drift<'s>> {
    let mut drifts: BTreeMap<(usize, usize), Drift<'s>> = BTreeMap::new();
    for one in differing.iter().filter(|one| !one.follows(types)) {
        let at = |index: usize| copies.get(index).copied();
        let (Some(copy), Some(other)) = (at(one.copies.0), at(one.copies.1)) else { continue };
        let drift = drifts.entry(one.copies).or_insert_with(|| Drift {
            package,
            copy,
            other,
            items: Vec::new(),
            first: (one.items.0.shown(), one.items.1.shown()),
        });
        drift.items.push(one.name.clone());
    }
    drifts.into_values().collect()
}

/// What a copy can say otherwise than another one: functions and types, of interfaces and of worlds. Which interfaces
/// a world names is left out, since a copy may be a part.
fn items(package: &Package) -> BTreeMap<String, Item<'_>> {
    let mut items = BTreeMap::new();
    for interface in &package.interfaces {
        of_interface(&interface.id.name, interface, &mut items);
    }
    for world in &package.worlds {
        for (way, list) in [("import", &world.imports), ("export", &world.exports)] {
            for item in list {
                let (name, item) = match item {
                    WorldItem::Function(function) => (&function.name, Item::Function(function)),
                    WorldItem::Type(def) => (&def.name, Item::Type(def)),
                    WorldItem::Interface(interface) if interface.id.package.is_none() => {
                        let name = format!("world {} {way} {}", world.name, interface.id.name);
                        of_interface(&name, interface, &mut items);
                        continue;
                    }
                    WorldItem::Interface(_) => continue,
                };
                items.insert(format!("world {} {way} {name}", world.name), item);
            }
        }
    }
    items
}

fn of_interface<'p>(name: &str, interface: &'p Interface, items: &mut BTreeMap<String, Item<'p>>) {
    for function in &interface.functions {
        items.insert(format!("{name}.{}", function.name), Item::Function(function));
    }
    for def in &interface.types {
        items.insert(format!("{name}.{}", def.name), Item::Type(def));
    }
}
