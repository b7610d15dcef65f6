//! Which part of the newer side is which part of the older one.

use std::collections::{BTreeMap, BTreeSet};

use linchpin_contract::{Digest, type_digest};

use crate::pair::{Member, MemberKind, same_member_type};

/// The alignment, as positions.
#[derive(Debug, Default)]
pub(crate) struct Aligned {
    /// Same name.
    pub(crate) kept: Vec<(usize, usize)>,
    /// Other name: by `@was`, or same type between the same neighbours.
    pub(crate) renamed: Vec<(usize, usize)>,
    /// In the newer side alone.
    pub(crate) added: Vec<usize>,
    /// In the older side alone.
    pub(crate) removed: Vec<usize>,
    /// The first position at which the kept ones stand in another order.
    pub(crate) first_moved: Option<(usize, usize)>,
}

pub(crate) fn align(kind: MemberKind, before: &[Member<'_>], after: &[Member<'_>]) -> Aligned {
    if kind == MemberKind::Param && same_types_in_order(before, after) {
        return by_position(before, after);
    }
    let mut aligned = Aligned::default();
    let names = positions(after);
    for (index, member) in before.iter().enumerate() {
        match names.get(member.name) {
            Some(other) => aligned.kept.push((index, *other)),
            None => aligned.removed.push(index),
        }
    }
    let there: BTreeSet<usize> = aligned.kept.iter().map(|(_, after)| *after).collect();
    aligned.added = (0..after.len()).filter(|index| !there.contains(index)).collect();
    aligned.first_moved = first_moved(&aligned.kept);
    rename(kind, before, after, &mut aligned);
    aligned
}

/// Where each name first stands.
fn positions<'a>(members: &[Member<'a>]) -> BTreeMap<&'a str, usize> {
    members.iter().enumerate().rev().map(|(index, member)| (member.name, index)).collect()
}

/// The first of these, in the older side's order, at which the newer side has another one.
fn first_moved(pairs: &[(usize, usize)]) -> Option<(usize, usize)> {
    let mut sorted: Vec<usize> = pairs.iter().map(|(_, after)| *after).collect();
    sorted.sort_unstable();
    let moved = pairs.iter().zip(&sorted).find(|((_, after), wanted)| after != *wanted);
    moved.map(|((before, _), after)| (*before, *after))
}

/// Whether values go from each position to the same one without a word from a runtime.
fn same_types_in_order(before: &[Member<'_>], after: &[Member<'_>]) -> bool {
    let same = |(old, new): (&Member<'_>, &Member<'_>)| same_member_type(old, new);
    before.len() == after.len() && before.iter().zip(after).all(same)
}

/// Parameters that meet by position: nothing came and nothing went, so what has no namesake of its type was renamed,
/// in its place if it can be.
fn by_position(before: &[Member<'_>], after: &[Member<'_>]) -> Aligned {
    let mut aligned = Aligned::default();
    let same_type = |old: usize, new: usize| match (before.get(old), after.get(new)) {
        (Some(old), Some(new)) => same_member_type(old, new),
        (_, _) => false,
    };
    let names = positions(after);
    let mut free: BTreeSet<usize> = (0..after.len()).collect();
    let mut left = Vec::new();
    for (index, member) in before.iter().enumerate() {
        match names.get(member.name) {
            Some(other) if same_type(index, *other) => {
                free.remove(other);
                aligned.kept.push((index, *other));
            }
            Some(_) | None => left.push(index),
        }
    }
    left.retain(|old| {
        let in_place = free.remove(old);
        if in_place {
            aligned.renamed.push((*old, *old));
        }
        !in_place
    });
    let mut of_type: BTreeMap<Option<Digest>, BTreeSet<usize>> = BTreeMap::new();
    for (new, member) in free.iter().filter_map(|new| Some((*new, after.get(*new)?))) {
        if let Some(ty) = type_of(member) {
            of_type.entry(ty).or_default().insert(new);
        }
    }
    for old in left {
        let ty = before.get(old).and_then(type_of);
        if let Some(new) = ty.and_then(|ty| of_type.get_mut(&ty)).and_then(BTreeSet::pop_first) {
            aligned.renamed.push((old, new));
        }
    }
    let mut all = [aligned.kept.as_slice(), &aligned.renamed].concat();
    all.sort_unstable();
    aligned.first_moved = first_moved(&all);
    aligned
}

