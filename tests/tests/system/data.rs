//! Recorded data: real series, and every type in every form.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use linchpin_checker::verdict::PairLevel;

use crate::fixture::Fixture;
use crate::{fired, verdict};

fn system(wit: &str, table: &str) -> Fixture {
    let fixture = Fixture::of_wit(wit, wit);
    let path = fixture.path().join("linchpin.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{text}\n{table}")).unwrap();
    fixture
}

fn demo(file: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo/data").join(file)).unwrap()
}

const PRICES: &str = "package acme:f@1.0.0;
interface api {
    record hour {
        /// @range -500..=4000
        price: f64,
    }
    plan: func(hour: hour) -> f64;
}
world w { export api; }
";

/// The prices that the demo plays, as they were published.
#[test]
fn a_real_series_feeds_a_function_and_its_extremes_are_found() {
    let bytes = demo(DEMO);
    let header = String::from_utf8(bytes.clone()).unwrap().lines().next().unwrap().to_owned();
    let column = header.split(',').next_back().unwrap().to_owned();
    let table = format!(
        "[data.prices]\npath = \"prices.csv\"\nfeeds = \"guest/plan\"\ncolumns = {{ price = \"{column}\" }}\n"
    );
    let fixture = system(PRICES, &table);
    fs::write(fixture.path().join("prices.csv"), &bytes).unwrap();
    let verdict = verdict(fixture.path());
    assert!(
        fired(&verdict).iter().all(|rule| *rule == "data-column-unused"),
        "{}",
        crate::fixture::rendered(&verdict)
    );
    assert!(verdict.clean && verdict.data[0].rows > 100, "{:?}", verdict.data);
    let rows = verdict.data[0].rows;

    let narrow = system(&PRICES.replace("-500..=4000", "0..=0.001"), &table);
    fs::write(narrow.path().join("prices.csv"), &bytes).unwrap();
    let verdict = crate::verdict(narrow.path());
    let finding = verdict.findings.iter().find(|finding| finding.rule == "data-range-exceeded").unwrap();
    // Three rows are shown, and the value that they feed; all are counted.
    assert_eq!(finding.sides.len(), 4);
    assert!(finding.message.contains("rows") && verdict.data[0].rows == rows, "{}", finding.message);
    assert_eq!(verdict.data[0].level, PairLevel::Conditional);
}

const DEMO: &str = "day_ahead_denmark_1_2018-01-22.csv";

const EVERYTHING: &str = "package acme:f@1.0.0;
interface api {
    enum mode { eco, boost }
    flags sensors { top, bottom }
    variant fault { stale(u32), missing }
    record part { a: u8, b: option<string> }
    plan: func(flag: bool, letter: char, mode: mode, sensors: sensors, fault: fault, part: part, pair: tuple<u8, f32>, maybe: option<part>, lists: list<list<s8>>, outcome: result<u8, string>, name: string) -> f64;
}
world w { export api; }
";

/// By column: a cell that is accepted, and one that is not.
const CELLS: [(&str, &str, &str); 13] = [
    ("flag", "true", "1"),
    ("letter", "é", "ab"),
    ("mode", "eco", "Eco"),
    ("sensors", "top|bottom", "top|middle"),
    ("fault", "\"{\"\"stale\"\": 3}\"", "\"{\"\"stale\"\": -3}\""),
    ("fault", "\"\"\"missing\"\"\"", "missing"),
    ("part.a", "255", "256"),
    ("part.b", "", ""),
    ("pair", "\"[1, 0.5]\"", "\"[1]\""),
    ("maybe", "\"{\"\"a\"\": 1}\"", "\"{\"\"c\"\": 1}\""),
    ("lists", "\"[[], [-128, 127]]\"", "\"[[128]]\""),
    ("outcome", "\"{\"\"err\"\": \"\"x\"\"}\"", "\"{\"\"ok\"\": \"\"x\"\"}\""),
    ("name", "a", "a"),
];

#[test]
fn every_type_has_cells_that_are_accepted_and_cells_that_are_not() {
    let columns: Vec<&str> = {
        let mut columns: Vec<&str> = CELLS.iter().map(|(column, ..)| *column).collect();
        columns.dedup();
        columns
    };
    let good = |column: &str| CELLS.iter().find(|(name, ..)| *name == column).unwrap().1;
    let row = |changed: Option<(&str, &str)>| {
        let cells = columns.iter().map(|column| match changed {
            Some((name, cell)) if name == *column => cell.to_owned(),
            Some(_) | None => good(column).to_owned(),
        });
        cells.collect::<Vec<_>>().join(",")
    };
    let table = "[data.all]\npath = \"all.csv\"\nfeeds = \"guest/api.plan\"\n";
    let fixture = system(EVERYTHING, table);
    let mut text = format!("{}\n", columns.join(","));
    for (column, accepted, _) in CELLS {
        writeln!(text, "{}", row(Some((column, accepted)))).unwrap();
    }
    fs::write(fixture.path().join("all.csv"), &text).unwrap();
    let all = verdict(fixture.path());
    assert!(all.clean, "{}", crate::fixture::rendered(&all));
    assert_eq!(all.data[0].rows, 13);
    for (column, accepted, refused) in CELLS.iter().filter(|(_, accepted, refused)| accepted != refused) {
        let text = format!("{}\n{}\n", columns.join(","), row(Some((column, refused))));
        fs::write(fixture.path().join("all.csv"), text).unwrap();
        let verdict = verdict(fixture.path());
        assert_eq!(fired(&verdict), ["data-cell-mismatch"], "{column}: {accepted} and {refused}");
        assert!(verdict.findings[0].path.ends_with(&format!("> {column}")), "{}", verdict.findings[0].path);
    }
}

