//! Which part of the newer side is which part of the older one.

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
    let position = |members: &[Member<'_>], name: &str| members.iter().position(|member| member.name == name);
    for (index, member) in before.iter().enumerate() {
        match position(after, member.name) {
            Some(other) => aligned.kept.push((index, other)),
            None => aligned.removed.push(index),
        }
    }
    aligned.added =
        (0..after.len()).filter(|index| !aligned.kept.iter().any(|(_, kept)| kept == index)).collect();
    let order: Vec<usize> = aligned.kept.iter().map(|(_, after)| *after).collect();
    let mut sorted = order.clone();
    sorted.sort_unstable();
    let moved = aligned.kept.iter().zip(&sorted).find(|((_, after), wanted)| after != *wanted);
    aligned.first_moved = moved.map(|((before, _), after)| (*before, *after));
    rename(kind, before, after, &mut aligned);
    aligned
}

fn rename(kind: MemberKind, before: &[Member<'_>], after: &[Member<'_>], aligned: &mut Aligned) {
    let mut pairs = Vec::new();
    for old in &aligned.removed {
        let found = aligned.added.iter().find(|new| {
            let taken = pairs.iter().any(|(_, taken)| taken == *new);
            let (Some(old_member), Some(new_member)) = (before.get(*old), after.get(**new)) else {
                return false;
            };
            let declared = new_member.was == Some(old_member.name) || old_member.was == Some(new_member.name);
            let alike = kind != MemberKind::Param || before.len() == after.len();
            let in_place = neighbour(before, &aligned.kept, *old, Side::Before)
                == neighbour(after, &aligned.kept, **new, Side::After);
            !taken && (declared || (alike && in_place && same_member_type(old_member, new_member)))
        });
        pairs.extend(found.map(|new| (*old, *new)));
    }
    aligned.removed.retain(|old| !pairs.iter().any(|(renamed, _)| renamed == old));
    aligned.added.retain(|new| !pairs.iter().any(|(_, renamed)| renamed == new));
    aligned.renamed = pairs;
}

#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
}

/// The nearest kept part above, and how far above.
fn neighbour<'a>(
    members: &[Member<'a>],
    kept: &[(usize, usize)],
    index: usize,
    side: Side,
) -> (Option<&'a str>, usize) {
    let is_kept = |index: usize| {
        kept.iter().any(|(before, after)| match side {
            Side::Before => *before == index,
            Side::After => *after == index,
        })
    };
    let above = (0..index).rev().find(|above| is_kept(*above));
    let name = above.and_then(|above| members.get(above)).map(|member| member.name);
    (name, index - above.map_or(0, |above| above + 1))
}
