//! What the device prints.
#![expect(clippy::print_stdout, reason = "the program's result is what it prints")]

use std::time::{SystemTime, UNIX_EPOCH};

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{CellAlignment, ContentArrangement, Table};
use linchpin_demo::week::{Figures, WeekReport};
use linchpin_host::SlotStats;

/// Seconds since 1970; 0 where the clock stands before that, which never keeps an install back.
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// What became of one bad module.
pub(crate) struct Trial {
    /// What is wrong with it.
    pub what: &'static str,
    /// The refusal's or failure's stable code.
    pub code: String,
    /// The message.
    pub why: String,
    /// What the heater did.
    pub heater: String,
}

/// The week, a column for each module.
pub(crate) fn table(weeks: &[(&str, WeekReport)]) {
    println!("\nOne week of day-ahead prices, Denmark 1, on the same tank from the same start");
    let mut table = new_table();
    let names = weeks.iter().map(|(name, _)| format!("{name}\n  kWh   EUR  cold*"));
    table.set_header(std::iter::once("day".to_owned()).chain(names));
    let Some((_, first)) = weeks.first() else { return };
    for (index, day) in first.days.iter().enumerate() {
        let figures = weeks.iter().filter_map(|(_, week)| week.days.get(index)).map(|day| row(&day.figures));
        table.add_row(std::iter::once(day.date.clone()).chain(figures));
    }
    table.add_row(std::iter::once("week".to_owned()).chain(weeks.iter().map(|(_, week)| row(&week.total))));
    let settled = weeks.iter().map(|(_, week)| format!("{:.2} EUR", week.settled_euro));
    table.add_row(std::iter::once("settled**".to_owned()).chain(settled));
    align(&mut table);
    println!("{table}");
    println!("*  minutes below the comfort of 45 °C");
    println!(
        "** the bill, less what the heat left in the tank at the end would have cost at the week's mean price"
    );
    if let [(_, thermostat), .., (name, last)] = weeks {
        let saved = 100.0 * (1.0 - last.settled_euro / thermostat.settled_euro);
        println!("{name} pays {saved:.0} % less than the thermostat.");
    }
}

/// The swap, in one paragraph.
pub(crate) fn swap(calls: u64, stats: &SlotStats, week: &WeekReport) {
    println!("\nThursday noon: schedule 1.0.0 is replaced by 1.1.0 while the device calls it without pause");
    println!(
        "  {calls} calls during the install, all answered; over the week {} calls, {} values, {} fallbacks.",
        stats.calls, stats.values, stats.fallbacks
    );
    println!(
        "  The mixed week: {:.2} kWh, {:.2} EUR, {} minutes below comfort.",
        week.total.kwh, week.total.euro, week.total.minutes_below_comfort
    );
}

/// The four bad modules.
pub(crate) fn trials(trials: &[Trial]) {
    println!("\nFour modules that must not get through");
    for trial in trials {
        println!("  a module that {}:", trial.what);
        println!("    {} [{}]", trial.why, trial.code);
        println!("    the heater {}", trial.heater);
    }
}

fn row(figures: &Figures) -> String {
    format!("{:5.1} {:5.2} {:5}", figures.kwh, figures.euro, figures.minutes_below_comfort)
}

fn new_table() -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Disabled);
    table
}

fn align(table: &mut Table) {
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
}
