//! The firmware around a slot: what it trusts, what it allows, what it does without a module.

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use linchpin_demo::tank::FALLBACK_SETPOINT_CELSIUS;
use linchpin_demo::week::{Decision, HourInputs};
use linchpin_host::{Breaker, Engine, EngineConfig, Fallback, Limits, Outcome, Release, Store};
use linchpin_trust::{PublicKey, TrustedState};

linchpin_host::bindings!("heater");

/// The class that attestations must name.
const DEVICE_CLASS: &str = "heater-3";

/// One device: an engine, a key, a depot of releases.
pub(crate) struct Device {
    engine: Engine,
    trusted: TrustedState,
    depot: PathBuf,
    store: PathBuf,
}

impl Device {
    pub(crate) fn new(depot: &Path, key: &Path, store: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(key).with_context(|| format!("cannot read {}", key.display()))?;
        let key = PublicKey::from_file_text(&text)?;
        Ok(Self {
            engine: Engine::new(EngineConfig::deterministic())?,
            trusted: TrustedState::new([key], NonZeroU32::MIN, DEVICE_CLASS),
            depot: depot.to_owned(),
            store: store.to_owned(),
        })
    }

    /// A slot with a store of its own.
    pub(crate) fn slot(&self, name: &str) -> anyhow::Result<heater::Slot> {
        let folder = self.store.join(name);
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let limits = Limits {
            memory_bytes: 2 << 20,
            instructions: 20_000_000,
            deadline: Duration::from_millis(500),
            ..Limits::default()
        };
        let slot: heater::Slot = heater::Slot::builder(&self.engine)
            .limits(limits)
            .fallback(Fallback::Constant)
            .breaker(Breaker { failures: 3, within: Duration::from_secs(600) })
            .trust(self.trusted.clone())
            .open(Store::directory(&folder)?)?;
        slot.plan_fallback(Ok(warm_enough()))?;
        Ok(slot)
    }

    /// What the depot holds under a module's name.
    pub(crate) fn release(&self, module: &str) -> anyhow::Result<Release> {
        let read = |file: String| {
            let path = self.depot.join(file);
            std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
        };
        Ok(Release {
            component: read(format!("{module}.wasm"))?,
            attestation: read(format!("{module}.attestation.json"))?,
        })
    }
}

/// What the heater does on its own: comfortable, whatever the price.
fn warm_enough() -> heater::Decision {
    heater::Decision {
        setpoint: FALLBACK_SETPOINT_CELSIUS,
        hold_hours: 1,
        reason: heater::Reason::ComfortFloor,
    }
}

/// How a plan came about.
pub(crate) enum Source {
    /// The module gave it.
    Module,
    /// The fallback stood in, for this reason.
    Fallback(String),
}

/// Asks the slot for the coming hour. A heater must always get an answer, so every failure becomes one.
pub(crate) fn plan(slot: &heater::Slot, hour: &HourInputs) -> (Decision, Source) {
    let own = |why: String| (warm_enough(), Source::Fallback(why));
    let (decision, source) = match slot.plan(&inputs(hour)) {
        Ok(Outcome::Value(Ok(decision))) => (decision, Source::Module),
        Ok(Outcome::Fallback { value: Ok(decision), why }) => (decision, Source::Fallback(why.to_string())),
        Ok(Outcome::Value(Err(fault)) | Outcome::Fallback { value: Err(fault), .. }) => own(explain(&fault)),
        Err(error) => own(error.to_string()),
    };
    (Decision { setpoint_celsius: decision.setpoint }, source)
}

fn explain(fault: &heater::Fault) -> String {
    match fault {
        heater::Fault::TooFewPrices(count) => format!("the module was given only {count} prices"),
        heater::Fault::DrawsMismatch(count) => format!("the module was given {count} draws"),
        heater::Fault::OutOfRange(field) => format!("the module found `{field}` out of range"),
        heater::Fault::SensorSilent(_) => "the module misses a sensor".to_owned(),
    }
}

/// The hour as the contract has it.
pub(crate) fn inputs(hour: &HourInputs) -> heater::Inputs {
    heater::Inputs {
        minute_of_day: hour.minute_of_day,
        prices: hour.prices.clone(),
        draws: hour.draws.clone(),
        tank_temp: hour.tank_temp,
        mains_temp: hour.mains_temp,
        room_temp: hour.room_temp,
        mode: heater::Mode::Eco,
        sensors: heater::Sensors { tank_top: true, tank_bottom: true, mains_inlet: true },
        tank: heater::Tank {
            volume: hour.build.volume_litres,
            power: hour.build.power_watts,
            loss: hour.build.loss_watts_per_kelvin,
        },
    }
}
