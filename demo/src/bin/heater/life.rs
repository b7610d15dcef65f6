//! The week itself: three modules side by side, then one replaced by the next while the device runs.

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, ensure};
use linchpin_demo::household::Household;
use linchpin_demo::series;
use linchpin_demo::tank::Build;
use linchpin_demo::week::{Config, HourInputs, WeekReport, run_week};
use linchpin_host::Release;

use crate::device::{Device, Source, heater, plan};
use crate::report;

/// Modules in the order in which they came out, with what people call them.
const MODULES: [(&str, &str); 3] = [
    ("heater-thermostat", "thermostat"),
    ("heater-schedule-1-0", "schedule 1.0.0"),
    ("heater-schedule", "schedule 1.1.0"),
];

/// Thursday noon: the middle of the week.
const SWAP_HOUR: usize = 84;

/// Lives the week once with each module, from the same start, and prints the table.
pub(crate) fn compare(device: &Device) -> anyhow::Result<()> {
    let config = config()?;
    let mut weeks = Vec::new();
    for (module, name) in MODULES {
        let slot = device.slot(module)?;
        slot.install(&device.release(module)?, report::now())
            .with_context(|| format!("module `{module}`"))?;
        let mut fallbacks = Vec::new();
        let week = run_week(&config, &mut |hour| {
            let (decision, source) = plan(&slot, hour);
            if let Source::Fallback(why) = source {
                fallbacks.push(why);
            }
            decision
        })?;
        ensure!(fallbacks.is_empty(), "`{module}` did not answer: {}", fallbacks.join("; "));
        weeks.push((name, week));
    }
    report::table(&weeks);
    judge(&weeks)
}

/// What the demo promises, held against the figures.
fn judge(weeks: &[(&str, WeekReport)]) -> anyhow::Result<()> {
    let [(_, thermostat), (_, first), (_, second)] = weeks else {
        anyhow::bail!("three weeks make the table")
    };
    let below = |week: &WeekReport| week.total.minutes_below_comfort;
    ensure!(first.settled_euro < thermostat.settled_euro, "schedule 1.0.0 costs more than the thermostat");
    ensure!(below(first) <= below(thermostat), "schedule 1.0.0 is colder than the thermostat");
    ensure!(second.settled_euro <= first.settled_euro, "schedule 1.1.0 costs more than 1.0.0");
    ensure!(below(second) <= below(first), "schedule 1.1.0 is colder than 1.0.0");
    Ok(())
}

/// Lives the week with 1.0.0 and replaces it by 1.1.0 at noon on Thursday, calling all the while.
pub(crate) fn swap(device: &Device) -> anyhow::Result<()> {
    let [_, (before, _), (after, _)] = MODULES;
    let slot = device.slot("swap")?;
    slot.install(&device.release(before)?, report::now())?;
    let next = device.release(after)?;
    let mut swapped = None;
    let week = run_week(&config()?, &mut |hour| {
        if hour.hour_of_week == SWAP_HOUR {
            swapped = Some(swap_under_load(&slot, &next, hour));
        }
        plan(&slot, hour).0
    })?;
    let calls = swapped.context("the week has a Thursday noon")??;
    report::swap(calls, &slot.stats(), &week);
    Ok(())
}

/// Installs `next` on another thread and calls without pause until it is in. Gives the number of calls.
fn swap_under_load(slot: &heater::Slot, next: &Release, hour: &HourInputs) -> anyhow::Result<u64> {
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let install = scope.spawn(|| {
            let result = slot.install(next, report::now());
            done.store(true, Ordering::Release);
            result
        });
        let mut calls = 0;
        loop {
            // Read before the call, so that at least one call begins after the swap.
            let last = done.load(Ordering::Acquire);
            calls += 1;
            if let (_, Source::Fallback(why)) = plan(slot, hour) {
                anyhow::bail!("call {calls} was lost during the swap: {why}");
            }
            if last {
                break;
            }
        }
        install.join().map_err(|_| anyhow::anyhow!("the installing thread died"))??;
        Ok(calls)
    })
}

fn config() -> anyhow::Result<Config> {
    Ok(Config {
        build: Build::COMMON,
        start_celsius: 55.0,
        prices: series::prices("prices", series::PRICES_CSV, "Denmark 1")?,
        pattern: series::draws("draws", series::DRAWS_CSV)?,
        household: Household::REGULAR,
    })
}
