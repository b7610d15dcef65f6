//! One week of one tank: plan each hour, live each minute, add up.

use crate::error::Error;
use crate::household::Household;
use crate::learner::Learner;
use crate::series::{DrawMinute, HOURS, MINUTES, PriceDay};
use crate::tank::{Build, COMFORT_CELSIUS, Tank, safe_setpoint};

/// Days that are lived.
pub const DAYS: usize = 7;

/// Hour of the day from which the next day's prices are known.
const PUBLISHED_HOUR: usize = 13;

/// Minutes of an hour.
const HOUR_MINUTES: usize = 60;

/// What a week is made of.
#[derive(Debug, Clone)]
pub struct Config {
    /// The tank.
    pub build: Build,
    /// Temperature at the start, in degrees Celsius.
    pub start_celsius: f64,
    /// Eight days of prices, Monday first: the last is known from Sunday afternoon on, and not lived.
    pub prices: Vec<PriceDay>,
    /// The recorded draws, whole days.
    pub pattern: Vec<DrawMinute>,
    /// How they become a week.
    pub household: Household,
}

/// What a planner is told at the start of an hour; the units are the contract's.
#[derive(Debug, Clone, PartialEq)]
pub struct HourInputs {
    /// Hours since Monday 0:00.
    pub hour_of_week: usize,
    /// Minutes since midnight.
    pub minute_of_day: u16,
    /// The prices published by now, in EUR/MWh, from this hour on: 12 to 35 of them.
    pub prices: Vec<f64>,
    /// The draws learned from earlier days of this week, in litres at the tap, for the same hours.
    pub draws: Option<Vec<f64>>,
    /// Water in the tank, in degrees Celsius.
    pub tank_temp: f64,
    /// Water that refills it, in degrees Celsius.
    pub mains_temp: f64,
    /// Air around it, in degrees Celsius.
    pub room_temp: f64,
    /// The tank.
    pub build: Build,
}

/// What a planner answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decision {
    /// Temperature for the regulator; clamped by the device.
    pub setpoint_celsius: f64,
}

/// What a stretch of time came to.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Figures {
    /// Electricity used.
    pub kwh: f64,
    /// What it cost on the day-ahead market.
    pub euro: f64,
    /// Minutes with the tank below [`COMFORT_CELSIUS`].
    pub minutes_below_comfort: u32,
}

/// One day of the report.
#[derive(Debug, Clone, PartialEq)]
pub struct DayReport {
    /// The date as the price file writes it.
    pub date: String,
    /// The day's figures.
    pub figures: Figures,
}

/// What the week came to.
#[derive(Debug, Clone, PartialEq)]
pub struct WeekReport {
    /// Day by day.
    pub days: Vec<DayReport>,
    /// All of it.
    pub total: Figures,
    /// Heat in the tank at the end, less that at the start, in kWh.
    pub stored_kwh: f64,
    /// The total cost, less what [`WeekReport::stored_kwh`] would have cost at the week's mean price: what
    /// to compare two planners by, since one may leave a warmer tank behind.
    pub settled_euro: f64,
    /// Hours whose setpoint the device had to clamp.
    pub clamped_hours: u32,
}

/// Runs the week; `plan` is asked at the start of every hour.
///
/// # Errors
/// [`Error::WeekIncomplete`] when prices are missing, and [`Error::PatternEmpty`] without a draw pattern.
pub fn run_week(config: &Config, plan: &mut dyn FnMut(&HourInputs) -> Decision) -> Result<WeekReport, Error> {
    let prices = hourly_prices(config)?;
    let minutes = config.household.week(&config.pattern)?;
    let mut tank = Tank::new(config.build, config.start_celsius);
    let mut learner = Learner::default();
    let mut report = WeekReport {
        days: Vec::with_capacity(DAYS),
        total: Figures::default(),
        stored_kwh: -tank.stored_kwh(),
        settled_euro: 0.0,
        clamped_hours: 0,
    };
    for (day, (priced, lived)) in config.prices.iter().zip(minutes.chunks(MINUTES)).enumerate() {
        let mut figures = Figures::default();
        let mut seen = [0.0; HOURS];
        for (hour, (minutes, seen)) in lived.chunks(HOUR_MINUTES).zip(&mut seen).enumerate() {
            let Some(inputs) = hour_inputs(&prices, day, hour, &tank, &learner, minutes) else { continue };
            let setpoint = plan(&inputs).setpoint_celsius;
            report.clamped_hours += u32::from(safe_setpoint(setpoint) != setpoint);
            let price = inputs.prices.first().copied().unwrap_or(0.0);
            live_hour(&mut tank, setpoint, price, minutes, &mut figures);
            *seen = minutes.iter().map(|minute| minute.litres).sum();
        }
        learner.learn(&seen);
        report.total.add(&figures);
        report.days.push(DayReport { date: priced.date.clone(), figures });
    }
    report.stored_kwh += tank.stored_kwh();
    report.settled_euro = report.total.euro - report.stored_kwh * mean(&prices) / 1000.0;
    Ok(report)
}

fn hourly_prices(config: &Config) -> Result<Vec<f64>, Error> {
    let days = config.prices.len();
    if days <= DAYS {
        return Err(Error::WeekIncomplete { needed: DAYS + 1, found: days });
    }
    Ok(config.prices.iter().flat_map(|day| day.eur_per_mwh.iter().copied()).collect())
}

fn hour_inputs(
    prices: &[f64],
    day: usize,
    hour: usize,
    tank: &Tank,
    learner: &Learner,
    minutes: &[DrawMinute],
) -> Option<HourInputs> {
    let now = minutes.first()?;
    let hour_of_week = day * HOURS + hour;
    let known_days = if hour < PUBLISHED_HOUR { day + 1 } else { day + 2 };
    let prices = prices.get(hour_of_week..known_days * HOURS)?;
    Some(HourInputs {
        hour_of_week,
        minute_of_day: u16::try_from(hour * HOUR_MINUTES).ok()?,
        prices: prices.to_vec(),
        draws: learner.expected(hour, prices.len()),
        tank_temp: tank.celsius,
        mains_temp: now.mains_celsius,
        room_temp: now.room_celsius,
        build: tank.build,
    })
}

fn live_hour(tank: &mut Tank, setpoint: f64, price: f64, minutes: &[DrawMinute], figures: &mut Figures) {
    for minute in minutes {
        let kwh = tank.minute(setpoint, minute);
        figures.kwh += kwh;
        figures.euro += kwh * price / 1000.0;
        figures.minutes_below_comfort += u32::from(tank.celsius < COMFORT_CELSIUS);
    }
}

impl Figures {
    fn add(&mut self, other: &Self) {
        self.kwh += other.kwh;
        self.euro += other.euro;
        self.minutes_below_comfort += other.minutes_below_comfort;
    }
}

fn mean(prices: &[f64]) -> f64 {
    let lived = prices.iter().take(DAYS * HOURS);
    lived.sum::<f64>() / (DAYS * HOURS) as f64
}
