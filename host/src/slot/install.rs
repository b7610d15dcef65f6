//! Changing the module of a slot: install, rollback, and the revert of a module that failed too often.

use super::Slot;
use super::module::{Module, Terms};
use super::stats::count;
use crate::error::Error;
use crate::store::Store;
use crate::store::record::Record;
use linchpin_trust::{Purpose, Sha256Digest, TrustedState, UnixSeconds};
use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError};

/// A component with the attestation that permits it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The component's bytes.
    pub component: Vec<u8>,
    /// The attestation's DSSE envelope.
    pub attestation: Vec<u8>,
}

/// What an install or a rollback did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// The component that is active now.
    pub component: Sha256Digest,
    /// Its name in the attestation.
    pub name: String,
    /// The attestation's counter.
    pub counter: u64,
    /// The component that was active before.
    pub replaced: Option<Sha256Digest>,
}

/// What is changed under one lock.
pub(super) struct Ledger {
    pub(super) store: Store,
    pub(super) trusted: Option<TrustedState>,
    pub(super) previous: Option<Arc<Module>>,
    pub(super) quarantined: BTreeSet<Sha256Digest>,
}

impl Slot {
    /// Puts a release in place of the active module: verifies its attestation, reads and checks its structure,
    /// compares its functions with the firmware's, compiles it, makes a first instance, stores it, and swaps.
    /// The module before it becomes the last known good one. `now` is in seconds since 1970; a device
    /// without a clock gives 0, and then nothing expires.
    ///
    /// # Errors
    /// Any refusal leaves the slot as it was. `no-trust`; the codes of `linchpin-trust`; those of
    /// [`Loaded::for_world`](crate::Loaded::for_world); `quarantined`; `store`.
    pub fn install(&self, release: &Release, now: u64) -> Result<Installed, Error> {
        let mut ledger = self.ledger();
        let installed = self.install_locked(&mut ledger, release, UnixSeconds(now));
        match &installed {
            Ok(installed) => {
                count(&self.counters.swaps);
                tracing::info!(
                    module = %installed.component,
                    name = installed.name,
                    counter = installed.counter,
                    "installed"
                );
            }
            Err(error) => tracing::warn!(code = error.code(), %error, "release refused"),
        }
        installed
    }

    fn install_locked(
        &self,
        ledger: &mut Ledger,
        release: &Release,
        now: UnixSeconds,
    ) -> Result<Installed, Error> {
        let terms = Terms {
            engine: &self.engine,
            world: self.world,
            limits: &self.limits,
            trusted: ledger.trusted.as_ref().ok_or(Error::NoTrust)?,
            now,
            purpose: Purpose::Install,
        };
        let digest = Sha256Digest::of(&release.component);
        if ledger.quarantined.contains(&digest) {
            return Err(Error::Quarantined { digest });
        }
        let (module, trusted) = Module::load(&release.component, &release.attestation, &terms)?;
        let module = Arc::new(module);
        let former = self.active_module();
        // The same component again renews its attestation; what was good before it stays so.
        let previous = match &former {
            Some(former) if former.entry.component != digest => Some(Arc::clone(former)),
            Some(_) | None => ledger.previous.clone(),
        };
        let next = Ledger {
            store: ledger.store.clone(),
            trusted: Some(keep(trusted, &module, previous.as_ref())),
            previous,
            quarantined: ledger.quarantined.clone(),
        };
        next.store.commit(next.record(&module), Some((&release.component, &release.attestation)))?;
        *ledger = next;
        Ok(self.swap(module))
    }

    /// Goes back to the last known good module. There is none to go back to after that, until the next install.
    ///
    /// # Errors
    /// `no-previous`, or `store` if the step could not be stored; then the slot is as it was.
    pub fn rollback(&self) -> Result<Installed, Error> {
        let mut ledger = self.ledger();
        let module = ledger.previous.clone().ok_or(Error::NoPrevious)?;
        let next = ledger.after_going_back(&module, None);
        next.store.commit(next.record(&module), None)?;
        *ledger = next;
        count(&self.counters.rollbacks);
        let installed = self.swap(module);
        tracing::info!(module = %installed.component, "rolled back");
        Ok(installed)
    }

    /// Takes out a module that failed too often. Never waits: while an install is under way the module stays,
    /// and its next failure asks again.
    pub(super) fn revert(&self, failed: &Arc<Module>) {
        let mut ledger = match self.ledger.try_lock() {
            Ok(ledger) => ledger,
            Err(std::sync::TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(std::sync::TryLockError::WouldBlock) => return,
        };
        if !self.active_module().is_some_and(|active| Arc::ptr_eq(&active, failed)) {
            return;
        }
        let digest = failed.entry.component;
        let Some(module) = ledger.previous.clone() else {
            tracing::error!(module = %digest, "module fails again and again, and there is none to go back to");
            return;
        };
        let next = ledger.after_going_back(&module, Some(digest));
        // The device goes on with the good module even if its store does not take the note.
        if let Err(error) = next.store.commit(next.record(&module), None) {
            tracing::error!(code = error.code(), %error, "revert could not be stored");
        }
        *ledger = next;
        count(&self.counters.reverts);
        let installed = self.swap(module);
        tracing::error!(quarantined = %digest, module = %installed.component, "reverted to the module before");
    }

    /// The one place where the active module changes.
    fn swap(&self, module: Arc<Module>) -> Installed {
        let mut active = self.active.write().unwrap_or_else(PoisonError::into_inner);
        let attested = &module.attested;
        let (name, counter) = (attested.subject.name.clone(), attested.statement.predicate.counter);
        let component = module.entry.component;
        let replaced = active.replace(module).map(|former| former.entry.component);
        Installed { component, name, counter, replaced }
    }
}

impl Ledger {
    fn after_going_back(&self, module: &Module, failed: Option<Sha256Digest>) -> Self {
        let mut quarantined = self.quarantined.clone();
        quarantined.extend(failed);
        Self {
            store: self.store.clone(),
            trusted: self.trusted.clone().map(|trusted| keep(trusted, module, None)),
            previous: None,
            quarantined,
        }
    }

    fn record(&self, active: &Module) -> Record {
        Record {
            // The store counts.
            generation: 0,
            active: Some(active.entry),
            previous: self.previous.as_ref().map(|module| module.entry),
            quarantined: self.quarantined.clone(),
            newest: self.trusted.as_ref().and_then(|trusted| trusted.newest),
            startable: self.trusted.iter().flat_map(|trusted| trusted.startable.iter().copied()).collect(),
        }
    }
}

/// Only what is still on the device may be started again.
fn keep(trusted: TrustedState, active: &Module, previous: Option<&Arc<Module>>) -> TrustedState {
    let kept = [Some(active), previous.map(Arc::as_ref)];
    let kept = kept.into_iter().flatten().map(|module| module.attested.statement_sha256).collect();
    trusted.keep_startable(&kept)
}