/// What tells two types apart, nothing included; absent for a type too large to be like any other.
fn type_of(member: &Member<'_>) -> Option<Option<Digest>> {
    member.ty.map(type_digest).transpose().ok()
}

fn rename(kind: MemberKind, before: &[Member<'_>], after: &[Member<'_>], aligned: &mut Aligned) {
    let (kept_before, kept_after): (BTreeSet<usize>, BTreeSet<usize>) = aligned.kept.iter().copied().unzip();
    let alike = kind != MemberKind::Param || before.len() == after.len();
    let above = neighbours(before, &kept_before);
    let mut added = Added::of(after, &aligned.added, &neighbours(after, &kept_after));
    let mut pairs = Vec::new();
    for old in &aligned.removed {
        let (Some(member), Some(above)) = (before.get(*old), above.get(*old)) else { continue };
        let in_place = added.in_place.get(above).copied().filter(|new| {
            alike
                && added.free.contains(new)
                && after.get(*new).is_some_and(|new| same_member_type(member, new))
        });
        if let Some(new) = added.declared(member).into_iter().chain(in_place).min() {
            added.take(new, after);
            pairs.push((*old, new));
        }
    }
    let renamed: BTreeSet<usize> = pairs.iter().map(|(old, _)| *old).collect();
    aligned.removed.retain(|old| !renamed.contains(old));
    aligned.added.retain(|new| added.free.contains(new));
    aligned.renamed = pairs;
}

/// Parts of the newer side that nothing of the older one is yet, by what can tell that one is.
struct Added<'a> {
    free: BTreeSet<usize>,
    by_name: BTreeMap<&'a str, BTreeSet<usize>>,
    by_was: BTreeMap<&'a str, BTreeSet<usize>>,
    in_place: BTreeMap<Above<'a>, usize>,
}

/// The nearest kept part above, and how far above.
type Above<'a> = (Option<&'a str>, usize);

impl<'a> Added<'a> {
    fn of(after: &[Member<'a>], added: &[usize], above: &[Above<'a>]) -> Self {
        let mut found = Self {
            free: added.iter().copied().collect(),
            by_name: BTreeMap::new(),
            by_was: BTreeMap::new(),
            in_place: BTreeMap::new(),
        };
        for (index, member) in added.iter().filter_map(|index| Some((*index, after.get(*index)?))) {
            found.by_name.entry(member.name).or_default().insert(index);
            if let Some(was) = member.was {
                found.by_was.entry(was).or_default().insert(index);
            }
            if let Some(above) = above.get(index) {
                found.in_place.entry(*above).or_insert(index);
            }
        }
        found
    }

    /// The first free part of which `@was` says that it is this one.
    fn declared(&self, old: &Member<'_>) -> Option<usize> {
        let became = self.by_was.get(old.name).and_then(BTreeSet::first);
        let back = old.was.and_then(|was| self.by_name.get(was)).and_then(BTreeSet::first);
        became.into_iter().chain(back).min().copied()
    }

    fn take(&mut self, index: usize, after: &[Member<'_>]) {
        self.free.remove(&index);
        let Some(member) = after.get(index) else { return };
        if let Some(named) = self.by_name.get_mut(member.name) {
            named.remove(&index);
        }
        if let Some(renamed) = member.was.and_then(|was| self.by_was.get_mut(was)) {
            renamed.remove(&index);
        }
    }
}

fn neighbours<'a>(members: &[Member<'a>], kept: &BTreeSet<usize>) -> Vec<Above<'a>> {
    let mut above = None;
    let mut distance = 0;
    let mut neighbours = Vec::with_capacity(members.len());
    for (index, member) in members.iter().enumerate() {
        neighbours.push((above, distance));
        distance += 1;
        if kept.contains(&index) {
            (above, distance) = (Some(member.name), 0);
        }
    }
    neighbours
}

#[cfg(test)]
#[path = "align_tests.rs"]
mod tests;
