//! Types that cross as a WIT primitive: the primitive itself, or a newtype that stands for an alias of it.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::shape::WitType;

/// A Rust type that crosses as a WIT primitive.
///
/// It is implemented for the primitives, as themselves, and by the derive [`Alias`](macro@crate::Alias) for a newtype,
/// which may refuse a primitive that lies outside the alias's `@range`.
pub trait WitPrimitive: WitType + Sized {
    /// What crosses.
    type Primitive: fmt::Display;

    /// The value that stands for a primitive.
    ///
    /// # Errors
    /// When the primitive lies outside the range of the WIT alias.
    fn from_primitive(primitive: Self::Primitive) -> Result<Self, OutOfRange<Self::Primitive>>;

    /// The primitive that the value holds.
    fn as_primitive(&self) -> &Self::Primitive;

    /// The primitive that the value held.
    fn into_primitive(self) -> Self::Primitive;

    /// The values that stand for a list of primitives.
    ///
    /// # Errors
    /// As [`WitPrimitive::from_primitive`], for the first that is outside.
    fn from_list(list: Vec<Self::Primitive>) -> Result<Vec<Self>, OutOfRange<Self::Primitive>> {
        list.into_iter().map(Self::from_primitive).collect()
    }

    /// The list as one of primitives, where it already is one.
    fn as_list(_list: &[Self]) -> Option<&[Self::Primitive]> {
        None
    }

    /// The primitives that the values held.
    fn into_list(list: Vec<Self>) -> Vec<Self::Primitive> {
        list.into_iter().map(Self::into_primitive).collect()
    }
}

/// A number that no value of a WIT alias may be, since it lies outside the alias's `@range`.
///
/// ```
/// use linchpin_guest::OutOfRange;
/// let refused = OutOfRange { name: "control/celsius", value: 90.5, range: "10..=85", unit: "celsius" };
/// assert_eq!(refused.to_string(), "`control/celsius` is 90.5 celsius, outside its range 10..=85");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfRange<T> {
    /// The alias in the WIT, as in `control/celsius`.
    pub name: &'static str,
    /// What was given. A NaN is in no range.
    pub value: T,
    /// The range as in the WIT, both ends included, as in `10..=85`. Where an alias stands for another alias, what their
    /// ranges have in common.
    pub range: &'static str,
    /// The `@unit`, as in `celsius`; empty where the WIT states none.
    pub unit: &'static str,
}

impl<T> OutOfRange<T> {
    /// A stable name for logs and counters.
    pub fn code(&self) -> &'static str {
        "out-of-range"
    }
}

impl<T: fmt::Display> fmt::Display for OutOfRange<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, value, range, unit } = self;
        let space = if unit.is_empty() { "" } else { " " };
        write!(f, "`{name}` is {value}{space}{unit}, outside its range {range}")
    }
}

impl<T: fmt::Debug + fmt::Display> core::error::Error for OutOfRange<T> {}

/// What a guest makes of an argument outside the range of its newtype: it does not go on. A device of ours has checked
/// the range before the call, so only another host comes here.
#[inline(always)]
pub fn or_trap<T, P>(checked: Result<T, OutOfRange<P>>) -> T {
    match checked {
        Ok(value) => value,
        Err(refused) => trap(refused.name),
    }
}

/// Without the number: to format a float would make a guest of 2 KB one of 20.
#[cold]
fn trap(name: &str) -> ! {
    panic!("an argument is outside the range of `{name}`")
}

macro_rules! primitives {
    ($($rust:ty),*) => { $(
        impl WitPrimitive for $rust {
            type Primitive = Self;

            #[inline(always)]
            fn from_primitive(primitive: Self) -> Result<Self, OutOfRange<Self>> {
                Ok(primitive)
            }

            #[inline(always)]
            fn as_primitive(&self) -> &Self {
                self
            }

            #[inline(always)]
            fn into_primitive(self) -> Self {
                self
            }

            #[inline(always)]
            fn from_list(list: Vec<Self>) -> Result<Vec<Self>, OutOfRange<Self>> {
                Ok(list)
            }

            #[inline(always)]
            fn as_list(list: &[Self]) -> Option<&[Self]> {
                Some(list)
            }

            #[inline(always)]
            fn into_list(list: Vec<Self>) -> Vec<Self> {
                list
            }
        }
    )* };
}

primitives!(bool, u8, u16, u32, u64, i8, i16, i32, i64, f32, f64, char, String);
