//! Four modules that must not get through, and what the device does about each.

use anyhow::{Context as _, ensure};
use linchpin_demo::tank::{Build, FALLBACK_SETPOINT_CELSIUS};
use linchpin_demo::week::HourInputs;
use linchpin_host::Release;

use crate::device::{Device, Source, heater, plan};
use crate::report::{self, Trial};

/// The module that is running when trouble comes.
const GOOD: &str = "heater-schedule";

/// Tries the four and prints what became of each. Every one ends with a heater that still heats.
pub(crate) fn run(device: &Device) -> anyhow::Result<()> {
    let mut tampered = device.release(GOOD)?;
    let middle = tampered.component.len() / 2;
    *tampered.component.get_mut(middle).context("a component is not empty")? ^= 1;

    let trials = [
        refused(device, "had one bit flipped after it was signed", &tampered, "subject-mismatch")?,
        refused(device, "imports a clock", &device.release("heater-clock")?, "import-present")?,
        contained(device, "never returns", "heater-endless")?,
        contained(device, "asks for 400 degrees", "heater-scalding")?,
    ];
    report::trials(&trials);
    Ok(())
}

/// The release must be refused with this code, and the good module must go on.
fn refused(device: &Device, what: &'static str, release: &Release, code: &str) -> anyhow::Result<Trial> {
    let slot = running(device, what)?;
    let Err(error) = slot.install(release, report::now()) else {
        anyhow::bail!("a module that {what} was installed")
    };
    ensure!(error.code() == code, "a module that {what} was refused as `{}`: {error}", error.code());
    let (decision, source) = plan(&slot, &noon());
    ensure!(matches!(source, Source::Module), "the good module stopped answering after a refusal");
    Ok(Trial {
        what,
        code: error.code().to_owned(),
        why: error.to_string(),
        heater: kept(decision.setpoint_celsius),
    })
}

/// The module installs, since its types and its signature are right, and must be held by the limits and guards.
fn contained(device: &Device, what: &'static str, module: &str) -> anyhow::Result<Trial> {
    let slot = running(device, what)?;
    slot.install(&device.release(module)?, report::now())?;
    let hour = noon();
    let Ok(outcome) = slot.plan(&crate::device::inputs(&hour)) else {
        anyhow::bail!("the fallback did not stand in")
    };
    let why = outcome.why().with_context(|| format!("a module that {what} was obeyed"))?;
    let (code, why) = (why.code().to_owned(), why.to_string());
    let (decision, source) = plan(&slot, &hour);
    ensure!(matches!(source, Source::Fallback(_)), "a module that {what} was obeyed");
    ensure!(decision.setpoint_celsius == FALLBACK_SETPOINT_CELSIUS, "the fallback is not the firmware's own");
    // The third failure opens the breaker: the module before it is back.
    plan(&slot, &hour);
    let (back, source) = plan(&slot, &hour);
    ensure!(matches!(source, Source::Module), "the last known good module did not come back");
    Ok(Trial { what, code, why, heater: reverted(decision.setpoint_celsius, back.setpoint_celsius) })
}

fn running(device: &Device, what: &str) -> anyhow::Result<heater::Slot> {
    let folder: String =
        what.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect();
    let slot = device.slot(&folder)?;
    slot.install(&device.release(GOOD)?, report::now())?;
    Ok(slot)
}

fn kept(setpoint: f64) -> String {
    format!("keeps the module that it had: {setpoint:.1} °C")
}

fn reverted(fallback: f64, back: f64) -> String {
    format!("holds {fallback:.1} °C of its own; after 3 failures the last good module is back: {back:.1} °C")
}

/// A plain hour, the same for all.
fn noon() -> HourInputs {
    HourInputs {
        hour_of_week: 12,
        minute_of_day: 720,
        prices: (0..24_u8).map(|hour| 20.0 + f64::from(hour)).collect(),
        draws: None,
        tank_temp: 48.0,
        mains_temp: 10.0,
        room_temp: 20.0,
        build: Build::COMMON,
    }
}
