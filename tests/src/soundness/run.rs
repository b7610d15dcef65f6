//! Many families on many threads.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::coverage::{Coverage, Direction};
use super::family::{Family, Member, family};
use super::pair::{self, Disagreement, Engines};
use super::shrink;
use super::wit::Wit;

/// What to run.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How many pairs, at least.
    pub pairs: u64,
    /// What everything random follows from.
    pub seed: u64,
    /// How many threads.
    pub threads: usize,
}

/// What came out.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Pairs that were judged.
    pub pairs: u64,
    /// Families that they come from.
    pub families: u64,
    /// Why families had no first world, and how often.
    pub rejected: BTreeMap<String, u64>,
    /// Pairs of a world and itself that are not ok everywhere.
    pub disagreements: Vec<String>,
    /// What was seen.
    pub coverage: Coverage,
    /// How long it took.
    pub elapsed: Duration,
}

impl Report {
    fn merge(&mut self, other: Self) {
        self.pairs += other.pairs;
        self.families += other.families;
        for (reason, count) in other.rejected {
            *self.rejected.entry(reason).or_default() += count;
        }
        self.disagreements.extend(other.disagreements);
        self.coverage.merge(other.coverage);
    }
}

/// After so many disagreements nothing new is learnt.
const DISAGREEMENTS_MAX: usize = 20;

/// If so many worlds in a row cannot be built, none can.
const REJECTED_MAX: u64 = 200;

/// Runs the plan; `progress` is told of the pairs so far.
///
/// # Errors
/// What an engine says, or what the harness could not do.
pub fn run(plan: Plan, progress: &(dyn Fn(u64) + Sync)) -> Result<Report, String> {
    let start = Instant::now();
    let engines = Engines::new()?;
    let (next, done) = (AtomicU64::new(0), AtomicU64::new(0));
    let total = Mutex::new(Report::default());
    let broken = Mutex::new(None);
    let worker = || {
        let mut report = Report::default();
        while done.load(Ordering::Relaxed) < plan.pairs && report.disagreements.len() < DISAGREEMENTS_MAX {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let before = report.pairs;
            if let Err(error) = one(&engines, plan.seed, number, &mut report) {
                *broken.lock().expect("no thread panicked") = Some(format!("family {number}: {error}"));
                break;
            }
            if report.families == 0 && report.rejected.values().sum::<u64>() > REJECTED_MAX {
                let reasons = format!("no world can be built: {:?}", report.rejected);
                *broken.lock().expect("no thread panicked") = Some(reasons);
                break;
            }
            progress(done.fetch_add(report.pairs - before, Ordering::Relaxed));
        }
        total.lock().expect("no thread panicked").merge(report);
    };
    std::thread::scope(|scope| {
        (0..plan.threads.max(1)).for_each(|_| drop(scope.spawn(worker)));
    });
    if let Some(error) = broken.into_inner().expect("no thread panicked") {
        return Err(error);
    }
    let mut report = total.into_inner().expect("no thread panicked");
    report.disagreements.sort();
    report.elapsed = start.elapsed();
    Ok(report)
}

fn one(engines: &Engines, seed: u64, number: u64, report: &mut Report) -> Result<(), String> {
    let family = match family(engines, seed, number) {
        Ok(family) => family,
        Err(reason) => {
            let first = reason.lines().next().unwrap_or_default();
            *report
                .rejected
                .entry(first.chars().filter(|it| !it.is_ascii_digit()).take(90).collect())
                .or_default() += 1;
            return Ok(());
        }
    };
    report.families += 1;
    for (at, host) in family.members.iter().enumerate() {
        for (other, guest) in family.members.iter().enumerate() {
            let judged = pair::judge(engines, &host.host, &guest.guest, family.loader)?;
            report.pairs += 1;
            if !judged.disagreements.is_empty() {
                let found = described(engines, &family, (host, guest), &judged.disagreements);
                report.disagreements.push(format!("seed {seed}, family {number}\n{found}\n"));
            }
            cover(&mut report.coverage, &family.members, (at, other), &judged);
        }
    }
    Ok(())
}

/// Counts a pair of the first world and one that a single change made of it.
fn cover(coverage: &mut Coverage, members: &[Member], (host, guest): (usize, usize), judged: &pair::Judged) {
    let (direction, changed) = match (host, guest) {
        (0, 0) => return,
        (changed, 0) => (Direction::HostUpgrade, changed),
        (0, changed) => (Direction::GuestUpgrade, changed),
        (_, _) => return,
    };
    let Some(made) = members.get(changed).and_then(|member| member.change.as_ref()) else { return };
    for (runtime, link) in &judged.links {
        for edge in &made.edges {
            coverage.add((made.name, *edge, direction, *runtime), pair::level(link, *edge));
        }
    }
}

/// The smallest pair with the same disagreements, or the pair itself where they do not come again.
fn described(
    engines: &Engines,
    family: &Family,
    (host, guest): (&Member, &Member),
    first: &[Disagreement],
) -> String {
    let told = |host: &Wit, guest: &Wit, words: &[Disagreement]| {
        let words = words.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        format!("--- host\n{host}\n--- guest\n{guest}\n--- {words}")
    };
    let pair = (&host.wit, &guest.guest_wit);
    if shrink::disagreements(engines, pair, family.loader).is_empty() {
        return format!("{}\n--- when it was asked again, all agreed", told(pair.0, pair.1, first));
    }
    let (host, guest) = shrink::smallest(engines, pair, family.loader);
    told(&host, &guest, &shrink::disagreements(engines, (&host, &guest), family.loader))
}
