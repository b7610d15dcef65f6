//! The smallest pair on which the checker and a runtime still disagree.

use super::pair::{self, Disagreement, Engines, GuestSide, HostSide, Loader};
use super::wit::{Item, Kind, Wit};

/// What the runtimes and the checker disagree on; nothing where a side cannot be built.
#[must_use]
pub fn disagreements(engines: &Engines, (host, guest): (&Wit, &Wit), loader: Loader) -> Vec<Disagreement> {
    let sides = HostSide::new(host).and_then(|host| Ok((host, GuestSide::new(engines, guest)?)));
    let Ok((host, guest)) = sides else { return Vec::new() };
    pair::judge(engines, &host, &guest, loader).map(|judged| judged.disagreements).unwrap_or_default()
}

/// Takes parts away from both sides, or from one, for as long as the same runtimes disagree.
#[must_use]
pub fn smallest(engines: &Engines, (host, guest): (&Wit, &Wit), loader: Loader) -> (Wit, Wit) {
    let mut best = (host.clone(), guest.clone());
    let runtimes = |pair: (&Wit, &Wit)| {
        disagreements(engines, pair, loader).into_iter().map(|it| it.runtime).collect::<Vec<_>>()
    };
    let wanted = runtimes((host, guest));
    'smaller: loop {
        for candidate in candidates(&best) {
            if runtimes((&candidate.0, &candidate.1)) == wanted {
                best = candidate;
                continue 'smaller;
            }
        }
        return best;
    }
}

/// Every pair with one part less, the same on both sides where there are two.
fn candidates((host, guest): &(Wit, Wit)) -> Vec<(Wit, Wit)> {
    let (hosts, guests) = (smaller(host), smaller(guest));
    let both = hosts.iter().filter_map(|(part, host)| {
        let found = guests.iter().find(|(other, _)| other == part);
        found.map(|(_, guest)| (host.clone(), guest.clone()))
    });
    let one = hosts.iter().map(|(_, host)| (host.clone(), guest.clone()));
    let other = guests.iter().map(|(_, guest)| (host.clone(), guest.clone()));
    both.chain(one).chain(other).collect()
}

/// The world without each of its parts, named.
fn smaller(wit: &Wit) -> Vec<(String, Wit)> {
    let mut found = Vec::new();
    let mut without = |part: String, change: &mut dyn FnMut(&mut Wit)| {
        let mut less = wit.clone();
        change(&mut less);
        if less != *wit {
            found.push((part, less));
        }
    };
    for at in 0..wit.world.imports.len() {
        without(format!("import {}", named(&wit.world.imports[at])), &mut |it| {
            drop(it.world.imports.remove(at))
        });
    }
    for at in 0..wit.world.exports.len() {
        without(format!("export {}", named(&wit.world.exports[at])), &mut |it| {
            drop(it.world.exports.remove(at))
        });
    }
    let mut copy = wit.clone();
    for (nth, (home, interface)) in copy.interfaces_mut().into_iter().enumerate() {
        for (at, function) in interface.functions.iter().enumerate() {
            without(format!("{home:?} func {}", function.name), &mut |it| {
                it.interfaces_mut().swap_remove(nth).1.functions.remove(at);
            });
        }
        for (at, def) in interface.types.iter().enumerate() {
            without(format!("{home:?} type {}", def.name), &mut |it| {
                it.interfaces_mut().swap_remove(nth).1.types.remove(at);
            });
            without(format!("{home:?} parts {}", def.name), &mut |it| {
                fewer(&mut it.interfaces_mut().swap_remove(nth).1.types[at].kind);
            });
        }
        for (at, used) in interface.uses.iter().enumerate() {
            without(format!("{home:?} use {}", used.own), &mut |it| {
                it.interfaces_mut().swap_remove(nth).1.uses.remove(at);
            });
        }
    }
    for (nth, (home, function)) in copy.functions_mut().into_iter().enumerate() {
        for at in 0..function.params.len() {
            without(format!("{home:?} {} param {at}", function.name), &mut |it| {
                it.functions_mut().swap_remove(nth).1.params.remove(at);
            });
        }
        without(format!("{home:?} {} result", function.name), &mut |it| {
            it.functions_mut().swap_remove(nth).1.result = None;
        });
    }
    found
}

fn named(item: &Item) -> String {
    match item {
        Item::Interface(reference) => format!("{reference:?}"),
        Item::Inline(interface) => interface.name.clone(),
        Item::Function(function) => function.name.clone(),
    }
}

/// Drops the last part of a type.
fn fewer(kind: &mut Kind) {
    match kind {
        Kind::Record(parts) if parts.len() > 1 => drop(parts.pop()),
        Kind::Variant(parts) if parts.len() > 1 => drop(parts.pop()),
        Kind::Enum(parts) | Kind::Flags(parts) if parts.len() > 1 => drop(parts.pop()),
        Kind::Resource(parts) => drop(parts.pop()),
        Kind::Record(_) | Kind::Variant(_) | Kind::Enum(_) | Kind::Flags(_) | Kind::Alias(_) => {}
    }
}