#[test]
fn files_that_hold_nothing_are_refused() {
    for (text, wanted) in [
        (&b""[..], "is empty"),
        (b"price\n", "has a header and no row"),
        (b"price,price\n1,2\n", "two columns of `prices.csv` are called `price`"),
        (b"\xff\xfep\0r\0", "is UTF-16"),
        (b"price\n\"1\n2\n", "a quote that is opened here is never closed in `prices.csv`"),
        (b"price\n\"1\"0\n", "a cell goes on behind its closing quote in `prices.csv`"),
        (b"pr\xffce\n1\n", "the header of `prices.csv` is not UTF-8"),
    ] {
        let fixture = system(PRICES, "[data.prices]\npath = \"prices.csv\"\nfeeds = \"guest/plan\"\n");
        fs::write(fixture.path().join("prices.csv"), text).unwrap();
        let verdict = verdict(fixture.path());
        let found = verdict.findings.iter().find(|finding| finding.rule == "data-malformed").unwrap();
        assert!(found.message.contains(wanted), "{}", found.message);
        assert_eq!(verdict.data[0].level, PairLevel::Unknown);
    }
}

#[test]
fn data_that_feeds_nothing_that_is_known_is_unknown() {
    for (table, rule) in [
        ("feeds = \"guest/paln\"", "did you mean `plan`?"),
        ("feeds = \"gest/plan\"", "did you mean `guest`?"),
        ("feeds = \"guest/plan\"\ncolumns = { prise = \"price\" }", "did you mean"),
    ] {
        let fixture = system(PRICES, &format!("[data.prices]\npath = \"prices.csv\"\n{table}\n"));
        fs::write(fixture.path().join("prices.csv"), "price\n1\n").unwrap();
        let verdict = verdict(fixture.path());
        let found = verdict.findings.iter().find(|finding| finding.rule == "edge-endpoint-unknown").unwrap();
        assert!(found.help.contains(rule), "{}", found.help);
        assert_eq!((verdict.data[0].level, verdict.clean), (PairLevel::Unknown, false));
    }
}

/// What is shown of a cell is what stands in the file, and an example is one of the type.
#[test]
fn a_cell_is_told_as_it_is_written() {
    let wit = |ty: &str| {
        format!(
            "package acme:f@1.0.0;\ninterface api {{\n    variant v {{ m(u8), n }}\n    record r {{ x: u8 }}\n    /// @range 0..=5\n    type small = f64;\n    plan: func(a: {ty}) -> f64;\n}}\nworld w {{ export api; }}\n"
        )
    };
    let table = "[data.d]\npath = \"d.csv\"\nfeeds = \"guest/plan\"\n";
    for (ty, cell, told) in [
        ("u8", "1.0", "is `1.0`, where a `u8` is expected"),
        ("u8", "1e1", "is `1e1`, where a `u8` is expected"),
        ("f64", "1e400", "is `1e400`, where a finite number is expected"),
        ("small", "5.10", "is `5.10`, outside 0..=5"),
        ("list<u8>", "[1.0]", "[0] is `1.0`, where a `u8` is expected"),
        ("v", "n", "as in `{\"m\": ..}`"),
        ("r", "n", "is `n`, where a"),
        ("result<u8, string>", "n", "as in `{\"ok\": ..}`"),
        ("list<u8>", "n", "as in `[1.5, 2]`"),
    ] {
        let fixture = system(&wit(ty), table);
        let header = if ty == "r" { "a.x" } else { "a" };
        fs::write(fixture.path().join("d.csv"), format!("{header}\n{cell}\n")).unwrap();
        let verdict = verdict(fixture.path());
        let label = &verdict.findings[0].sides[0].label;
        assert!(label.contains(told), "{ty} {cell}: {label}");
    }
}

/// A wrong name leaves a value without a column and a column without a value; it is one mistake.
#[test]
fn a_wrong_name_of_a_column_is_one_finding() {
    let wit = "package acme:f@1.0.0;\ninterface api { plan: func(price: f64, water: f64) -> f64; }\nworld w { export api; }\n";
    let table = |columns: &str| format!("[data.d]\npath = \"d.csv\"\nfeeds = \"guest/plan\"\n{columns}");
    for (columns, header, rules) in [
        ("columns = { prise = \"Denmark\" }", "Denmark,water", vec!["edge-endpoint-unknown"]),
        ("", "prices,water", vec!["data-column-missing"]),
        ("columns = { price = \"Denmrk\" }", "Denmark,water", vec!["data-column-missing"]),
        ("", "gas,water", vec!["data-column-missing", "data-column-unused"]),
    ] {
        let fixture = system(wit, &table(columns));
        fs::write(fixture.path().join("d.csv"), format!("{header}\n1,2\n")).unwrap();
        assert_eq!(fired(&verdict(fixture.path())), rules, "{columns} {header}");
    }
}
