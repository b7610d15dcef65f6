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
    let mut aligned = Aligned::default();
    let names: BTreeMap<&str, usize> =
        after.iter().enumerate().rev().map(|(index, member)| (member.name, index)).collect();
    for (index, member) in before.iter().enumerate() {
        match names.get(member.name) {
            Some(other) => aligned.kept.push((index, *other)),
            None => aligned.removed.push(index),
        }
    }
    let there: BTreeSet<usize> = aligned.kept.iter().map(|(_, after)| *after).collect();
    aligned.added = (0..after.len()).filter(|index| !there.contains(index)).collect();
    let order: Vec<usize> = aligned.kept.iter().map(|(_, after)| *after).collect();
    let mut sorted = order.clone();
    sorted.sort_unstable();
    let moved = aligned.kept.iter().zip(&sorted).find(|((_, after), wanted)| after != *wanted);
    aligned.first_moved = moved.map(|((before, _), after)| (*before, *after));
    rename(kind, before, after, &mut aligned);
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
