//! The alignment against its definition, on every small pair of sides there is.

use linchpin_contract::{Primitive, Type};

use super::{Aligned, align, neighbours};
use crate::pair::{Member, MemberKind, same_member_type};

/// Renaming as it is defined, in cubic time: each removed part in turn takes the first free one that it became.
fn renamed(
    kind: MemberKind,
    before: &[Member<'_>],
    after: &[Member<'_>],
    aligned: &Aligned,
) -> Vec<(usize, usize)> {
    let (kept_before, kept_after) = aligned.kept.iter().copied().unzip();
    let (above_before, above_after) = (neighbours(before, &kept_before), neighbours(after, &kept_after));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (index, old) in before.iter().enumerate() {
        let found = after.iter().enumerate().find(|(place, new)| {
            let lone = !kept_before.contains(&index) && !kept_after.contains(place);
            let free = !pairs.iter().any(|(_, taken)| taken == place);
            let declared = new.was == Some(old.name) || old.was == Some(new.name);
            let alike = kind != MemberKind::Param || before.len() == after.len();
            let in_place = above_before.get(index) == above_after.get(*place);
            lone && free && (declared || (alike && in_place && same_member_type(old, new)))
        });
        pairs.extend(found.map(|(place, _)| (index, place)));
    }
    pairs
}

/// Every side of one to three parts with names of four, with types of two, some renamed.
fn sides<'t>(types: &'t [Type; 2], offset: usize) -> Vec<Vec<Member<'t>>> {
    const NAMES: [&str; 4] = ["a", "b", "c", "d"];
    let mut sides = Vec::new();
    for code in 0..4_usize.pow(3) * 8 {
        let (names, rest) = (code / 8, code % 8);
        let digit = |place: u32| (names / 4_usize.pow(place)) % 4;
        let picked = [digit(0), digit(1), digit(2)];
        let mut members: Vec<Member<'t>> = Vec::new();
        for (place, name) in picked.into_iter().enumerate() {
            let was = NAMES.get((name + place + offset) % 7).copied();
            let name = NAMES.get(name).copied().unwrap_or_default();
            if members.iter().all(|member| member.name != name) {
                let ty = types.get(rest >> place & 1);
                members.push(Member { name, ty, was: was.filter(|was| *was != name), place: None });
            }
        }
        sides.push(members);
    }
    sides
}

#[test]
fn parts_are_renamed_as_it_is_defined() {
    let types = [Type::Primitive(Primitive::U8), Type::Primitive(Primitive::String)];
    let mut told = 0;
    for kind in [MemberKind::Field, MemberKind::Param] {
        for before in sides(&types, 0) {
            for after in sides(&types, 2).into_iter().step_by(3) {
                let same = |(old, new): (&Member<'_>, &Member<'_>)| same_member_type(old, new);
                // Parameters of the same types in order meet by position, and nothing is searched.
                if kind == MemberKind::Param
                    && before.len() == after.len()
                    && before.iter().zip(&after).all(same)
                {
                    continue;
                }
                let aligned = align(kind, &before, &after);
                let expected = renamed(kind, &before, &after, &aligned);
                assert_eq!(aligned.renamed, expected, "{before:?} and {after:?}");
                told += expected.len();
            }
        }
    }
    assert!(told > 1_000, "{told} renamed");
}

#[test]
fn parameters_that_moved_take_the_first_of_their_type() {
    let types = [Type::Primitive(Primitive::U8), Type::Primitive(Primitive::String)];
    let member = |name, ty: usize| Member { name, ty: types.get(ty), was: None, place: None };
    // `c` stands where `a` stood, so `a` takes what is free of its type: the place of `c`, in order.
    let before = [member("a", 0), member("b", 1), member("c", 0), member("d", 0)];
    let after = [member("c", 0), member("x", 1), member("y", 0), member("z", 0)];
    let aligned = align(MemberKind::Param, &before, &after);
    assert_eq!(aligned.kept, [(2, 0)]);
    assert_eq!(aligned.renamed, [(1, 1), (3, 3), (0, 2)]);
}
