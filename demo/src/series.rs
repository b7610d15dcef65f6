//! Reading the recorded series: day-ahead prices by the hour, hot water by the minute.

use crate::error::{Error, Place};

/// Hours of a day; days of a clock change are refused.
pub const HOURS: usize = 24;

/// Minutes of a day.
pub const MINUTES: usize = 24 * 60;

/// The prices that come with this crate: Denmark 1, 22 to 29 January 2018.
pub const PRICES_CSV: &str = include_str!("../data/day_ahead_denmark_1_2018-01-22.csv");

/// The draw pattern that comes with this crate: two days of the DOE's test, medium usage.
pub const DRAWS_CSV: &str = include_str!("../data/doe_uef_medium_draw_1min.csv");

/// One day of the market.
#[derive(Debug, Clone, PartialEq)]
pub struct PriceDay {
    /// The date as the file writes it.
    pub date: String,
    /// EUR/MWh for each hour from midnight.
    pub eur_per_mwh: Vec<f64>,
}

/// One minute of hot water.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DrawMinute {
    /// Drawn within the minute.
    pub litres: f64,
    /// Water that refills the tank.
    pub mains_celsius: f64,
    /// Air around the tank.
    pub room_celsius: f64,
}

/// Reads the prices of one zone, such as `Denmark 1`, from SMARD's layout; `file` is for messages.
///
/// # Errors
/// The first field or line that is not what an unbroken series of whole days has there.
pub fn prices(file: &str, text: &str, zone: &str) -> Result<Vec<PriceDay>, Error> {
    let table = Table::read(file, text, &["Date", "Time of day", &format!("{zone}[€/MWh]")])?;
    let mut days: Vec<PriceDay> = Vec::new();
    for row in 0..table.rows.len() {
        let hour = row % HOURS;
        let date = table.text(row, 0);
        let found = format!("{date} {}", table.text(row, 1));
        let price = table.number(row, 2)?;
        if hour == 0 {
            days.push(PriceDay { date: date.to_owned(), eur_per_mwh: Vec::with_capacity(HOURS) });
        }
        if let Some(day) = days.last_mut() {
            table.expect(row, 1, &format!("{} {}", day.date, clock_12(hour)), &found)?;
            day.eur_per_mwh.push(price);
        }
    }
    table.whole_days(HOURS)?;
    Ok(days)
}

/// Reads a draw pattern of whole days in the layout of the OCHRE package; `file` is for messages.
///
/// # Errors
/// The first field or line that is not what an unbroken series of whole days has there.
pub fn draws(file: &str, text: &str) -> Result<Vec<DrawMinute>, Error> {
    let columns = ["Time", "Water Heating (L/min)", "Zone Temperature (C)", "Mains Temperature (C)"];
    let table = Table::read(file, text, &columns)?;
    let mut minutes = Vec::with_capacity(table.rows.len());
    for row in 0..table.rows.len() {
        let time = table.text(row, 0);
        let found = time.split_once(' ').map_or(time, |(_, clock)| clock);
        let minute = row % MINUTES;
        table.expect(row, 0, &format!("{}:{:02}", minute / 60, minute % 60), found)?;
        let litres = table.number(row, 1)?;
        if litres < 0.0 {
            return Err(Error::NotANumber { place: table.place(row, 1), found: litres.to_string() });
        }
        minutes.push(DrawMinute {
            litres,
            room_celsius: table.number(row, 2)?,
            mains_celsius: table.number(row, 3)?,
        });
    }
    table.whole_days(MINUTES)?;
    Ok(minutes)
}

/// The chosen columns of a file, each row with its line.
struct Table<'a> {
    file: &'a str,
    columns: Vec<String>,
    rows: Vec<(u64, Vec<String>)>,
}

impl<'a> Table<'a> {
    fn read(file: &'a str, text: &str, columns: &[&str]) -> Result<Self, Error> {
        let columns: Vec<String> = columns.iter().map(|&column| column.to_owned()).collect();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().map_err(|source| not_csv(file, source))?;
        let positions = columns
            .iter()
            .map(|column| {
                let place = Place { file: file.to_owned(), line: 1, column: column.clone() };
                header.iter().position(|name| name == column).ok_or(Error::ColumnMissing { place })
            })
            .collect::<Result<Vec<usize>, Error>>()?;
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|source| not_csv(file, source))?;
            let fields = positions.iter().map(|at| record.get(*at).unwrap_or_default().to_owned());
            rows.push((record.position().map_or(0, csv::Position::line), fields.collect()));
        }
        Ok(Self { file, columns, rows })
    }

    fn text(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|(_, fields)| fields.get(column)).map_or("", String::as_str)
    }

    fn number(&self, row: usize, column: usize) -> Result<f64, Error> {
        let found = self.text(row, column);
        match found.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(number),
            Ok(_) | Err(_) => {
                Err(Error::NotANumber { place: self.place(row, column), found: found.to_owned() })
            }
        }
    }

    fn expect(&self, row: usize, column: usize, expected: &str, found: &str) -> Result<(), Error> {
        if expected == found {
            return Ok(());
        }
        let place = self.place(row, column);
        Err(Error::OutOfOrder { place, expected: expected.to_owned(), found: found.to_owned() })
    }

    fn whole_days(&self, lines_per_day: usize) -> Result<(), Error> {
        if self.rows.len().is_multiple_of(lines_per_day) {
            return Ok(());
        }
        let mut place = self.place(self.rows.len() - 1, 0);
        place.column.clear();
        Err(Error::DayIncomplete { place, lines_per_day })
    }

    fn place(&self, row: usize, column: usize) -> Place {
        Place {
            file: self.file.to_owned(),
            line: self.rows.get(row).map_or(0, |(line, _)| *line),
            column: self.columns.get(column).cloned().unwrap_or_default(),
        }
    }
}

fn not_csv(file: &str, source: csv::Error) -> Error {
    let line = source.position().map_or(1, csv::Position::line);
    Error::NotCsv { place: Place { file: file.to_owned(), line, column: String::new() }, source }
}

/// `12:00 AM` for hour 0, `1:00 PM` for hour 13.
fn clock_12(hour: usize) -> String {
    let half = if hour < 12 { "AM" } else { "PM" };
    let shown = if hour.is_multiple_of(12) { 12 } else { hour % 12 };
    format!("{shown}:00 {half}")
}
