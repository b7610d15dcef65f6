//! What a device remembers between verifications.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use crate::{PublicKey, Purpose, Refusal, Sha256Digest};

/// What a device trusts and what it has seen. The caller stores it (it is a serde value) together with the
/// component, in one step, and hands it in at the next verification.
///
/// A factory release is one that was installed when the firmware was built: verify it there with
/// [`Purpose::Install`] and ship the resulting state, so that it starts on a device that was on a shelf for
/// years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustedState {
    /// The keys that may sign. Taking a key away also stops what only that key signed.
    pub keys: BTreeSet<PublicKey>,
    /// How many different keys must have signed.
    pub threshold: NonZeroU32,
    /// The class of this device.
    pub device_class: String,
    /// The installed statement with the highest counter. Installs never go below it.
    #[serde(default)]
    pub newest: Option<Accepted>,
    /// Statements installed before, which may still be started: the last known good, for instance.
    #[serde(default)]
    pub startable: BTreeSet<Accepted>,
}

/// A statement that was installed here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Accepted {
    /// Its counter.
    pub counter: u64,
    /// The digest of its signed bytes. Two statements with one counter differ here.
    pub statement_sha256: Sha256Digest,
}

impl TrustedState {
    /// The state of a device that has installed nothing.
    pub fn new(
        keys: impl IntoIterator<Item = PublicKey>,
        threshold: NonZeroU32,
        device_class: impl Into<String>,
    ) -> Self {
        Self {
            keys: keys.into_iter().collect(),
            threshold,
            device_class: device_class.into(),
            newest: None,
            startable: BTreeSet::new(),
        }
    }

    /// The highest counter installed here; 0 before the first install.
    #[must_use]
    pub fn newest_counter(&self) -> u64 {
        self.newest.map_or(0, |newest| newest.counter)
    }

    /// Forgets the older statements that are not in `kept`. Call it when a component leaves the device, so
    /// that the state stays small and a component that was given up cannot come back. The newest stays: it
    /// is what holds replays off.
    #[must_use]
    pub fn keep_startable(mut self, kept: &BTreeSet<Sha256Digest>) -> Self {
        self.startable.retain(|accepted| kept.contains(&accepted.statement_sha256));
        self
    }

    /// The state after `statement`, or why it may not be installed or started.
    ///
    /// The statement with the newest counter may come again, for a restart or for another of its components.
    /// Every other one must be newer to be installed, and remembered to be started.
    pub(crate) fn accept(&self, statement: Accepted, purpose: Purpose) -> Result<Self, Refusal> {
        let Accepted { counter, .. } = statement;
        let newest = self.newest_counter();
        if self.newest == Some(statement) {
            return Ok(self.clone());
        }
        match purpose {
            Purpose::Start if self.startable.contains(&statement) => Ok(self.clone()),
            Purpose::Install if counter > newest => {
                let mut state = self.clone();
                state.startable.extend(self.newest);
                state.newest = Some(statement);
                Ok(state)
            }
            Purpose::Start if counter > newest => Err(Refusal::NotInstalled { counter }),
            Purpose::Start | Purpose::Install if self.newest.is_some_and(|it| it.counter == counter) => {
                Err(Refusal::CounterReused { counter })
            }
            Purpose::Start | Purpose::Install => Err(Refusal::CounterOlder { counter, newest }),
        }
    }
}
