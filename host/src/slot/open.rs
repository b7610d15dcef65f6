//! Opening a slot: the stored modules in the order in which they are worth trying.

use super::install::Ledger;
use super::module::{Module, Terms};
use super::stats::Counters;
use super::{Breaker, Fallback, PerFunction, Slot};
use crate::clock::Clock;
use crate::engine::Engine;
use crate::error::Error;
use crate::limits::Limits;
use crate::store::Store;
use crate::store::record::{Entry, Record};
use crate::world::WorldContract;
use linchpin_trust::{Purpose, TrustedState, UnixSeconds};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, RwLock};

/// Everything that a slot is opened with, but for the store.
#[derive(Debug, Clone)]
pub(super) struct Opening {
    pub(super) engine: Engine,
    pub(super) world: &'static WorldContract,
    pub(super) limits: Limits,
    pub(super) fallback: Fallback,
    pub(super) breaker: Breaker,
    pub(super) clock: Clock,
    pub(super) trusted: Option<TrustedState>,
}

impl Opening {
    pub(super) fn open(self, store: Store) -> Slot {
        let records = store.records();
        let mut problems = records.problems;
        let newest = records.valid.first().cloned().unwrap_or_default();
        let trusted = self.trusted.clone().map(|trusted| remembered(trusted, &newest));
        let mut tried = BTreeSet::new();
        let mut modules = Vec::new();
        // Both modules of one record: an older one may name a module that was given up since.
        for record in &records.valid {
            for entry in record.entries().filter(|entry| tried.insert(entry.component)) {
                match self.load(&store, entry, &newest, trusted.as_ref()) {
                    Ok(module) => modules.push(Arc::new(module)),
                    Err(problem) => problems.push(passed_over(entry, problem)),
                }
            }
            if !modules.is_empty() {
                break;
            }
        }
        let mut modules = modules.into_iter();
        let (active, previous) = (modules.next(), modules.next());
        let ledger = Ledger { store, trusted, previous, quarantined: newest.quarantined };
        Slot {
            functions: self.world.functions.iter().map(|_| PerFunction::default()).collect(),
            engine: self.engine,
            world: self.world,
            limits: self.limits,
            fallback: self.fallback,
            breaker: self.breaker,
            clock: self.clock,
            active: RwLock::new(active),
            ledger: Mutex::new(ledger),
            counters: Counters::default(),
            start_problems: problems,
        }
    }

    fn load(
        &self,
        store: &Store,
        entry: &Entry,
        newest: &Record,
        trusted: Option<&TrustedState>,
    ) -> Result<Module, Error> {
        if newest.quarantined.contains(&entry.component) {
            return Err(Error::Quarantined { digest: entry.component });
        }
        let (component, attestation) = store.blobs(entry)?;
        let terms = Terms {
            engine: &self.engine,
            world: self.world,
            limits: &self.limits,
            trusted: trusted.ok_or(Error::NoTrust)?,
            // A start does not depend on the time of day.
            now: UnixSeconds(0),
            purpose: Purpose::Start,
        };
        Module::load(&component, &attestation, &terms).map(|(module, _)| module)
    }
}

fn passed_over(entry: &Entry, problem: Error) -> Error {
    tracing::error!(module = %entry.component, code = problem.code(), %problem, "stored module passed over");
    problem
}

/// What the firmware trusts, with what the store remembers: a counter never goes back by a restart.
fn remembered(mut trusted: TrustedState, record: &Record) -> TrustedState {
    trusted.startable.extend(record.startable.iter().copied());
    if let Some(newest) = record.newest {
        if newest.counter > trusted.newest_counter() {
            trusted.startable.extend(trusted.newest);
            trusted.newest = Some(newest);
        } else if trusted.newest != Some(newest) {
            trusted.startable.insert(newest);
        }
    }
    trusted
}
