//! Whole numbers between two ends, which become as small as they can.

use proptest::prelude::RngExt as _;
use proptest::strategy::{NewTree, Strategy, ValueTree};
use proptest::test_runner::TestRunner;

/// Whole numbers from `min` to `max`; one in four is an end, or next to 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Whole {
    pub(super) min: i128,
    pub(super) max: i128,
}

impl Strategy for Whole {
    type Tree = Smaller;
    type Value = i128;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let Self { min, max } = *self;
        let rng = runner.rng();
        let odd: Vec<_> = [min, max, 0, 1, -1].into_iter().filter(|odd| (min..=max).contains(odd)).collect();
        let pick = if rng.random_ratio(1, 4) { rng.random_range(0..odd.len()) } else { odd.len() };
        let start = odd.get(pick).copied().unwrap_or_else(|| rng.random_range(min..=max));
        let simplest = 0.clamp(min, max);
        let distance = (start - simplest).unsigned_abs();
        Ok(Smaller { simplest, is_below: start < simplest, low: 0, now: distance, high: distance })
    }
}

/// The least distance from the simplest number at which something fails, by halving.
#[derive(Debug, Clone, Copy)]
pub(super) struct Smaller {
    simplest: i128,
    is_below: bool,
    /// Nothing below this fails, as far as was tried.
    low: u128,
    now: u128,
    /// This fails.
    high: u128,
}

impl Smaller {
    fn halve(&mut self) -> bool {
        let middle = self.low.midpoint(self.high);
        let is_other = middle != self.now;
        self.now = middle;
        is_other
    }
}

impl ValueTree for Smaller {
    type Value = i128;

    fn current(&self) -> i128 {
        let distance = self.now.cast_signed();
        if self.is_below { self.simplest - distance } else { self.simplest + distance }
    }

    fn simplify(&mut self) -> bool {
        if self.low >= self.high {
            return false;
        }
        self.high = self.now;
        self.halve()
    }

    fn complicate(&mut self) -> bool {
        if self.low >= self.high {
            return false;
        }
        self.low = self.now + 1;
        self.halve()
    }
}

#[cfg(test)]
mod tests {
    use proptest::strategy::Strategy as _;
    use proptest::test_runner::{TestError, TestRunner};

    use super::Whole;

    /// The number that a failure is brought down to.
    fn least(min: i128, max: i128, fails: impl Fn(i128) -> bool) -> i128 {
        let tried = TestRunner::deterministic().run(&Whole { min, max }.boxed(), |number| {
            if fails(number) { Err(proptest::test_runner::TestCaseError::fail("it does")) } else { Ok(()) }
        });
        match tried {
            Err(TestError::Fail(_, number)) => number,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_failure_is_brought_down_to_the_number_next_to_nothing() {
        assert_eq!(least(0, 255, |number| number > 200), 201);
        assert_eq!(least(i128::from(i64::MIN), 5, |number| number < -77), -78);
        assert_eq!(least(-10, 10, |_| true), 0);
        assert_eq!(least(40, 90, |_| true), 40, "where 0 is not among them, the nearest");
        assert_eq!(least(-90, -40, |number| number < -41), -42);
    }
}
