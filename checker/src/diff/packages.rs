//! Which package of the one side is which package of the other one.

use std::collections::BTreeSet;

use linchpin_contract::{Package, PackageId, Place};
use semver::Version;

use super::site::Within;
use super::usage::{Usage, looked_up, package_name};
use crate::bump::{Step, stands_for, step};
use crate::change::ApartBy;
use crate::pair::shown_package;
use crate::rule::Shown;

/// A package on both sides.
pub(super) struct PackagePair {
    pub(super) before: PackageId,
    pub(super) after: PackageId,
    /// Whether the contracts declare it themselves.
    pub(super) own: bool,
    /// Whether both sides have interfaces, whose names carry the version.
    pub(super) named: bool,
    /// Whether both sides have interfaces that are looked up when things are linked.
    pub(super) looked_up: bool,
    /// Interfaces of other pairs that its worlds name, or would name: all that its components can see of those.
    pub(super) needs: BTreeSet<Within>,
    pub(super) before_at: Shown,
    pub(super) after_at: Shown,
}

impl PackagePair {
    pub(super) fn of(before: &Package, after: &Package, own: bool, usage: &Usage<'_>) -> Self {
        let (before_at, after_at) = (shown_package(before), shown_package(after));
        let named = !before.interfaces.is_empty() && !after.interfaces.is_empty();
        let any = |package: &Package| {
            package.interfaces.iter().any(|interface| looked_up(interface, usage.of_interface(&interface.id)))
        };
        let looked_up = any(before) && any(after);
        let (before, after) = (before.id.clone(), after.id.clone());
        Self { before, after, own, named, looked_up, needs: BTreeSet::new(), before_at, after_at }
    }

    /// A pair of which no text is known but where its names stand, if anything is.
    pub(super) fn bare(before: PackageId, after: PackageId, places: [Option<&Place>; 2]) -> Self {
        let shown = |id: &PackageId, place| Shown::new(place, format!("package {id}"));
        let [before_at, after_at] = places;
        let (before_at, after_at) = (shown(&before, before_at), shown(&after, after_at));
        let (own, named, looked_up) = (true, false, false);
        Self { before, after, own, named, looked_up, needs: BTreeSet::new(), before_at, after_at }
    }

    /// Whether either side is what binaries call the package of any component. No version could be declared there, so
    /// no step is, and what the component is made of answers for itself.
    pub(super) fn is_nameless(&self) -> bool {
        is_nameless(&self.before) || is_nameless(&self.after)
    }

    /// The versions that were declared.
    pub(super) fn versions(&self) -> (Option<&Version>, Option<&Version>) {
        if self.is_nameless() {
            (None, None)
        } else {
            (self.before.version.as_ref(), self.after.version.as_ref())
        }
    }

    /// What its versions alone keep from meeting; `met` is whether an upgrade meets it at all.
    pub(super) fn apart(&self, met: bool) -> Option<ApartBy> {
        if self.is_nameless() {
            return None;
        }
        if self.own && self.looked_up && !self.stands() {
            return Some(ApartBy::Track);
        }
        (met && self.named && self.before.version != self.after.version).then_some(ApartBy::Name)
    }

    pub(super) fn declared(&self) -> Step {
        let (before, after) = self.versions();
        step(before, after)
    }

    /// Whether one stands for the other when they are linked.
    pub(super) fn stands(&self) -> bool {
        stands_for(self.before.version.as_ref(), self.after.version.as_ref())
    }
}

/// Whether it is what binaries call the package of any component.
pub(super) fn is_nameless(id: &PackageId) -> bool {
    (id.namespace.as_str(), id.name.as_str()) == ("root", "component")
}

/// Pairs packages: those of one name by version, first the very same one, then one of its track, then the only
/// ones left; the two main ones last of all, whatever they are called. Gives positions on both sides.
pub(super) fn pairs(before: (&[Package], usize), after: (&[Package], usize)) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let same: fn(&Package, &Package) -> bool = |one, other| one.id.version == other.id.version;
    let track: fn(&Package, &Package) -> bool =
        |one, other| stands_for(one.id.version.as_ref(), other.id.version.as_ref());
    for fits in [same, track, |_, _| true] {
        // The greatest versions go first, as they do in a linker.
        for (index, package) in sorted(before.0) {
            let free = sorted(after.0).into_iter().find(|(other, candidate)| {
                package_name(&package.id) == package_name(&candidate.id)
                    && fits(package, candidate)
                    && !pairs.iter().any(|(one, taken)| *one == index || taken == other)
            });
            pairs.extend(free.map(|(other, _)| (index, other)));
        }
    }
    let paired = |pairs: &[(usize, usize)]| pairs.iter().any(|(one, other)| *one == 0 || *other == 0);
    if before.1 > 0 && after.1 > 0 && !paired(&pairs) {
        pairs.push((0, 0));
    }
    pairs.sort_unstable();
    pairs
}

fn sorted(packages: &[Package]) -> Vec<(usize, &Package)> {
    let version = |package: &Package| -> Option<Version> { package.id.version.clone() };
    let mut sorted: Vec<_> = packages.iter().enumerate().collect();
    sorted.sort_by_key(|(_, package)| std::cmp::Reverse(version(package)));
    sorted
}
