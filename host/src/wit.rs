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
pub use linchpin_guest::{
    __private::{self, Checked, IfTrue, impossible},
    __untested as __testing,
};

/// What a variant carries, whose [`WitVariant::index`] says that it is this case.
///
/// # Panics
/// If it is another case: an implementation by hand that contradicts itself.
#[inline(always)]
pub fn payload<T: WitCase<INDEX>, const INDEX: u32>(variant: &T) -> &T::Payload {
    variant.payload().unwrap_or_else(|| impossible())
}
