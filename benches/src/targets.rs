//! What the figures have to be, as ratios within one table.

use crate::Failure;
use crate::by_hand::{CORE, POOLED};
use crate::component::{DEFAULT, TUNED};
use crate::engines::Limited;
use crate::measure::Median;
use crate::ours::{PLAIN, RESET};
use std::io::{self, Write as _};

/// `slow` takes at least, or at most, `bound` times what `fast` takes.
struct Target {
    function: &'static str,
    slow: &'static str,
    fast: &'static str,
    bound: Bound,
}

enum Bound {
    AtLeast(f64),
    AtMost(f64),
}

const fn target(function: &'static str, slow: &'static str, fast: &'static str, bound: Bound) -> Target {
    Target { function, slow, fast, bound }
}

const ALL: [Target; 8] = [
    target("add", PLAIN, CORE, Bound::AtMost(1.3)),
    target("add", TUNED, PLAIN, Bound::AtLeast(6.0)),
    target("add", DEFAULT, PLAIN, Bound::AtLeast(20.0)),
    target("setpoint 2 x 24", TUNED, PLAIN, Bound::AtLeast(4.0)),
    target("setpoint 2 x 24", DEFAULT, PLAIN, Bound::AtLeast(8.0)),
    target("setpoint 2 x 24", POOLED, RESET, Bound::AtLeast(25.0)),
    target("setpoint 2 x 24", RESET, PLAIN, Bound::AtMost(1.8)),
    target("total of 512 records", TUNED, PLAIN, Bound::AtLeast(8.0)),
];

/// Every target that these tables can decide.
pub(crate) fn report(tables: &[(&str, Limited, Vec<Median>)]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    writeln!(out, "\ntargets")?;
    for (function, limited, medians) in tables {
        let of = |name: &str| medians.iter().find(|it| it.name == name).map(|it| it.nanoseconds);
        for target in ALL.iter().filter(|target| target.function == *function) {
            let (Some(slow), Some(fast)) = (of(target.slow), of(target.fast)) else { continue };
            let ratio = slow / fast;
            let (words, bound, met) = match target.bound {
                Bound::AtLeast(bound) => ("at least", bound, ratio >= bound),
                Bound::AtMost(bound) => ("at most", bound, ratio <= bound),
            };
            let verdict = if met { "met" } else { "MISSED" };
            let pair = format!("{} / {}", target.slow, target.fast);
            writeln!(
                out,
                "  {function:<22} {:<14} {pair:<74} {ratio:>6.2}   {words} {bound}: {verdict}",
                limited.words()
            )?;
        }
    }
    Ok(())
}
