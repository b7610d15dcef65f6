//! A world and some that were made of it by changes with a name; each as host and as guest meets each.

use std::collections::BTreeSet;

use linchpin_checker::link::Edge;

use super::change::{self, Change};
use super::generate::{self, Purity};
use super::pair::{Engines, GuestSide, HostSide, Loader};
use super::random::Random;
use super::smith;
use super::wit::visit::Home;
use super::wit::{Item, Kind, Reference, Wit, World};

/// How many worlds are made of the first one. A component costs milliseconds, a pair a fraction of one, and the
/// pairs grow with the square.
const CHANGED: u64 = 7;

/// How often a random change is tried that may not fit.
const TRIES: usize = 12;

/// One world of a family.
pub struct Member {
    /// The world.
    pub wit: Wit,
    /// The one change that made it, where it was one; none for the first world.
    pub change: Option<Made>,
    /// As a host has it.
    pub host: HostSide,
    /// As a component has it, perhaps without some imports that the component does not use.
    pub guest: GuestSide,
    /// What the component was built from.
    pub guest_wit: Wit,
}

/// A change that was made.
#[derive(Debug, Clone)]
pub struct Made {
    /// Its name.
    pub name: &'static str,
    /// Edges that it may concern.
    pub edges: BTreeSet<Edge>,
}

/// Worlds that were made of one.
pub struct Family {
    /// The first is what the others were made of.
    pub members: Vec<Member>,
    /// Whether Linchpin's own loader can run them.
    pub loader: Loader,
}

/// The family of this number.
///
/// # Errors
/// Why its first world cannot be built.
pub fn family(engines: &Engines, seed: u64, number: u64) -> Result<Family, String> {
    let mut random = Random::new(seed, number);
    let (wit, loader) = match number % 4 {
        0 => (generate::wit(&mut random, Purity::Pure), Loader::Asked),
        1 => (smith::wit(&mut random).ok_or("`wit-smith` made no such world")?, Loader::Skipped),
        _ => (generate::wit(&mut random, Purity::Any), Loader::Skipped),
    };
    let first = member(engines, wit, None, &mut random)?;
    let changes = change::all();
    let mut members = vec![first];
    for nth in 0..CHANGED {
        let turn =
            usize::try_from((number * CHANGED + nth) % changes.len() as u64).expect("it is a position");
        members.extend(changed(engines, &members[0].wit, changes[turn], &changes, &mut random));
    }
    Ok(Family { members, loader })
}

fn member(engines: &Engines, wit: Wit, change: Option<Made>, random: &mut Random) -> Result<Member, String> {
    let host = HostSide::new(&wit)?;
    let guest_wit = if random.chance(40) { used(&wit, random) } else { wit.clone() };
    let guest = GuestSide::new(engines, &guest_wit)?;
    Ok(Member { wit, change, host, guest, guest_wit })
}

/// The world with the change whose turn it is, or a random one, and sometimes with more.
fn changed(
    engines: &Engines,
    first: &Wit,
    turn: &'static Change,
    changes: &[&'static Change],
    random: &mut Random,
) -> Option<Member> {
    for attempt in 0..TRIES {
        let change = if attempt == 0 { turn } else { *random.pick(changes) };
        let mut wit = first.clone();
        let Some(home) = (change.apply)(&mut wit, random) else { continue };
        let mut made = Some(Made { name: change.name, edges: edges(first, &wit, home) });
        if random.chance(25) {
            for _ in 0..1 + random.below(2) {
                if (random.pick(changes).apply)(&mut wit, random).is_some() {
                    made = None;
                }
            }
        }
        if wit == *first {
            continue;
        }
        if let Ok(member) = member(engines, wit, made, random) {
            return Some(member);
        }
    }
    None
}

/// The world of a component that does not call every function that it could: its binary lists only those it calls.
fn used(wit: &Wit, random: &mut Random) -> Wit {
    let mut used = wit.clone();
    let imported: Vec<_> =
        wit.references().into_iter().filter(|it| !World::has(&wit.world.exports, it)).collect();
    for Reference { package, interface } in imported {
        let interfaces = used.packages.get_mut(package).into_iter().flat_map(|it| &mut it.interfaces);
        for it in interfaces.filter(|it| it.name == interface) {
            it.functions.retain(|_| random.chance(60));
            for def in &mut it.types {
                if let Kind::Resource(methods) = &mut def.kind {
                    methods.retain(|_| random.chance(60));
                }
            }
        }
    }
    used.world.imports.retain(|item| matches!(item, Item::Interface(_)) || random.chance(70));
    used
}

/// Edges on which something stands that a change at `home` may concern, before or after it.
pub(super) fn edges(before: &Wit, after: &Wit, home: Home) -> BTreeSet<Edge> {
    let mut edges = reach(before, home);
    edges.extend(reach(after, home));
    edges
}

fn reach(wit: &Wit, home: Home) -> BTreeSet<Edge> {
    let Home::Package(package, position) = home else {
        return match home {
            Home::Import(_) | Home::World => BTreeSet::from([Edge::HostToGuestImport]),
            Home::Export(_) | Home::Package(..) => BTreeSet::from([Edge::GuestExportToHost]),
        };
    };
    let Some(interface) = wit.packages.get(package).and_then(|it| it.interfaces.get(position)) else {
        return BTreeSet::new();
    };
    let origin = Reference { package, interface: interface.name.clone() };
    let mut reached = BTreeSet::from([origin]);
    loop {
        let uses = |reference: &Reference| {
            wit.interface(reference).is_some_and(|it| it.uses.iter().any(|used| reached.contains(&used.from)))
        };
        let more: Vec<_> =
            wit.references().into_iter().filter(|it| !reached.contains(it) && uses(it)).collect();
        if more.is_empty() {
            break;
        }
        reached.extend(more);
    }
    let mut edges = BTreeSet::new();
    if reached.iter().any(|it| World::has(&wit.world.exports, it)) {
        edges.insert(Edge::GuestExportToHost);
    }
    let by_world = wit.world.own.uses.iter().any(|used| reached.contains(&used.from));
    if by_world
        || reached.iter().any(|it| !World::has(&wit.world.exports, it) || World::has(&wit.world.imports, it))
    {
        edges.insert(Edge::HostToGuestImport);
    }
    edges
}
