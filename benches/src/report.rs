//! The tables.

use crate::Failure;
use crate::engines::Limited;
use crate::guests::Guests;
use crate::measure::Median;
use crate::ours::{PLAIN, RESET};
use std::io::{self, Write as _};

/// One function: what each subject took, and how much that is of ours without and with the reset.
pub(crate) fn table(function: &str, limited: Limited, medians: &[Median]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let of = |name: &str| medians.iter().find(|it| it.name == name).map_or(f64::NAN, |it| it.nanoseconds);
    let (ours, reset) = (of(PLAIN), of(RESET));
    writeln!(out, "\n{function}, {}", limited.words())?;
    writeln!(out, "  {:<44} {:>10} {:>9} {:>13}", "", "ns", "of ours", "of with reset")?;
    for Median { name, nanoseconds } in medians {
        let (of_ours, of_reset) = (nanoseconds / ours, nanoseconds / reset);
        writeln!(out, "  {name:<44} {nanoseconds:>10.1} {of_ours:>9.2} {of_reset:>13.2}")?;
    }
    Ok(())
}

/// What each component weighs.
pub(crate) fn sizes(guests: &Guests) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    writeln!(out, "\nbytes of a component, after `linchpin build`")?;
    for (name, component, most) in guests.sizes() {
        let verdict = if component.len() <= most { "met" } else { "MISSED" };
        writeln!(out, "  {name:<44} {:>10}   at most {most:>6}: {verdict}", component.len())?;
    }
    Ok(())
}

/// Why there are no more tables.
pub(crate) fn failure(error: &dyn std::error::Error) {
    // There is nowhere else to say it.
    let _ = writeln!(io::stderr(), "error: {error}");
}
