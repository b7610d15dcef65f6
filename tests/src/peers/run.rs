//! Every example and many random families, asked of every peer.

use std::collections::BTreeMap;

use linchpin_checker::link::Edge;
use linchpin_checker::verdict::PairLevel;

use super::ask::{Asked, ask};
use super::class::{Answer, CLASSES, classes};
use crate::soundness::examples::{EXAMPLES, Guest};
use crate::soundness::family::family;
use crate::soundness::pair::Engines;
use crate::soundness::table;
use crate::soundness::wit::Wit;

/// What came out.
#[derive(Debug, Default)]
pub struct Report {
    /// Pairs that were asked of every peer.
    pub pairs: u64,
    /// By peer: pairs on which it says something else.
    pub differed: BTreeMap<&'static str, u64>,
    /// By peer and class, with the first pair of it.
    pub classes: BTreeMap<(&'static str, &'static str), (u64, String)>,
    /// Disagreements that no class explains.
    pub unlisted: Vec<String>,
}

impl Report {
    fn add(&mut self, name: &str, asked: &[Asked]) {
        self.pairs += 1;
        for Asked { peer, words, answer } in asked {
            let agrees = (*answer == Answer::Fits) == (words.truth.level == PairLevel::Ok);
            *self.differed.entry(peer.name()).or_default() += u64::from(!agrees);
            match classes(*peer, words, answer) {
                Ok(found) => {
                    for class in found {
                        let entry = self.classes.entry((peer.name(), class));
                        entry.or_insert_with(|| (0, name.to_owned())).0 += 1;
                    }
                }
                Err(error) => self.unlisted.push(format!("{name}: {error}; it says {answer:?}")),
            }
        }
    }

    /// A line for each peer and each class, and what no class explains.
    #[must_use]
    pub fn table(&self) -> String {
        let mut out = String::new();
        for (peer, differed) in &self.differed {
            out +=
                &format!("{peer}: {differed} of {} answers differ from what wasmtime 48 does\n", self.pairs);
            for class in CLASSES.iter().filter(|class| class.peer.name() == *peer) {
                let (count, first) = self.classes.get(&(*peer, class.name)).cloned().unwrap_or_default();
                let (verdict, name, reason) = (class.verdict.name(), class.name, class.reason);
                out += &format!("{count:>6}  {verdict:<11}  {name:<16}  {reason}; first: {first}\n");
            }
        }
        self.unlisted.iter().for_each(|unlisted| out += &format!("{unlisted}\n"));
        out
    }

    /// Classes that no pair is in.
    #[must_use]
    pub fn unused(&self) -> Vec<&'static str> {
        let asked = CLASSES.iter().filter(|class| self.differed.contains_key(class.peer.name()));
        let unused = asked.filter(|class| !self.classes.contains_key(&(class.peer.name(), class.name)));
        unused.map(|class| class.name).collect()
    }
}

/// Every example, both ways on both edges.
///
/// # Errors
/// What the harness could not do.
pub fn examples(engines: &Engines, report: &mut Report) -> Result<(), String> {
    each_example(|name, host, guest| {
        report.add(name, &ask(engines, host, guest)?);
        Ok(())
    })
}

/// The examples as lines of JSON, for peers that cannot be linked here, with what is true of each.
///
/// # Errors
/// As [`examples`].
pub fn pairs(engines: &Engines) -> Result<String, String> {
    let mut lines = String::new();
    each_example(|name, host, guest| {
        let [asked, _] = ask(engines, host, guest)?;
        let works = asked.words.truth.level == PairLevel::Ok;
        let (host, guest) = (host.to_string(), guest.to_string());
        let line = serde_json::json!({ "name": name, "works": works, "host": host, "guest": guest });
        lines += &format!("{line}\n");
        Ok(())
    })?;
    Ok(lines)
}

fn each_example(mut each: impl FnMut(&str, &Wit, &Wit) -> Result<(), String>) -> Result<(), String> {
    for example in EXAMPLES {
        for (edge, word) in [(Edge::HostToGuestImport, "import"), (Edge::GuestExportToHost, "export")] {
            let Some(sides) = table::sides(example, edge)? else { continue };
            let ways = [
                ("host upgrade", &sides.after, &sides.old_guest),
                ("guest upgrade", &sides.before, &sides.new_guest),
            ];
            for (way, host, guest) in ways {
                let common = if example.guest == Guest::Common { ", not used" } else { "" };
                let name = format!("{}{common}, {word}, {way}", example.change);
                each(&name, host, guest).map_err(|error| format!("{name}: {error}"))?;
            }
        }
    }
    Ok(())
}

/// Random families, each member on each.
///
/// # Errors
/// What the harness could not do.
pub fn families(engines: &Engines, seed: u64, pairs: u64, report: &mut Report) -> Result<(), String> {
    let enough = report.pairs + pairs;
    for number in 0.. {
        if report.pairs >= enough {
            break;
        }
        let Ok(family) = family(engines, seed, number) else { continue };
        let sides: Vec<(&Wit, &Wit)> =
            family.members.iter().map(|member| (&member.wit, &member.guest_wit)).collect();
        for (at, (host, _)) in sides.iter().enumerate() {
            for (other, (_, guest)) in sides.iter().enumerate() {
                let name = format!("seed {seed}, family {number}, {at} with {other}");
                match ask(engines, host, guest) {
                    Ok(asked) => report.add(&name, &asked),
                    Err(error) => return Err(format!("{name}: {error}")),
                }
            }
        }
    }
    Ok(())
}
