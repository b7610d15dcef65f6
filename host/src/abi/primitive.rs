//! Primitives of a firmware's own types, which may be newtypes: what crosses is the primitive inside.

use linchpin_guest::{OutOfRange, WitPrimitive};

use super::error::{CallError, LiftError};
use super::instance::Instance;
use super::lift::Lift;
use super::lower::{Lower, Region};
use super::number::Number;

/// The value that stands for what a guest returned.
///
/// # Errors
/// [`LiftError::OutOfRange`] where it is outside the range of the value's newtype.
#[inline(always)]
pub fn lifted<T: WitPrimitive>(primitive: T::Primitive) -> Result<T, LiftError> {
    T::from_primitive(primitive).map_err(refused)
}

#[cold]
fn refused<P: std::fmt::Display>(error: OutOfRange<P>) -> LiftError {
    LiftError::OutOfRange { alias: error.name, value: error.value.to_string(), range: error.range }
}

/// What holds a text: a `str`, a `String`, or a newtype around one.
pub trait Text {
    /// The text.
    fn text(&self) -> &str;
}

impl Text for str {
    #[inline(always)]
    fn text(&self) -> &str {
        self
    }
}

impl<T: WitPrimitive<Primitive = String>> Text for T {
    #[inline(always)]
    fn text(&self) -> &str {
        self.as_primitive()
    }
}

impl<I: Instance> Lower<'_, I> {
    /// Copies a list of numbers, or of newtypes around them, into the guest.
    ///
    /// # Errors
    /// When the guest gives no memory for it, or the input limit is passed.
    #[inline]
    pub fn primitives<T>(&mut self, list: &[T]) -> Result<Region, CallError>
    where
        T: WitPrimitive,
        T::Primitive: Number,
    {
        match T::as_list(list) {
            Some(numbers) => self.numbers(numbers),
            None => self.numbers(&list.iter().map(|value| *value.as_primitive()).collect::<Vec<_>>()),
        }
    }
}

impl Lift<'_> {
    /// A list of numbers, or of newtypes around them.
    ///
    /// # Errors
    /// When it leaves memory, is misaligned or passes the limit, or where one is outside the range of its newtype.
    #[inline]
    pub fn primitives<T>(&mut self, address: u32, length: u32) -> Result<Vec<T>, LiftError>
    where
        T: WitPrimitive,
        T::Primitive: Number,
    {
        T::from_list(self.numbers(address, length)?).map_err(refused)
    }
}
