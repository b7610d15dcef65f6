//! What was read of some bytes once: many modules share an interface, many firmwares their descriptors, and the same
//! component may be declared several times.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use linchpin_contract::descriptor::Descriptor;
use linchpin_contract::{Digest, World};

use crate::profile::Profile;

/// What one load has read, each by a digest of the bytes that decide about it.
#[derive(Default)]
pub(super) struct Memo {
    /// By [`SectionDigests::world`](linchpin_contract::SectionDigests), of valid components.
    pub(super) worlds: Kept<World>,
    /// By [`SectionDigests::code`](linchpin_contract::SectionDigests).
    pub(super) profiles: Kept<Profile>,
    /// By the digest of the link section.
    pub(super) descriptors: Kept<Vec<Descriptor>>,
}

/// Things by digest. Two threads may make one of them at the same time; they make the same.
pub(super) struct Kept<T>(Mutex<HashMap<Digest, Arc<T>>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Kept<T> {
    /// What is kept under this key, or else what `make` makes. Without a key nothing is kept, and nor is an error.
    ///
    /// # Errors
    /// That of `make`.
    pub(super) fn get_or<E>(
        &self,
        key: Option<Digest>,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<Arc<T>, E> {
        let Some(key) = key else { return make().map(Arc::new) };
        let map = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = map().get(&key).cloned();
        if let Some(kept) = kept {
            return Ok(kept);
        }
        let made = Arc::new(make()?);
        Ok(Arc::clone(map().entry(key).or_insert(made)))
    }
}
