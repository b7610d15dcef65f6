//! What a comparison says of upgrades is what the link of the two worlds says, which the soundness harness holds against
//! the runtimes.

use std::collections::BTreeMap;

use linchpin_checker::diff::Source;
use linchpin_checker::link::{Edge, link};
use linchpin_checker::system::Runtime;
use linchpin_checker::verdict::{PairLevel, Role};
use linchpin_checker::{Diff, diff};
use linchpin_contract::{World, load_text};
use linchpin_tests::soundness::build::host_world;
use linchpin_tests::soundness::change::{self, Change};
use linchpin_tests::soundness::generate::{self, Purity};
use linchpin_tests::soundness::random::Random;

use crate::fixture::answer;

const WORLDS: u64 = 1_500;

/// A world and what one change made of it.
struct Pair {
    change: String,
    texts: [String; 2],
    worlds: [World; 2],
}

/// The pair of this number; none where the change has no place in the world, or makes no world of it.
fn pair(number: u64, change: &Change) -> Option<Pair> {
    let mut random = Random::new(20_261_122, number);
    let before = generate::wit(&mut random, Purity::Any);
    let mut after = before.clone();
    (change.apply)(&mut after, &mut random)?;
    let texts = [before.to_string(), after.to_string()];
    let worlds = [host_world(&texts[0]).ok()?, host_world(&texts[1]).ok()?];
    (before != after).then(|| Pair { change: format!("{number} {}", change.name), texts, worlds })
}

impl Pair {
    /// Everything that the texts declare, and the world alone.
    fn compared(&self) -> [Diff; 2] {
        let side = |at: usize| Source::contract("w.wit", load_text("w.wit", &self.texts[at]).unwrap());
        let world = |at: usize| side(at).with_world("w").unwrap();
        [diff(&side(0), &side(1), None).unwrap(), diff(&world(0), &world(1), None).unwrap()]
    }
}

/// The worst of one edge where these two worlds meet.
fn on_edge(host: &World, guest: &World, edge: Edge) -> PairLevel {
    let link = link(Runtime::Composition, host, guest);
    let faults = link.faults.iter().filter(|fault| fault.edge == edge);
    faults.map(|fault| fault.level).max().unwrap_or(PairLevel::Ok)
}

#[test]
fn both_upgrades_are_judged_as_the_link_of_the_two_worlds() {
    let (mut met, mut wrong) = (BTreeMap::<PairLevel, usize>::new(), Vec::new());
    let changes = change::all();
    for number in 0..WORLDS {
        let Some(pair) = pair(number, changes[usize::try_from(number).unwrap() % changes.len()]) else {
            continue;
        };
        let ([old, new], [whole, world]) = (&pair.worlds, pair.compared());
        let links = [
            (Role::HostUpgrade, link(Runtime::Wasmtime48, new, old).level),
            (Role::ModuleUpgrade, link(Runtime::Wasmtime48, old, new).level),
        ];
        for (role, link) in links {
            *met.entry(link).or_default() += 1;
            let (whole, world) = (answer(&whole, role), answer(&world, role));
            let fails = |level| level >= PairLevel::CallFail;
            let same = world.level == link || (fails(world.level) && fails(link));
            // What the world does not use may be compared as well; it never looks better.
            if !same || whole.level < link {
                let because = [&whole.because, &world.because];
                wrong.push(format!("{} {role:?}: {because:?}, link {link:?}", pair.change));
            }
        }
    }
    assert!(met.values().sum::<usize>() > 1_000 && met.values().all(|met| *met > 10), "{met:?}");
    assert!(wrong.is_empty(), "{} of {met:?}:\n{}", wrong.len(), wrong.join("\n"));
}

/// The newer side provides what the older one consumes: as a host of its imports, or as a guest with the exports.
#[test]
fn composition_is_judged_as_the_link_of_what_is_provided() {
    let (mut met, mut wrong) = (BTreeMap::<PairLevel, usize>::new(), Vec::new());
    let changes = change::all();
    for number in 0..WORLDS / 2 {
        let Some(pair) = pair(number, changes[usize::try_from(number).unwrap() % changes.len()]) else {
            continue;
        };
        let [old, new] = &pair.worlds;
        // A world that exports what it imports, resources included, is not even what it asks for itself.
        if on_edge(old, old, Edge::GuestExportToHost) != PairLevel::Ok {
            continue;
        }
        let consumed = on_edge(new, old, Edge::HostToGuestImport);
        let level = consumed.max(on_edge(old, new, Edge::GuestExportToHost));
        *met.entry(level).or_default() += 1;
        let [_, world] = pair.compared();
        let said = answer(&world, Role::Composition);
        if said.level != level {
            wrong.push(format!("{}: {:?}, link {level:?}", pair.change, said.because));
        }
    }
    assert!(met.values().sum::<usize>() > 250 && met.values().all(|met| *met > 10), "{met:?}");
    assert!(wrong.is_empty(), "{} of {met:?}:\n{}", wrong.len(), wrong.join("\n"));
}

/// What a module exports is looked up by name, whatever is in it; what it imports is not, where it has types alone.
#[test]
fn interfaces_of_types_alone_are_looked_up_where_they_are_exported() {
    let wit = |version: &str, types: bool, world: &str| {
        let types = if types { "interface t { type n = u32; }" } else { "" };
        format!(
            "package x:y; package a:b@{version} {{ {types} interface i {{ f: func(); }} }} world w {{ {world} }}"
        )
    };
    let (i, t) = ("export a:b/i@1.0.0;", "export a:b/t@1.0.0;");
    let (both, imported) = (format!("{i} {t}"), format!("{i} import a:b/t@1.0.0;"));
    let moved = |text: &str| text.replace("@1.0.0", "@2.0.0");
    let cases = [
        (wit("1.0.0", true, i), wit("1.0.0", true, &both)),
        (wit("1.0.0", true, &both), wit("1.0.0", true, i)),
        (wit("1.0.0", true, &both), wit("1.0.0", false, i)),
        (wit("1.0.0", true, &imported), wit("1.0.0", false, i)),
        (wit("1.0.0", true, i), wit("1.0.0", true, &imported)),
        (wit("1.0.0", true, t), moved(&wit("1.0.0", true, t))),
        (wit("1.0.0", true, "import a:b/t@1.0.0;"), moved(&wit("1.0.0", true, "import a:b/t@1.0.0;"))),
    ];
    for (before, after) in cases {
        let worlds = [host_world(&before).unwrap(), host_world(&after).unwrap()];
        let pair = Pair { change: String::new(), texts: [before, after], worlds };
        let ([old, new], [whole, world]) = (&pair.worlds, pair.compared());
        for (role, link) in [
            (Role::HostUpgrade, link(Runtime::Wasmtime48, new, old).level),
            (Role::ModuleUpgrade, link(Runtime::Wasmtime48, old, new).level),
        ] {
            assert_eq!(answer(&world, role).level, link, "{role:?} {:?}", pair.texts);
            assert!(answer(&whole, role).level >= link, "{role:?} {:?}", pair.texts);
        }
        assert_eq!(answer(&whole, Role::Data).level, PairLevel::Ok, "{:?}", pair.texts);
    }
}
