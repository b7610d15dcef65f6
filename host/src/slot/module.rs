//! One module in a slot, with the attestation that it runs under.

use super::breaker::Failures;
use crate::engine::Engine;
use crate::error::Error;
use crate::limits::Limits;
use crate::load::Loaded;
use crate::store::record::Entry;
use crate::world::WorldContract;
use linchpin_trust::{Attested, Purpose, Sha256Digest, TrustedState, UnixSeconds, verify_attestation};

/// A module that may run here.
pub(super) struct Module {
    pub(super) loaded: Loaded,
    pub(super) entry: Entry,
    pub(super) attested: Attested,
    pub(super) failures: Failures,
}

/// What a module is loaded for.
pub(super) struct Terms<'s> {
    pub(super) engine: &'s Engine,
    pub(super) world: &'static WorldContract,
    pub(super) limits: &'s Limits,
    pub(super) trusted: &'s TrustedState,
    pub(super) now: UnixSeconds,
    pub(super) purpose: Purpose,
}

impl Module {
    /// Verifies, then loads. Gives the module and what the device trusts from then on.
    pub(super) fn load(
        component: &[u8],
        attestation: &[u8],
        terms: &Terms<'_>,
    ) -> Result<(Self, TrustedState), Error> {
        let verified = verify_attestation(attestation, component, terms.trusted, terms.now, terms.purpose);
        let (attested, trusted) = verified.map_err(Error::Refused)?;
        let limits = tightened(terms.limits, &attested.limits);
        let loaded = Loaded::for_world(terms.engine, component, terms.world, &limits)?;
        let entry = Entry { component: loaded.digest(), attestation: Sha256Digest::of(attestation) };
        Ok((Self { loaded, entry, attested, failures: Failures::default() }, trusted))
    }
}

/// The firmware's limits, where those that were signed are not lower still.
fn tightened(limits: &Limits, signed: &linchpin_trust::Limits) -> Limits {
    let bytes = |own: usize, signed: u64| usize::try_from(signed).map_or(own, |signed| own.min(signed));
    Limits {
        memory_bytes: bytes(limits.memory_bytes, signed.memory_bytes),
        instructions: limits.instructions.min(signed.instructions),
        component_bytes: bytes(limits.component_bytes, signed.size_bytes),
        ..limits.clone()
    }
}
