//! The series that come with the demo, and every way in which a series can be wrong.

use linchpin_demo::Error;
use linchpin_demo::series::{DRAWS_CSV, MINUTES, PRICES_CSV, draws, prices};

fn prices_error(text: &str) -> Error {
    prices("prices.csv", text, "Denmark 1").expect_err("the text is wrong")
}

/// The price file with one line, counted from 1, replaced.
fn with_line(line: usize, new: &str) -> String {
    let lines = PRICES_CSV.lines().enumerate();
    lines.map(|(at, old)| if at + 1 == line { new } else { old }).collect::<Vec<&str>>().join(
        "
",
    )
}

#[test]
fn the_week_is_eight_whole_days() {
    let days = prices("prices.csv", PRICES_CSV, "Denmark 1").unwrap();
    assert_eq!(days.len(), 8);
    assert_eq!(days[0].eur_per_mwh[..2], [27.06, 28.58]);
    let all = days.iter().take(7).flat_map(|day| &day.eur_per_mwh);
    let (lowest, highest) =
        all.fold((f64::MAX, f64::MIN), |(low, high), &price| (low.min(price), high.max(price)));
    assert_eq!((lowest, highest), (-15.0, 51.05));
}

#[test]
fn the_pattern_is_two_equal_days_of_208_litres() {
    let minutes = draws("draws.csv", DRAWS_CSV).unwrap();
    assert_eq!(minutes.len(), 2 * MINUTES);
    let litres = |day: usize| minutes[day * MINUTES..][..MINUTES].iter().map(|m| m.litres).sum::<f64>();
    assert!((litres(0) - 208.2).abs() < 0.01 && (litres(1) - litres(0)).abs() < 1e-6, "{}", litres(0));
    assert!(minutes.iter().all(|minute| minute.mains_celsius == 7.0 && minute.room_celsius == 20.0));
}

#[test]
fn an_unknown_zone_is_a_missing_column() {
    let error = prices("prices.csv", PRICES_CSV, "Atlantis").unwrap_err();
    assert_eq!(error.code(), "column-missing");
    assert_eq!(
        error.to_string(),
        "prices.csv:1, column `Atlantis[€/MWh]`: the header has no such column; name it or choose a series that has it"
    );
}

#[test]
fn a_price_that_is_no_number_is_shown_with_its_place() {
    for found in ["-", "", "NaN", "inf", "1,5"] {
        let error = prices_error(&with_line(4, &format!("\"Jan 22, 2018\",2:00 AM,\"{found}\"")));
        assert_eq!(error.code(), "not-a-number");
        assert_eq!(
            error.to_string(),
            format!(
                "prices.csv:4, column `Denmark 1[€/MWh]`: `{found}` is not a usable number; correct the value"
            )
        );
    }
}

#[test]
fn a_missing_hour_and_a_doubled_hour_are_out_of_order() {
    let skipped = prices_error(&with_line(4, "\"Jan 22, 2018\",3:00 AM,1.0"));
    assert_eq!(skipped.code(), "out-of-order");
    assert!(skipped.to_string().starts_with(
        "prices.csv:4, column `Time of day`: `Jan 22, 2018 3:00 AM` where `Jan 22, 2018 2:00 AM` should follow"
    ));
    let doubled = prices_error(&with_line(4, "\"Jan 22, 2018\",1:00 AM,1.0"));
    assert_eq!(doubled.code(), "out-of-order");
    let other_day = prices_error(&with_line(4, "\"Jan 23, 2018\",2:00 AM,1.0"));
    assert_eq!(other_day.code(), "out-of-order");
}

#[test]
fn a_cut_off_day_is_incomplete() {
    let cut: Vec<&str> = PRICES_CSV.lines().take(30).collect();
    let error = prices_error(&cut.join("\n"));
    assert_eq!(error.code(), "day-incomplete");
    assert_eq!(
        error.to_string(),
        "prices.csv:30: the series ends within a day; keep all 24 lines of each day"
    );
}

#[test]
fn a_short_line_is_not_csv() {
    let error = prices_error(&with_line(4, "\"Jan 22, 2018\""));
    assert_eq!(error.code(), "not-csv");
    assert!(error.to_string().starts_with("prices.csv:4: not readable as CSV"), "{error}");
}

#[test]
fn an_empty_file_has_no_columns() {
    assert_eq!(prices_error("").code(), "column-missing");
    assert_eq!(draws("draws.csv", "").unwrap_err().code(), "column-missing");
}

#[test]
fn a_negative_draw_is_no_draw() {
    let error = draws("draws.csv", &DRAWS_CSV.replacen("5.299576498", "-5.3", 1)).unwrap_err();
    assert_eq!(error.code(), "not-a-number");
    assert!(error.to_string().starts_with("draws.csv:10, column `Water Heating (L/min)`: `-5.3`"), "{error}");
}
