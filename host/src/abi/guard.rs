//! Ranges and steps from a contract's tags, held against values.

use super::error::GuardViolation;

/// A number that a range or a step can be said of.
pub trait Guarded: Copy + PartialOrd + std::fmt::Display + sealed::Sealed {
    /// Whether the number is a whole count of steps away from where the steps begin.
    fn is_on(self, steps: &Steps) -> bool;
}

mod sealed {
    /// Keeps the set of numbers that of WIT.
    pub trait Sealed {}
}

/// The values that a `@step` allows: a whole count of steps from the least value of the `@range`, or from 0 where
/// there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Steps {
    /// Where they begin.
    pub origin: f64,
    /// How far apart they are, above 0.
    pub step: f64,
    /// `origin` in units of 10⁻¹⁸, exactly.
    pub origin_atto: i128,
    /// `step` in units of 10⁻¹⁸, exactly.
    pub step_atto: i128,
    /// The step as the contract writes it.
    pub text: &'static str,
}

/// Holds a number against its range, which is inclusive. A NaN is in no range.
///
/// # Errors
/// [`GuardViolation::Range`] with an empty path, which the callers fill.
#[inline]
pub fn in_range<T: Guarded>(value: &T, min: T, max: T, range: &'static str) -> Result<(), GuardViolation> {
    if min <= *value && *value <= max {
        return Ok(());
    }
    Err(GuardViolation::Range { path: String::new(), value: value.to_string(), range })
}

/// Which way a value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// From the firmware to the guest.
    Argument,
    /// From the guest to the firmware.
    Result,
}

/// Holds a number of a result against its steps. Those of an argument are not held: what was measured lies on none.
///
/// # Errors
/// [`GuardViolation::Step`] with an empty path, which the callers fill.
#[inline]
pub fn on_step<T: Guarded>(value: &T, side: Side, steps: &Steps) -> Result<(), GuardViolation> {
    match side {
        Side::Result if !value.is_on(steps) => {
            Err(GuardViolation::Step { path: String::new(), value: value.to_string(), step: steps.text })
        }
        Side::Result | Side::Argument => Ok(()),
    }
}

/// Holds every element against `check`, and says which one failed.
///
/// # Errors
/// The first violation, with its index.
#[inline]
pub fn each<T>(
    list: &[T],
    mut check: impl FnMut(&T) -> Result<(), GuardViolation>,
) -> Result<(), GuardViolation> {
    for (index, value) in list.iter().enumerate() {
        check(value).map_err(|violation| violation.within(&format!("[{index}]")))?;
    }
    Ok(())
}

macro_rules! integers {
    ($($ty:ident),*) => { $(
        impl sealed::Sealed for $ty {}

        impl Guarded for $ty {
            fn is_on(self, steps: &Steps) -> bool {
                // 64 bits times 10¹⁸ is below 2¹²⁵, so nothing here can overflow.
                let atto = i128::from(self) * 10_i128.pow(18) - steps.origin_atto;
                atto.checked_rem(steps.step_atto) == Some(0)
            }
        }
    )* };
}

integers!(u8, u16, u32, u64, i8, i16, i32, i64);

macro_rules! floats {
    ($($ty:ident),*) => { $(
        impl sealed::Sealed for $ty {}

        impl Guarded for $ty {
            fn is_on(self, steps: &Steps) -> bool {
                // A decimal step has no exact binary form, so a value may be off by some of its own last places.
                let count = (f64::from(self) - steps.origin) / steps.step;
                let last_places = 4.0 * f64::from($ty::EPSILON) * (f64::from(self) / steps.step).abs();
                (count - count.round()).abs() <= last_places.max(1e-9)
            }
        }
    )* };
}

floats!(f32, f64);

#[cfg(test)]
mod tests {
    use super::*;

    fn half_from_five() -> Steps {
        Steps {
            origin: 5.0,
            step: 0.5,
            origin_atto: 5 * 10_i128.pow(18),
            step_atto: 5 * 10_i128.pow(17),
            text: "0.5",
        }
    }

    #[test]
    fn both_ends_are_in_range_and_nan_is_not() {
        for value in [5.0, 80.0] {
            assert_eq!(in_range(&value, 5.0, 80.0, "5..=80"), Ok(()));
        }
        for value in [4.999, 80.001, f64::NAN, f64::INFINITY] {
            assert!(in_range(&value, 5.0, 80.0, "5..=80").is_err(), "{value}");
        }
    }

    #[test]
    fn steps_are_counted_from_their_origin() {
        assert_eq!(on_step(&7.5_f64, Side::Result, &half_from_five()), Ok(()));
        assert!(on_step(&7.3_f64, Side::Result, &half_from_five()).is_err());
        assert_eq!(on_step(&7.3_f64, Side::Argument, &half_from_five()), Ok(()));
        assert!(on_step(&f64::NAN, Side::Result, &half_from_five()).is_err());
        assert!(on_step(&f32::INFINITY, Side::Result, &half_from_five()).is_err());
        assert_eq!(on_step(&7_u8, Side::Result, &half_from_five()), Ok(()));
        let threes = Steps { origin_atto: 0, step_atto: 3 * 10_i128.pow(18), ..half_from_five() };
        assert!(on_step(&u64::MAX, Side::Result, &threes).is_ok(), "2^64 - 1 is a multiple of 3");
        assert!(on_step(&(u64::MAX - 1), Side::Result, &threes).is_err());
    }

    #[test]
    fn a_decimal_step_forgives_binary_rounding_only() {
        let tenths =
            Steps { origin: 0.0, step: 0.1, origin_atto: 0, step_atto: 10_i128.pow(17), text: "0.1" };
        for count in 0..2000 {
            assert_eq!(on_step(&(f64::from(count) * 0.1), Side::Result, &tenths), Ok(()), "{count}");
            assert_eq!(on_step(&(count as f32 * 0.1), Side::Result, &tenths), Ok(()), "{count}");
        }
        assert!(on_step(&0.15_f64, Side::Result, &tenths).is_err());
        assert!(on_step(&100.001_f32, Side::Result, &tenths).is_err());
    }

    #[test]
    fn a_violation_says_which_element() {
        let check = |value: &u8| in_range(value, 0, 9, "0..=9");
        let violation = each(&[1, 2, 30], check).unwrap_err().within("prices").within("inputs");
        assert_eq!(violation.to_string(), "`inputs.prices[2]` is 30, outside its range 0..=9");
    }
}
