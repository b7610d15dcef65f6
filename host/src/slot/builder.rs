//! Putting a slot together.

use super::open::Opening;
use super::{Breaker, Fallback, Slot};
use crate::clock::Clock;
use crate::engine::Engine;
use crate::error::Error;
use crate::limits::Limits;
use crate::store::Store;
use crate::world::WorldContract;
use linchpin_trust::TrustedState;
use std::marker::PhantomData;

/// A slot before it is opened. See [`Slot::builder`].
#[derive(Debug, Clone)]
pub struct SlotBuilder<S> {
    opening: Opening,
    wrapper: PhantomData<fn() -> S>,
}

impl<S: From<Slot>> SlotBuilder<S> {
    pub(super) fn new(engine: &Engine, world: &'static WorldContract) -> Self {
        let opening = Opening {
            engine: engine.clone(),
            world,
            limits: Limits::default(),
            fallback: Fallback::default(),
            breaker: Breaker::default(),
            clock: Clock::monotonic(),
            trusted: None,
        };
        Self { opening, wrapper: PhantomData }
    }

    /// What a module may use. Signed limits that are lower count instead.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.opening.limits = limits;
        self
    }

    /// What stands in for a value that the module did not give. Default [`Fallback::None`].
    #[must_use]
    pub fn fallback(mut self, fallback: Fallback) -> Self {
        self.opening.fallback = fallback;
        self
    }

    /// When a module is taken out.
    #[must_use]
    pub fn breaker(mut self, breaker: Breaker) -> Self {
        self.opening.breaker = breaker;
        self
    }

    /// The keys, the threshold and the device class that this firmware trusts, with the counter that it was
    /// built with. What the store remembers of later installs is added to it; keys only ever come from here.
    #[must_use]
    pub fn trust(mut self, trusted: TrustedState) -> Self {
        self.opening.trusted = Some(trusted);
        self
    }

    /// The clock for ages of held values and failures. Default [`Clock::monotonic`].
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.opening.clock = clock;
        self
    }

    /// Opens the slot with what its store holds: the active module, or the one before it, or else none. A
    /// damaged store never keeps a device from starting; [`Slot::start_problems`] says what was passed over.
    ///
    /// # Errors
    /// `engine` if guests cannot run with these limits at all.
    pub fn open(self, store: Store) -> Result<S, Error> {
        self.opening.engine.compiler(self.opening.limits.stack_bytes, false)?;
        Ok(S::from(self.opening.open(store)))
    }
}
