//! Which name of one side is which of the other one, in little more time than it takes to read both.

use std::collections::BTreeMap;

/// A name and the one it had before.
#[derive(Clone, Copy)]
pub(super) struct Name<'a> {
    pub(super) name: &'a str,
    pub(super) was: Option<&'a str>,
}

/// The names of one side, found by what they are and by what they were.
pub(super) struct Names<'a> {
    all: Vec<Name<'a>>,
    by_name: Positions<'a>,
    by_was: Positions<'a>,
}

/// Positions of each name, in order.
type Positions<'a> = BTreeMap<&'a str, Vec<usize>>;

impl<'a> Names<'a> {
    pub(super) fn of(names: impl Iterator<Item = Name<'a>>) -> Self {
        let mut found = Self { all: names.collect(), by_name: Positions::new(), by_was: Positions::new() };
        for (index, name) in found.all.iter().enumerate() {
            found.by_name.entry(name.name).or_default().push(index);
            if let Some(was) = name.was {
                found.by_was.entry(was).or_default().push(index);
            }
        }
        found
    }

    /// Where among these a name of `own` is. A renamed one counts only where its new name is not taken: the name that
    /// is written always goes before the name that was, and a name that two would claim is nobody's.
    pub(super) fn position(&self, own: &Self, name: Name<'_>) -> Option<usize> {
        if let Some(exact) = at(&self.by_name, name.name).first() {
            return Some(*exact);
        }
        let was = name.was.map_or(&[][..], |was| at(&self.by_name, was));
        let claimed = was.iter().chain(at(&self.by_was, name.name)).copied();
        claimed.filter(|index| self.all.get(*index).is_some_and(|other| own.claims_once(*other))).min()
    }

    /// Whether another side's name is none of these, and only one of these was it or became it.
    fn claims_once(&self, other: Name<'_>) -> bool {
        let was = at(&self.by_was, other.name);
        let is = other.was.map_or(&[][..], |was| at(&self.by_name, was));
        let once = match (was, is) {
            ([_], []) | ([], [_]) => true,
            ([one], [same]) => one == same,
            (_, _) => false,
        };
        once && !self.by_name.contains_key(other.name)
    }
}

fn at<'p>(positions: &'p Positions<'_>, name: &str) -> &'p [usize] {
    positions.get(name).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::{Name, Names};

    /// The definition as it reads, in cubic time.
    fn defined(others: &[Name<'_>], own: &[Name<'_>], name: Name<'_>) -> Option<usize> {
        let exact = others.iter().position(|other| other.name == name.name);
        exact.or_else(|| {
            others.iter().position(|other| {
                let claims = |own: &Name<'_>| own.was == Some(other.name) || other.was == Some(own.name);
                let free = !own.iter().any(|own| own.name == other.name);
                free && claims(&name) && own.iter().filter(|own| claims(own)).count() == 1
            })
        })
    }

    /// Every side of up to two names of four, each with or without one that it had.
    fn sides() -> Vec<Vec<Name<'static>>> {
        const NAMES: [&str; 4] = ["a", "b", "c", "d"];
        let was = || std::iter::once(None).chain(NAMES.map(Some));
        let all: Vec<Name<'static>> =
            NAMES.into_iter().flat_map(|name| was().map(move |was| Name { name, was })).collect();
        let mut sides: Vec<Vec<Name<'static>>> = all.iter().map(|one| vec![*one]).collect();
        for one in &all {
            sides.extend(all.iter().filter(|two| two.name != one.name).map(|two| vec![*one, *two]));
        }
        sides
    }

    #[test]
    fn names_meet_as_they_are_defined_to() {
        let (mut asked, mut renamed) = (0, 0);
        for one in sides() {
            for other in sides() {
                let (names, own) = (Names::of(one.iter().copied()), Names::of(other.iter().copied()));
                for name in &other {
                    let expected = defined(&one, &other, *name);
                    let found = names.position(&own, *name);
                    assert_eq!(found, expected);
                    asked += 1;
                    let other_name = found.and_then(|index| one.get(index));
                    renamed += usize::from(other_name.is_some_and(|other| other.name != name.name));
                }
            }
        }
        assert!(asked > 100_000 && renamed > 1_000, "{asked} asked, {renamed} renamed");
    }
}
