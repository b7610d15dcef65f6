//! What stands in for a value that a guest did not give, and what a value must pass to be accepted.

use crate::abi::GuardViolation;
use std::any::{Any, TypeId};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::time::Duration;

/// What a slot does when a call gives no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fallback {
    /// Nothing: the call returns its error.
    #[default]
    None,
    /// The constant that was set for the function.
    Constant,
    /// The last value of the function that was accepted, while it is young enough; after that the constant, if
    /// one was set. A restart forgets held values.
    HoldLast {
        /// How old a held value may be.
        max_age: Duration,
    },
}

/// Fallback values and guards of one function. All of them are for one Rust type, the function's result.
#[derive(Default)]
pub(super) struct PerFunction {
    ty: OnceLock<TypeId>,
    constant: Mutex<Option<Box<dyn Any + Send>>>,
    last: Mutex<Option<(Duration, Box<dyn Any + Send>)>>,
    guards: RwLock<Vec<Box<dyn Any + Send + Sync>>>,
}

/// A firmware's own check of a value.
pub(super) type Guard<T> = Arc<dyn Fn(&T) -> Result<(), GuardViolation> + Send + Sync>;

impl PerFunction {
    /// Whether `T` is the type of this function; the first use decides.
    pub(super) fn is_of<T: 'static>(&self) -> bool {
        *self.ty.get_or_init(TypeId::of::<T>) == TypeId::of::<T>()
    }

    pub(super) fn set_constant<T: Send + 'static>(&self, value: T) {
        *self.constant.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(value));
    }

    pub(super) fn hold<T: Send + 'static>(&self, value: T, now: Duration) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, Box::new(value)));
    }

    pub(super) fn add_guard<T: 'static>(&self, guard: Guard<T>) {
        self.guards.write().unwrap_or_else(PoisonError::into_inner).push(Box::new(guard));
    }

    /// Asks the firmware's own guards.
    pub(super) fn guard<T: 'static>(&self, value: &T) -> Result<(), GuardViolation> {
        let guards = self.guards.read().unwrap_or_else(PoisonError::into_inner);
        guards.iter().filter_map(|guard| guard.downcast_ref::<Guard<T>>()).try_for_each(|guard| guard(value))
    }

    /// The value that stands in, if the policy has one.
    pub(super) fn value<T: Clone + 'static>(&self, policy: Fallback, now: Duration) -> Option<T> {
        match policy {
            Fallback::None => None,
            Fallback::Constant => self.constant(),
            Fallback::HoldLast { max_age } => self.held(max_age, now).or_else(|| self.constant()),
        }
    }

    fn constant<T: Clone + 'static>(&self) -> Option<T> {
        let constant = self.constant.lock().unwrap_or_else(PoisonError::into_inner);
        constant.as_ref()?.downcast_ref::<T>().cloned()
    }

    fn held<T: Clone + 'static>(&self, max_age: Duration, now: Duration) -> Option<T> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, value) = last.as_ref()?;
        if now.saturating_sub(*since) > max_age {
            return None;
        }
        value.downcast_ref::<T>().cloned()
    }
}
