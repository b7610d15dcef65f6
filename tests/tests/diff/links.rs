//! What a comparison says of the two upgrades is what the link of the two worlds says, which the soundness harness holds
//! against the runtimes.

use std::collections::BTreeMap;

use linchpin_checker::diff;
use linchpin_checker::diff::Source;
use linchpin_checker::link::link;
use linchpin_checker::system::Runtime;
use linchpin_checker::verdict::{PairLevel, Role};
use linchpin_contract::load_text;
use linchpin_tests::soundness::build::host_world;
use linchpin_tests::soundness::change::{self, Change};
use linchpin_tests::soundness::generate::{self, Purity};
use linchpin_tests::soundness::random::Random;

use crate::fixture::answer;

const WORLDS: u64 = 1_500;

/// A world and what one change made of it, as texts; none where the change has no place in the world.
fn changed(number: u64, change: &Change) -> Option<(String, String)> {
    let mut random = Random::new(20_261_122, number);
    let before = generate::wit(&mut random, Purity::Any);
    let mut after = before.clone();
    (change.apply)(&mut after, &mut random)?;
    (after != before).then(|| (before.to_string(), after.to_string()))
}

#[test]
fn both_upgrades_are_judged_as_the_link_of_the_two_worlds() {
    let (mut met, mut wrong) = (BTreeMap::<PairLevel, usize>::new(), Vec::new());
    let changes = change::all();
    for number in 0..WORLDS {
        let change = changes[usize::try_from(number).unwrap() % changes.len()];
        let Some((before, after)) = changed(number, change) else { continue };
        let (Ok(old), Ok(new)) = (host_world(&before), host_world(&after)) else { continue };
        let side = |name: &str, text: &str| Source::contract(name, load_text(name, text).unwrap());
        let (before, after) = (side("before.wit", &before), side("after.wit", &after));
        let whole = diff(&before, &after, None).unwrap();
        let world = |side: Source| side.with_world("w").unwrap();
        let world = diff(&world(before), &world(after), None).unwrap();
        let links = [
            (Role::HostUpgrade, link(Runtime::Wasmtime48, &new, &old)),
            (Role::ModuleUpgrade, link(Runtime::Wasmtime48, &old, &new)),
        ];
        for (role, link) in links {
            *met.entry(link.level).or_default() += 1;
            let (whole, world) = (answer(&whole, role), answer(&world, role));
            let fails = |level| level >= PairLevel::CallFail;
            let same = world.level == link.level || (fails(world.level) && fails(link.level));
            for (said, agrees) in [(whole, whole.level >= link.level), (world, same)] {
                if !agrees {
                    wrong.push(format!(
                        "{number} {}: {role:?} is {:?} by {:?}, and the link is {:?}: {:?}",
                        change.name,
                        said.level,
                        said.because,
                        link.level,
                        link.faults.first()
                    ));
                }
            }
        }
    }
    assert!(met.values().sum::<usize>() > 1_000 && met.values().all(|met| *met > 10), "{met:?}");
    assert!(wrong.is_empty(), "{} of {met:?}:\n{}", wrong.len(), wrong.join("\n"));
}
