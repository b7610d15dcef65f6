//! Rust types that stand for WIT types, as guests have them too.
//!
//! A firmware may use types of its own instead of generated ones. They derive [`Record`](macro@crate::Record),
//! [`Enum`](macro@crate::Enum), [`Variant`](macro@crate::Variant), [`Flags`](macro@crate::Flags) or
//! [`Alias`](macro@crate::Alias) and are named in `bindings!`. A crate of types that guests and firmwares share derives the same of `linchpin_guest`: the traits are
//! the same.

pub use linchpin_guest::{
    AliasShape, NamedShape, OutOfRange, Shape, WitCase, WitEnum, WitFlags, WitPrimitive, WitRecord, WitType,
    WitVariant, check,
};

#[doc(hidden)]
pub use linchpin_guest::{__private::impossible, __untested as __testing};

/// What a variant carries, whose [`WitVariant::index`] says that it is this case.
///
/// # Panics
/// If it is another case: an implementation by hand that contradicts itself.
#[inline(always)]
pub fn payload<T: WitCase<INDEX>, const INDEX: u32>(variant: &T) -> &T::Payload {
    variant.payload().unwrap_or_else(|| impossible())
}

/// Whether a type of the firmware's own, `T`, agrees with the contract. Generated code names it only through
/// [`IfTrue`], so that a type which does not agree is one error and not one for each of its uses.
#[doc(hidden)]
#[derive(Debug)]
pub struct Checked<const AGREES: bool, T>(std::marker::PhantomData<T>);

/// Has a type only where the comparison came out well.
#[doc(hidden)]
pub trait IfTrue {
    /// The firmware's type.
    type Type;
}

impl<T> IfTrue for Checked<true, T> {
    type Type = T;
}
