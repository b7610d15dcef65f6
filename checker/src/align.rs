//! Which part of the newer side is which part of the older one.

use std::collections::{BTreeMap, BTreeSet};

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
    for old in left {
        if let Some(new) = free.iter().copied().find(|new| same_type(old, *new)) {
            free.remove(&new);
            aligned.renamed.push((old, new));
        }
    }
    let mut all = [aligned.kept.as_slice(), &aligned.renamed].concat();
    all.sort_unstable();
    aligned.first_moved = first_moved(&all);
    aligned
}

fn rename(kind: MemberKind, before: &[Member<'_>], after: &[Member<'_>], aligned: &mut Aligned) {
    let (kept_before, kept_after): (BTreeSet<usize>, BTreeSet<usize>) = aligned.kept.iter().copied().unzip();
    let (above_before, above_after) = (neighbours(before, &kept_before), neighbours(after, &kept_after));
    let mut taken = BTreeSet::new();
    let mut pairs = Vec::new();
    for old in &aligned.removed {
        let found = aligned.added.iter().find(|new| {
            let (Some(old_member), Some(new_member)) = (before.get(*old), after.get(**new)) else {
                return false;
            };
            let declared =
                || new_member.was == Some(old_member.name) || old_member.was == Some(new_member.name);
            let alike = kind != MemberKind::Param || before.len() == after.len();
            let in_place = || above_before.get(*old) == above_after.get(**new);
            let same_type = || same_member_type(old_member, new_member);
            !taken.contains(*new) && (declared() || (alike && in_place() && same_type()))
        });
        if let Some(new) = found {
            taken.insert(*new);
            pairs.push((*old, *new));
        }
    }
    let renamed: BTreeSet<usize> = pairs.iter().map(|(old, _)| *old).collect();
    aligned.removed.retain(|old| !renamed.contains(old));
    aligned.added.retain(|new| !taken.contains(new));
    aligned.renamed = pairs;
}

/// For each part the nearest kept part above, and how far above.
fn neighbours<'a>(members: &[Member<'a>], kept: &BTreeSet<usize>) -> Vec<(Option<&'a str>, usize)> {
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
