//! Named parts of two types: which stand for one another, and what that says.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::{Extra, FaultKind, Member};

/// Pairs of positions that stand for one another, and every difference of names. No difference means the very same
/// names in the very same order.
pub(super) fn meet(member: Member, host: &[&str], guest: &[&str]) -> (Vec<FaultKind>, Vec<(usize, usize)>) {
    if host == guest {
        return (Vec::new(), (0..host.len()).map(|index| (index, index)).collect());
    }
    let (hosts, guests) = (first_of(host), first_of(guest));
    let mut faults = Vec::new();
    let mut pairs = Vec::new();
    for (index, name) in host.iter().enumerate() {
        let in_place = guest.get(index).filter(|other| !hosts.contains_key(*other));
        match (guests.get(name), in_place) {
            (Some(other), _) => pairs.push((index, *other)),
            (None, Some(other)) => {
                pairs.push((index, index));
                let (host, guest) = ((*name).to_owned(), (*other).to_owned());
                faults.push(FaultKind::MemberRenamed { member, host, guest });
            }
            (None, None) => faults.push(extra(member, name, Extra::Host)),
        }
    }
    let met: BTreeSet<usize> = pairs.iter().map(|(_, other)| *other).collect();
    let new = guest.iter().enumerate().filter(|(index, _)| !met.contains(index));
    faults.extend(new.map(|(_, name)| extra(member, name, Extra::Guest)));
    if !pairs.is_sorted_by_key(|(_, other)| other) {
        faults.push(FaultKind::MembersReordered { member });
    }
    (faults, pairs)
}

/// Where each name first stands.
fn first_of<'n>(names: &[&'n str]) -> BTreeMap<&'n str, usize> {
    names.iter().enumerate().rev().map(|(index, name)| (*name, index)).collect()
}

fn extra(member: Member, name: &str, side: Extra) -> FaultKind {
    FaultKind::MemberExtra { member, name: name.to_owned(), side }
}

#[cfg(test)]
mod tests {
    use super::{Extra, FaultKind, Member, meet};

    #[test]
    fn every_difference_of_names_is_a_fault() {
        let extra =
            |name: &str, side| FaultKind::MemberExtra { member: Member::Field, name: name.to_owned(), side };
        assert_eq!(meet(Member::Field, &["a", "b"], &["a", "b"]), (vec![], vec![(0, 0), (1, 1)]));
        assert_eq!(
            meet(Member::Field, &["a", "b"], &["a", "b", "c"]),
            (vec![extra("c", Extra::Guest)], vec![(0, 0), (1, 1)])
        );
        assert_eq!(meet(Member::Field, &["x", "a"], &["a"]), (vec![extra("x", Extra::Host)], vec![(1, 0)]));
        let renamed =
            FaultKind::MemberRenamed { member: Member::Field, host: "b".to_owned(), guest: "c".to_owned() };
        assert_eq!(meet(Member::Field, &["a", "b"], &["a", "c"]), (vec![renamed], vec![(0, 0), (1, 1)]));
        let reordered = FaultKind::MembersReordered { member: Member::Field };
        assert_eq!(meet(Member::Field, &["a", "b"], &["b", "a"]), (vec![reordered], vec![(0, 1), (1, 0)]));
    }
}
