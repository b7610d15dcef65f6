//! Flat core values with Rust types: the parameters and the result of a core call.

use crate::instance::{EngineParameters, EngineResult};

/// More flat parameters than this go through memory, as the canonical ABI says.
pub const FLAT_PARAMETERS_MAX: usize = 16;

/// The flat parameters of a core function: a tuple of up to 16 of `u32`, `u64`, `f32` and `f64`.
pub trait FlatParameters: Copy + 'static + EngineParameters + sealed::Sealed {
    /// How many there are.
    const COUNT: usize;

    /// Lets `body` have them as slots, as [`Instance::call`](super::Instance::call) takes them.
    fn with_slots<T>(self, body: impl FnOnce(&mut [u64]) -> T) -> T;

    /// Reads them from their slots; none if these are too few.
    fn from_slots(slots: &[u64]) -> Option<Self>;
}

/// The flat result of a core function: `()`, `u32`, `u64`, `f32` or `f64`.
pub trait FlatResult: Copy + 'static + EngineResult + sealed::Sealed {
    /// Reads it from the slot that [`Instance::call`](super::Instance::call) left it in.
    fn from_slot(slot: u64) -> Self;

    /// The same as a slot; 0 where there is no result.
    fn to_slot(self) -> u64;
}

mod sealed {
    /// Keeps these sets to what the canonical ABI flattens to.
    pub trait Sealed {}
}

/// A core value; unlike a result, a parameter is never nothing.
trait Core: FlatResult {}

macro_rules! core_values {
    ($($ty:ident: $to:expr, $from:expr;)*) => { $(
        impl Core for $ty {}

        impl FlatResult for $ty {
            #[inline]
            fn from_slot(slot: u64) -> Self {
                $from(slot)
            }

            #[inline]
            fn to_slot(self) -> u64 {
                $to(self)
            }
        }

        impl sealed::Sealed for $ty {}
    )* };
}

core_values! {
    u32: u64::from, |slot| slot as u32;
    u64: |value| value, |slot| slot;
    f32: |value: f32| u64::from(value.to_bits()), |slot| f32::from_bits(slot as u32);
    f64: f64::to_bits, f64::from_bits;
}

impl sealed::Sealed for () {}

impl FlatResult for () {
    fn from_slot(_: u64) -> Self {}

    fn to_slot(self) -> u64 {
        0
    }
}

impl FlatParameters for () {
    const COUNT: usize = 0;

    #[inline(always)]
    fn with_slots<T>(self, body: impl FnOnce(&mut [u64]) -> T) -> T {
        body(&mut [0])
    }

    #[inline(always)]
    fn from_slots(_: &[u64]) -> Option<Self> {
        Some(())
    }
}

macro_rules! parameters {
    ($($count:literal: $($name:ident)*;)*) => { $(
        impl<$($name: Core),*> FlatParameters for ($($name,)*)
        where
            Self: EngineParameters,
        {
            const COUNT: usize = $count;

            #[inline(always)]
            #[expect(non_snake_case, reason = "values are named after their types")]
            fn with_slots<T>(self, body: impl FnOnce(&mut [u64]) -> T) -> T {
                let ($($name,)*) = self;
                body(&mut [$($name.to_slot()),*])
            }

            #[inline(always)]
            #[expect(non_snake_case, reason = "values are named after their types")]
            fn from_slots(slots: &[u64]) -> Option<Self> {
                let [$($name,)* ..] = *slots else { return None };
                Some(($($name::from_slot($name),)*))
            }
        }

        impl<$($name),*> sealed::Sealed for ($($name,)*) {}
    )* };
}

parameters! {
    1: A;
    2: A B;
    3: A B C;
    4: A B C D;
    5: A B C D E;
    6: A B C D E F;
    7: A B C D E F G;
    8: A B C D E F G H;
    9: A B C D E F G H I;
    10: A B C D E F G H I J;
    11: A B C D E F G H I J K;
    12: A B C D E F G H I J K L;
    13: A B C D E F G H I J K L M;
    14: A B C D E F G H I J K L M N;
    15: A B C D E F G H I J K L M N O;
    16: A B C D E F G H I J K L M N O P;
}

#[cfg(test)]
mod tests {
    use super::{FlatParameters, FlatResult};

    #[test]
    fn every_core_value_comes_back_from_its_slot() {
        let values = (u32::MAX, u64::MAX - 1, -0.0_f32, f64::from_bits(0x7ff0_0000_0000_0001));
        let slots = values.with_slots(|slots| slots.to_vec());
        assert_eq!(slots, [0xffff_ffff, u64::MAX - 1, 0x8000_0000, 0x7ff0_0000_0000_0001]);
        let back = <(u32, u64, f32, f64)>::from_slots(&slots).unwrap();
        assert_eq!(
            (back.0, back.1, back.2.to_bits(), back.3.to_bits()),
            (u32::MAX, u64::MAX - 1, 1 << 31, slots[3])
        );
        assert_eq!(<(u32, u64)>::from_slots(&[1]), None);
        assert_eq!(().with_slots(|slots| slots.len()), 1, "there is always a place for the result");
        assert_eq!(u32::from_slot(slots[0]), u32::MAX);
        assert_eq!(u64::from_slot(slots[1]), u64::MAX - 1);
        assert_eq!(f32::from_slot(slots[2]).to_bits(), 0x8000_0000);
        assert_eq!(f64::from_slot(slots[3]).to_bits(), 0x7ff0_0000_0000_0001);
    }
}
